import { invariant } from '../../std/invariant.ts';

/** A value that Go's `encoding/json` can write from a struct, with its members in the order of the struct. */
export type GoValue = string | number | boolean | { readonly [key: string]: GoValue };

/** Go escapes what could end a script in a page, and the two line separators of JavaScript. */
const escapes: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

const goString = (text: string): string =>
  JSON.stringify(text.toWellFormed()).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => escapes[character] ?? '',
  );

/** The bytes that Go's `encoding/json` writes for a struct: no spaces, and the members that are given, in their order. */
export function goJson(value: GoValue): string {
  if (typeof value === 'string') return goString(value);
  if (typeof value !== 'object') {
    invariant(typeof value === 'boolean' || Number.isSafeInteger(value), 'whole numbers only');
    return String(value);
  }
  const members = Object.entries(value).map(([key, member]) => `${goString(key)}:${goJson(member)}`);
  return `{${members.join(',')}}`;
}

/** A moment as Go writes it in UTC: without zeros at the end of the fraction, and without an empty fraction. */
export const goTime = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace(/\.?0+Z$/, 'Z');
