import type { EntryState } from '../../tree/diff-trees.ts';
import { type Oid, type Walk, isRegularFile } from '../../tree/object.ts';

/** The texts of these blobs, all asked for at once; what is not text (binary, too large) has no entry. */
export function* readTexts(oids: readonly (Oid | undefined)[]): Walk<ReadonlyMap<Oid, string>> {
  const wanted = new Set(oids.filter((oid) => oid !== undefined));
  if (wanted.size === 0) return new Map();
  const objects = yield [...wanted];
  const texts = new Map<Oid, string>();
  for (const oid of wanted) {
    const found = objects.get(oid);
    if (found?.type === 'blob' && found.text !== undefined) texts.set(oid, found.text);
  }
  return texts;
}

/** The ids among these states that have a text to read: a link has none of its own, and a submodule lies elsewhere. */
export const textOids = (states: readonly (EntryState | undefined)[]): readonly Oid[] =>
  states.flatMap((state) => (state && isRegularFile(state.mode) ? [state.oid] : []));
