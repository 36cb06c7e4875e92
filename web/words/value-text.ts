import type { ResultOf } from '../../src/contract/operations.ts';

type Field = ResultOf<'compareRevisions'>['services'][number]['fields'][number];

/** What stands for a value that nobody may see. */
const hidden = '••••••';

/** One side of a changed field as a person reads it; undefined where there is no value. */
export function valueText(field: Field, side: 'before' | 'after'): string | undefined {
  const present = side === 'before' ? field.presentBefore : field.presentAfter;
  if (!present) return undefined;
  if (field.secret) return hidden;
  const value = field[side];
  if (typeof value === 'string') return value === '' ? '""' : value;
  return JSON.stringify(value);
}
