import type { ResultOf } from '../../src/contract/operations.ts';

type Field = ResultOf<'compareRevisions'>['services'][number]['fields'][number];

/** What stands for a value that nobody may see. */
const hidden = '••••••';

/** A value as a person reads it. */
export const plainText = (value: unknown): string =>
  typeof value === 'string' ? (value === '' ? '""' : value) : JSON.stringify(value);

/** One side of a changed field as a person reads it; undefined where there is no value. */
export function valueText(field: Field, side: 'before' | 'after'): string | undefined {
  const present = side === 'before' ? field.presentBefore : field.presentAfter;
  if (!present) return undefined;
  if (field.secret) return hidden;
  return plainText(field[side]);
}
