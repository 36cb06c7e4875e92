import { structuredPatch } from 'diff';

/**
 * Judges the bytes: a short scalar is one place in the file, and each line that an edit brings must stand in the target,
 * indentation and a kept comment apart. Returns what is wrong, or undefined.
 */
export function foreignLines(
  now: string,
  then: string,
  { result, single }: { readonly result: string; readonly single: boolean },
): string | undefined {
  const { hunks } = structuredPatch('', '', now, result, undefined, undefined, { context: 0 });
  if (single && hunks.length > 1) return `changes ${hunks.length} places`;
  const bare = (line: string) => line.replace(/\s+#.*$/, '').trim();
  const known = new Set([...then.split(/\r\n|\r|\n/), ...now.split(/\r\n|\r|\n/)].map(bare));
  const words = new Set(`${then}\n${now}`.split(/[\s,{}[\]]+/));
  for (const { lines } of hunks) {
    for (const line of lines.filter((one) => one.startsWith('+'))) {
      const text = bare(line.slice(1));
      const strange = text.split(/[\s,{}[\]]+/).find((word) => word !== '' && !words.has(word));
      if (!known.has(text) && strange !== undefined) return `brings the line "${text}" from nowhere`;
    }
  }
  return undefined;
}
