import type { HistoryRow } from '../../app/list-history.ts';
import { age, utc } from '../age.ts';
import { printable } from '../printable.ts';
import { cut, table, widthOf } from '../table.ts';

/** How a history is printed; `columns` is absent where the width does not matter, `now` is in seconds. */
export interface HistoryView {
  readonly now: number;
  readonly wide: boolean;
  readonly columns: number | undefined;
  /** One service was asked for, so that a column of services says nothing. */
  readonly ofService: boolean;
}

const LONGEST_AUTHOR = 20;
const LONGEST_SERVICES = 30;
/** Below this many columns only what is needed to choose a revision is shown. */
const NARROW = 110;

/** As many names as fit, and how many more there are: `api-gateway, billing +3`. */
function namesText(names: readonly string[], width: number): string {
  if (names.length === 0) return '-';
  for (let shown = names.length; shown > 1; shown -= 1) {
    const more = names.length - shown;
    const text = names.slice(0, shown).join(', ') + (more > 0 ? ` +${more}` : '');
    if (widthOf(text) <= width) return text;
  }
  const more = names.length > 1 ? ` +${names.length - 1}` : '';
  return `${cut(names[0] ?? '', width - more.length)}${more}`;
}

interface Column {
  readonly title: string;
  readonly cell: (row: HistoryRow) => string;
}

function wideColumns(): readonly Column[] {
  return [
    { title: 'REVISION', cell: ({ revision }) => revision },
    { title: 'TIMESTAMP', cell: ({ at }) => utc(at) },
    { title: 'AUTHOR', cell: ({ author, email }) => cut(printable(`${author} <${email}>`), 60) },
    { title: 'SERVICES', cell: ({ services }) => namesText(services.map(printable), 120) },
    { title: 'FILES', cell: ({ files }) => String(files) },
    { title: 'SOURCE', cell: ({ source }) => source },
    { title: 'CHANGES', cell: ({ subject }) => printable(subject) },
  ];
}

function usualColumns({ now, columns, ofService }: HistoryView): readonly Column[] {
  const narrow = columns !== undefined && columns < NARROW;
  const all: readonly (Column & { readonly when?: boolean })[] = [
    { title: 'REVISION', cell: ({ revision }) => revision.slice(0, 8) },
    { title: 'AGE', cell: ({ at }) => age(at, now) },
    { title: 'AUTHOR', cell: ({ author }) => cut(printable(author), narrow ? 14 : LONGEST_AUTHOR) },
    {
      title: 'SERVICES',
      cell: ({ services }) => namesText(services.map(printable), narrow ? 16 : LONGEST_SERVICES),
      when: !ofService,
    },
    { title: 'FILES', cell: ({ files }) => String(files), when: !narrow },
    { title: 'SOURCE', cell: ({ source }) => source, when: !narrow },
    { title: 'CHANGES', cell: ({ subject }) => printable(subject) },
  ];
  return all.filter(({ when }) => when !== false);
}

/** The rows of a history as a table, newest first, each in one line of the terminal. */
export function historyTable(rows: readonly HistoryRow[], view: HistoryView): string {
  const columns = view.wide ? wideColumns() : usualColumns(view);
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row)));
  const lines = table([columns.map(({ title }) => title), ...cells]).split('\n');
  const { columns: width } = view;
  return (view.wide || width === undefined ? lines : lines.map((line) => cut(line, width))).join('\n');
}
