import type { EvidenceChange } from './evidence.ts';
import { codeBlock, codeCell, codeSpan } from './markdown-code.ts';
import type { PlannedField } from '../plan/plan.ts';

const LONGEST_VALUE = 200;
const MOST_FIELDS = 500;

function valueText(value: PlannedField['before'], secret: boolean): string {
  if (value === undefined) return 'absent';
  if (secret) return 'not shown';
  const text = JSON.stringify(value);
  return codeCell(text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1).toWellFormed()}…` : text);
}

const fieldRow = ({ file, field, before, after, secret }: PlannedField): string =>
  `| ${codeCell(file)} | ${codeCell(field)} | ${valueText(before, secret)} | ${valueText(after, secret)} |`;

/** What a request changes: a table of fields, and the lines of the files. Values that are secret stay behind. */
export function changeSection(change: EvidenceChange | string): readonly string[] {
  const title = '## What it changes';
  if (typeof change === 'string') return [title, `It cannot be shown: ${codeSpan(change)}.`];
  const fields = change.services.flatMap((service) => service.fields);
  const rows = fields.slice(0, MOST_FIELDS).map(fieldRow);
  const more = fields.length - rows.length;
  const table = ['| File | Field | Before | After |', '|---|---|---|---|', ...rows].join('\n');
  return [
    title,
    ...(rows.length === 0 ? ['No single fields: whole files come, go or are replaced.'] : [table]),
    ...(more > 0 ? [`And ${more} more fields; the evidence in JSON has all of them.`] : []),
    codeBlock(change.diff, 'diff'),
  ];
}
