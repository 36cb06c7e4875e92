import type { Layout } from '../domain/layout/layout.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { Walk } from '../tree/object.ts';
import type { PinAnswer } from './pin-variables.ts';
import type { ServicePlace } from './delivery-places.ts';
import { type TreeTexts, loadTexts } from './tree-texts.ts';

/** One service between two trees: what its files will be, and the same with the shared files of the target. */
export interface SharedSides {
  readonly layout: Layout;
  readonly place: ServicePlace;
  readonly after: TreeTexts;
  readonly past: TreeTexts;
}

/** What was found out on one side, and the files that it was read from. */
export interface SideReading<Value> {
  readonly files: ReadonlySet<string>;
  readonly unknown: readonly string[];
  readonly value: Value | undefined;
}

/** Looks at one side. Notes files and what cannot be told on the way, and may throw delivery_invalid. */
export type ReadSide<Value> = (
  tree: TreeTexts,
  notes: { readonly files: Set<string>; readonly unknown: string[] },
) => Walk<Value>;

export const noPins: PinAnswer = { pins: [], unpinned: [] };

/**
 * Reads both sides and decides. Nothing is decided where both were read from the same files; where these differ and
 * something cannot be told, the answer says so and pins nothing.
 */
export function* decideSides<Value>(
  { place, after, past }: SharedSides,
  read: ReadSide<Value>,
  decide: (after: Value, past: Value) => PinAnswer,
): Walk<PinAnswer> {
  const [now, then] = [yield* readSide(after, read), yield* readSide(past, read)];
  const files = [...new Set([...now.files, ...then.files])];
  yield* loadTexts(after, { files, folders: [] });
  yield* loadTexts(past, { files, folders: [] });
  const same = files.every((path) => after.entries.get(path)?.oid === past.entries.get(path)?.oid);
  if (same) return noPins;
  const [reason] = [...now.unknown, ...then.unknown];
  if (reason !== undefined || now.value === undefined || then.value === undefined)
    return {
      pins: [],
      unpinned: [
        {
          service: place.service,
          name: 'what shared files say of images and replicas',
          reason: reason ?? '',
        },
      ],
    };
  return decide(now.value, then.value);
}

function* readSide<Value>(tree: TreeTexts, read: ReadSide<Value>): Walk<SideReading<Value>> {
  const files = new Set<string>();
  const unknown: string[] = [];
  try {
    const value = yield* read(tree, { files, unknown });
    return { files, unknown, value };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { files, unknown: [...unknown, error.message], value: undefined };
  }
}
