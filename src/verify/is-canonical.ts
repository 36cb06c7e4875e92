/** Entries are a few levels deep; a text that nests deeper was not written by a hub. */
const deepest = 100;

/**
 * Whether a text is the one way to write a value as JSON: no spaces, members by their names in UTF-16 order, each
 * once, strings and numbers as JavaScript prints them.
 */
export const isCanonical = (value: unknown, text: string): boolean =>
  isOrdered(value, 0) ? JSON.stringify(value) === text : print(value, 0) === text;

/**
 * Whether `JSON.stringify` prints the members of all objects by their names, and may be asked: it is far quicker. It
 * cannot for names such as 10 and 9, which JavaScript orders as numbers.
 */
function isOrdered(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth > deepest) return false;
  if (Array.isArray(value)) return value.every((item) => isOrdered(item, depth + 1));
  let last: string | undefined;
  const members = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(members)) {
    if (last !== undefined && last >= name) return false;
    const member = members[name];
    if (typeof member === 'object' && !isOrdered(member, depth + 1)) return false;
    last = name;
  }
  return true;
}

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
