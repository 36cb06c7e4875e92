import { diff3Merge } from 'node-diff3';

const LIMIT_LINES = 5_000;

/** Lines with their endings, so that joining them gives the same bytes. */
const lines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/**
 * Applies the change from `base` to `theirs` onto `ours`, line by line as `git merge-file` would. `undefined` when
 * the two changes meet, or when a text is too long to compare.
 */
export function mergeText(ours: string, base: string, theirs: string): string | undefined {
  const [a, o, b] = [lines(ours), lines(base), lines(theirs)];
  if (Math.max(a.length, o.length, b.length) > LIMIT_LINES) return undefined;
  const regions = diff3Merge(a, o, b, { excludeFalseConflicts: true });
  if (regions.some((region) => region.conflict)) return undefined;
  return regions.flatMap((region) => region.ok ?? []).join('');
}
