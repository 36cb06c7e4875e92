/** What the query of an address says: one text for each name, a list where a name stands more than once. */
export type SearchValues = Readonly<Record<string, string | readonly string[]>>;

/** Reads a query without guessing: `tenant=123` stays text, so that links of others mean what they say. */
export function readSearch(search: string): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const before = values[name];
    values[name] = before === undefined ? value : [before, value].flat();
  }
  return values;
}

/** The query of an address, with `?` unless it is empty. What is undefined, empty or false is left out. */
export function writeSearch(values: Readonly<Record<string, unknown>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    for (const one of [value].flat()) {
      if (one === undefined || one === null || one === '' || one === false) continue;
      search.append(name, typeof one === 'string' ? one : JSON.stringify(one));
    }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

/** One text of a query, undefined when it is not there or empty. */
export const textIn = (values: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  const value = [values[name]].flat()[0];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** All texts under one name. */
export const textsIn = (values: Readonly<Record<string, unknown>>, name: string): readonly string[] =>
  [values[name]].flat().filter((value) => typeof value === 'string');

/** One of a closed list of words, undefined when it is none of them. */
export const wordIn = <Word extends string>(
  values: Readonly<Record<string, unknown>>,
  name: string,
  words: readonly Word[],
): Word | undefined => words.find((word) => word === textIn(values, name));
