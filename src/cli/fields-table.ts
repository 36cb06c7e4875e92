import type { PlannedField } from '../domain/plan/plan.ts';
import { fieldSides } from './field-value.ts';
import { printable } from './printable.ts';
import { cut, table } from './table.ts';

/** A changed field as it is listed; here with the commit that changed it last. */
export interface ShownField extends PlannedField {
  /** Null outside of any service. */
  readonly service: string | null;
  readonly commit?: string | undefined;
  readonly subject?: string | undefined;
}

/** How a list of fields is printed; `columns` is absent where the width does not matter. */
export interface FieldsView {
  readonly wide: boolean;
  readonly columns: number | undefined;
  /** One service was asked for, so that a column of services says nothing. */
  readonly ofService: boolean;
  /** A server does not look for the commits. */
  readonly withoutCommits?: boolean;
}

const LONGEST_NAME = 40;
const LONGEST_SERVICE = 24;

/** The fields as a table: what each is now, what it was then, and the commit that changed it. */
export function fieldsTable(fields: readonly ShownField[], view: FieldsView): string {
  const { wide, columns, ofService, withoutCommits = false } = view;
  const values = wide ? 60 : columns === undefined ? 40 : Math.max(12, Math.floor((columns - 50) / 3));
  const withService = (service: string, rest: readonly string[]): string[] =>
    ofService ? [...rest] : [service, ...rest];
  const head = withService('SERVICE', [
    wide ? 'ADDRESS' : 'FIELD',
    'NOW',
    'THEN',
    ...(withoutCommits ? [] : ['COMMIT', 'CHANGED BY']),
  ]);
  const rows = fields.map((field) => {
    const { before, after } = fieldSides(field, values);
    const name = wide ? printable(field.address) : cut(printable(field.field), LONGEST_NAME);
    const commit = field.commit?.slice(0, 8) ?? '-';
    const service = cut(printable(field.service ?? '-'), LONGEST_SERVICE);
    const by = withoutCommits ? [] : [commit, printable(field.subject ?? '')];
    return withService(service, [name, before, after, ...by]);
  });
  const text = table([head, ...rows]);
  if (wide || columns === undefined) return text;
  return text
    .split('\n')
    .map((line) => cut(line, columns))
    .join('\n');
}
