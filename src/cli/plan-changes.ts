import type { PlannedField } from '../domain/plan/plan.ts';
import { fieldSides } from './field-value.ts';
import type { PlanView, ShownFile, ShownPlan, ShownService } from './plan-view.ts';
import { printable } from './printable.ts';
import type { Style } from './style.ts';
import { cut, widthOf } from './table.ts';

/** What happens to a path, as one character. */
export const changeMarks = { added: '+', deleted: '-', modified: '~', mode: '~' } as const;

const FIELD_INDENT = 6;
/** Longer names than this do not push the values of their neighbours aside. */
const LONGEST_PADDED = 40;
const LONGEST_VALUE = 60;
const SHORTEST_VALUE = 16;

const plain = (text: string): string => text;

function fileLine({ change, path }: ShownFile, style: Style): string {
  const paint = change === 'added' ? style.added : change === 'deleted' ? style.removed : plain;
  const note = change === 'mode' ? style.faint(' (mode)') : '';
  return `  ${paint(`${changeMarks[change]} ${printable(path)}`)}${note}`;
}

/** A name is what `--field` wants, so it is cut only where it would leave no room for its values. */
const longestName = (columns = Infinity): number => Math.max(24, Math.floor(columns / 2));

/** Columns for each of two values beside a name, so that a line fits where it can. */
function valueWidth(columns: number | undefined, nameWidth: number): number {
  if (columns === undefined) return LONGEST_VALUE;
  const room = Math.floor((columns - FIELD_INDENT - nameWidth - 5) / 2);
  return Math.max(SHORTEST_VALUE, Math.min(LONGEST_VALUE, room));
}

function fieldLines(fields: readonly PlannedField[], { style, columns }: PlanView): string[] {
  const names = fields.map(({ field }) => cut(printable(field), longestName(columns)));
  const width = Math.max(0, ...names.map(widthOf).filter((one) => one <= LONGEST_PADDED));
  return fields.map((field, index) => {
    const name = names[index] ?? '';
    const { before, after } = fieldSides(field, valueWidth(columns, Math.max(width, widthOf(name))));
    const padding = ' '.repeat(Math.max(0, width - widthOf(name)) + 2);
    return `${' '.repeat(FIELD_INDENT)}${name}${padding}${style.removed(before)} → ${style.added(after)}`;
  });
}

function serviceLines({ service, files, fields }: ShownService, view: PlanView): string[] {
  const head = view.style.heading(service === null ? '(no service)' : printable(service));
  const below = files.flatMap((file) => [
    fileLine(file, view.style),
    ...fieldLines(
      fields.filter((field) => field.file === file.path),
      view,
    ),
  ]);
  return [head, ...below];
}

/** What a plan changes, service by service: files, and below them the fields that get another value. */
export const changeLines = ({ services }: Pick<ShownPlan, 'services'>, view: PlanView): string[] =>
  services.flatMap((service) => serviceLines(service, view));
