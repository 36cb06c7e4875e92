import type { PlannedField } from '../domain/plan/plan.ts';
import { printable } from './printable.ts';
import { cut, widthOf } from './table.ts';

const LONGEST = 60;
const HIDDEN = '••••••';
/** How much of what two long values have in common is shown before the first difference. */
const LEAD = 12;

type Value = PlannedField['before'];

const lineCount = (text: string): number => text.replace(/\n$/, '').split('\n').length;

/** A value as one text, of any length and not escaped yet. */
export function valueText(value: unknown): string {
  if (value === undefined) return '(absent)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === '' ? '""' : text;
}

/** Where two texts begin to differ, in UTF-16 units, never inside a surrogate pair. */
function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const low = one.charCodeAt(at);
  return low >= 0xdc00 && low <= 0xdfff ? at - 1 : at;
}

function shortened(text: string, from: number, width: number): string {
  const plain = printable(text);
  if (widthOf(plain) <= width) return plain;
  const start = from > LEAD * 2 ? from - LEAD : 0;
  // A difference that shows anyway is best read from the beginning of the value.
  if (start === 0 || from < width - LEAD) return cut(plain, width);
  const rest = printable(text.slice(start).toWellFormed());
  const counted = text.includes('\n') ? ` (${lineCount(text)} lines)` : '';
  return `${cut(`…${rest}`, Math.max(LEAD, width - counted.length))}${counted}`;
}

/** One value as a person reads it, in at most 60 columns. */
export const fieldText = (value: Value): string => shortened(valueText(value), 0, LONGEST);

/**
 * The two sides of a field as a person reads them, each in at most `width` columns; where long values begin alike, the
 * part that differs is shown. Secret values are never shown.
 */
export function fieldSides(
  { before, after, secret }: PlannedField,
  width = LONGEST,
): { readonly before: string; readonly after: string } {
  const texts = { before: valueText(before), after: valueText(after) };
  const from = before === undefined || after === undefined ? 0 : firstDifference(texts.before, texts.after);
  const side = (value: Value, text: string): string =>
    secret && value !== undefined ? HIDDEN : shortened(text, from, width);
  return { before: side(before, texts.before), after: side(after, texts.after) };
}
