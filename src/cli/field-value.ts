import type { PlannedField } from '../domain/plan.ts';
import { printable } from './printable.ts';
import { cut } from './table.ts';

const LONGEST = 60;
const HIDDEN = '••••••';

function valueText(value: PlannedField['before']): string {
  if (value === undefined) return '(absent)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return cut(text === '' ? '""' : printable(text), LONGEST);
}

/** The two sides of a field as a person reads them; secret values are never shown. */
export function fieldSides(field: PlannedField): { readonly before: string; readonly after: string } {
  const side = (value: PlannedField['before']) =>
    field.secret && value !== undefined ? HIDDEN : valueText(value);
  return { before: side(field.before), after: side(field.after) };
}
