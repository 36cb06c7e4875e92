import type { TreeChange } from '../../tree/diff-trees.ts';
import type { Edit } from '../../tree/edit.ts';
import { changedFields } from '../../tree/fields/changes.ts';
import { matchesFieldPattern } from '../../tree/fields/field-pattern.ts';
import { spliceFields } from '../../tree/fields/splice.ts';
import type { Walk } from '../../tree/object.ts';
import type { KeepPattern } from './keep.ts';
import type { Kept } from './plan.ts';
import { isEditable } from './plan-parts.ts';
import { readTexts } from './read-texts.ts';
import { Refusal } from '../refusal/refusal.ts';

/** What is left of a restoration once keep patterns have had their say. */
export interface KeepOutcome {
  readonly changes: readonly TreeChange[];
  /** Files whose new content is neither side's: the target's, with the kept fields as they are now. */
  readonly written: ReadonlyMap<string, Edit>;
  readonly keptFields: ReadonlyMap<string, readonly string[]>;
  readonly kept: readonly Kept[];
}

/** Takes out of a restoration what the patterns hold back: whole files, or fields of files restored otherwise. */
export function* applyKeep(
  patterns: readonly KeepPattern[],
  changes: readonly TreeChange[],
): Walk<KeepOutcome> {
  const kept: Kept[] = [];
  const rest = changes.filter(({ path }) => {
    const pattern = patterns.find(({ fields, matchesFile }) => fields === undefined && matchesFile(path));
    if (pattern) kept.push({ path, address: undefined, pattern: pattern.source });
    return !pattern;
  });
  const byField = rest.filter(
    (change) =>
      isEditable(change) &&
      patterns.some(({ fields, matchesFile }) => fields !== undefined && matchesFile(change.path)),
  );
  const texts = yield* readTexts(byField.flatMap(({ before, after }) => [before?.oid, after?.oid]));
  const work: Work = { patterns, written: new Map(), keptFields: new Map(), kept };
  for (const change of byField) {
    const [now, past] = [texts.get(change.before?.oid ?? ''), texts.get(change.after?.oid ?? '')];
    if (now !== undefined && past !== undefined) keepFields(change, { now, past }, work);
  }
  const differs = ({ path }: TreeChange) => !work.unchanged?.has(path);
  return { changes: rest.filter(differs), written: work.written, keptFields: work.keptFields, kept };
}

interface Work {
  readonly patterns: readonly KeepPattern[];
  readonly written: Map<string, Edit>;
  readonly keptFields: Map<string, readonly string[]>;
  readonly kept: Kept[];
  /** Files in which nothing but kept fields differed. */
  unchanged?: Set<string>;
}

function keepFields(
  change: TreeChange,
  text: { readonly now: string; readonly past: string },
  work: Work,
): void {
  const { path, after } = change;
  const found = changedFields(text.now, text.past);
  if (found.kind === 'opaque' || !after) return;
  const addresses: string[] = [];
  for (const { address } of found.changes) {
    const pattern = work.patterns.find(
      ({ fields, matchesFile }) =>
        fields !== undefined && matchesFile(path) && matchesFieldPattern(fields, address),
    );
    if (!pattern) continue;
    addresses.push(address);
    work.kept.push({ path, address, pattern: pattern.source });
  }
  if (addresses.length === 0) return;
  const result = spliceFields(text.past, text.now, addresses);
  if (result.kind === 'refused') {
    const [first] = result.refusals;
    throw new Refusal('keep_impossible', {
      path,
      address: first?.address ?? '',
      reason: first?.reason ?? '',
    });
  }
  work.keptFields.set(path, addresses);
  if (result.text === text.now) (work.unchanged ??= new Set()).add(path);
  else work.written.set(path, { kind: 'write', path, mode: after.mode, text: result.text });
}
