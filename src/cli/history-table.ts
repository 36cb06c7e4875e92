import { age, utc } from './age.ts';
import { printable } from './printable.ts';
import { cut, table, widthOf } from './table.ts';

/** One deployment as it is listed; a server tells more of it than a repository. */
export interface ShownDeployment {
  readonly revision: string;
  /** Seconds since 1970-01-01 UTC. */
  readonly at: number;
  readonly author: string;
  readonly email: string | undefined;
  readonly subject: string;
  readonly services: readonly string[];
  readonly files: number;
  readonly source: string;
  /** `acme/production`. */
  readonly where?: string;
  readonly status?: string;
  readonly request?: string;
  /** Which rollback of its tenant-environment it is within thirty days, where it recurs. */
  readonly recurring?: number;
  /** How clusters saw it, over all of its time. */
  readonly health?: string;
}

/** How a history is printed; `columns` is absent where the width does not matter, `now` is in seconds. */
export interface HistoryView {
  readonly now: number;
  readonly wide: boolean;
  readonly columns: number | undefined;
  /** One service was asked for, so that a column of services says nothing. */
  readonly ofService: boolean;
  /** A server says how each ended, and by which request. */
  readonly ofServer?: boolean;
  /** Several tenant-environments are listed. */
  readonly everywhere?: boolean;
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
  readonly when?: boolean;
  readonly cell: (row: ShownDeployment) => string;
}

const whereColumn = ({ everywhere = false }: HistoryView): Column => ({
  title: 'WHERE',
  cell: ({ where = '-' }) => printable(where),
  when: everywhere,
});

const statusColumn = ({ ofServer = false }: HistoryView): Column => ({
  title: 'STATUS',
  cell: ({ status = '-' }) => printable(status),
  when: ofServer,
});

function wideColumns(view: HistoryView): readonly Column[] {
  return [
    { title: 'REVISION', cell: ({ revision }) => revision },
    { title: 'TIMESTAMP', cell: ({ at }) => utc(at) },
    whereColumn(view),
    {
      title: 'AUTHOR',
      cell: ({ author, email }) => cut(printable(email === undefined ? author : `${author} <${email}>`), 60),
    },
    { title: 'SERVICES', cell: ({ services }) => namesText(services.map(printable), 120) },
    { title: 'FILES', cell: ({ files }) => String(files) },
    { title: 'SOURCE', cell: ({ source }) => source },
    statusColumn(view),
    { title: 'REQUEST', cell: ({ request = '-' }) => printable(request), when: view.ofServer ?? false },
    {
      title: 'RECURRING',
      cell: ({ recurring }) => (recurring === undefined ? '-' : `rollback ${recurring} in 30 days`),
      when: view.ofServer ?? false,
    },
    { title: 'HEALTH', cell: ({ health = '-' }) => printable(health), when: view.ofServer ?? false },
    { title: 'CHANGES', cell: ({ subject }) => printable(subject) },
  ];
}

function usualColumns(view: HistoryView): readonly Column[] {
  const { now, columns, ofService } = view;
  const narrow = columns !== undefined && columns < NARROW;
  return [
    { title: 'REVISION', cell: ({ revision }) => revision.slice(0, 8) },
    { title: 'AGE', cell: ({ at }) => age(at, now) },
    whereColumn(view),
    { title: 'AUTHOR', cell: ({ author }) => cut(printable(author), narrow ? 14 : LONGEST_AUTHOR) },
    {
      title: 'SERVICES',
      cell: ({ services }) => namesText(services.map(printable), narrow ? 16 : LONGEST_SERVICES),
      when: !ofService,
    },
    { title: 'FILES', cell: ({ files }) => String(files), when: !narrow },
    { title: 'SOURCE', cell: ({ source }) => source, when: !narrow },
    statusColumn(view),
    { title: 'CHANGES', cell: ({ subject }) => printable(subject) },
  ];
}

/** The rows of a history as a table, newest first, each in one line of the terminal. */
export function historyTable(rows: readonly ShownDeployment[], view: HistoryView): string {
  const all = view.wide ? wideColumns(view) : usualColumns(view);
  const columns = all.filter(({ when }) => when !== false);
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row)));
  const lines = table([columns.map(({ title }) => title), ...cells]).split('\n');
  const { columns: width } = view;
  return (view.wide || width === undefined ? lines : lines.map((line) => cut(line, width))).join('\n');
}
