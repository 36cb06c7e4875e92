import type { FieldValue } from './change.ts';
import type { FieldNode } from './node.ts';
import { scalarKey, scalarValue } from './scalar.ts';
import { valueOf } from './value.ts';

/**
 * What a field is to become: a value as JSON has it; a text as a person typed it, which is text where the field holds
 * text and else what YAML takes it for; or absent.
 */
export type Wished =
  | { readonly kind: 'value'; readonly value: FieldValue }
  | { readonly kind: 'typed'; readonly text: string }
  | { readonly kind: 'absent' };

/** The value that a wish gives to a field, given what stands there now. */
export function wishedValue(wished: Wished, now: FieldNode | undefined): FieldValue | undefined {
  if (wished.kind === 'absent') return undefined;
  if (wished.kind === 'value') return wished.value;
  return now && typeof valueOf(now) === 'string' ? wished.text : scalarValue(wished.text, true, undefined);
}

/** How a value is written: as JSON where all of the file is, in the quotes that stand there now, or plain. */
export interface WritingStyle {
  readonly json: boolean;
  readonly quote: '"' | "'" | undefined;
}

/** Words that mean themselves to every reader of YAML, between brackets too. */
const plainWord = /^[A-Za-z0-9_./](?:[\w./@+=-]|:(?=[\w./]))*$/;

const isPlain = (text: string): boolean =>
  plainWord.test(text) && scalarKey(text, true, undefined) === `s${text}`;

/** A value as one line of YAML, which may stand between brackets. */
export function writeValue(value: FieldValue, style: WritingStyle): string {
  if (typeof value === 'string') return writeText(value, style);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = { ...style, quote: undefined };
  if (isList(value)) return `[${value.map((item) => writeValue(item, inner)).join(', ')}]`;
  const entries = Object.entries(value);
  return `{${entries.map(([key, item]) => `${writeKey(key, style)}: ${writeValue(item, inner)}`).join(', ')}}`;
}

/** The key of a new entry. */
export const writeKey = (key: string, { json }: WritingStyle): string =>
  !json && isPlain(key) ? key : JSON.stringify(key);

function writeText(text: string, { json, quote }: WritingStyle): string {
  if (json || quote === '"') return JSON.stringify(text);
  if (quote === "'" && !/\p{Cc}/u.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return isPlain(text) ? text : JSON.stringify(text);
}

const isList = (value: FieldValue): value is readonly FieldValue[] => Array.isArray(value);
