/** Entries are a few levels deep; a text that nests deeper was not written by a hub. */
const deepest = 100;

/**
 * Whether a text is the one way to write a value as JSON: no spaces, members by their names in UTF-16 order, each
 * once, strings and numbers as JavaScript prints them.
 */
export const isCanonical = (value: unknown, text: string): boolean => print(value, 0) === text;

/** Undefined for what nests too deep. */
function print(value: unknown, depth: number): string | undefined {
  if (depth > deepest) return undefined;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => print(item, depth + 1));
    return items.includes(undefined) ? undefined : `[${items.join(',')}]`;
  }
  const members = new Map<string, unknown>(Object.entries(value));
  const printed: string[] = [];
  // Without a comparison of its own, sort goes by UTF-16 code units.
  for (const name of [...members.keys()].sort()) {
    const member = print(members.get(name), depth + 1);
    if (member === undefined) return undefined;
    printed.push(`${JSON.stringify(name)}:${member}`);
  }
  return `{${printed.join(',')}}`;
}
