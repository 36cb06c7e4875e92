import type { OutputFormat } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import { cut, table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

/** One column of a list; `wide` ones are shown with `-o wide` alone. Cells may hold anything: they are escaped here. */
export interface Column<T> {
  readonly title: string;
  readonly cell: (item: T) => string;
  readonly wide?: boolean;
}

/** How a list is shown to people, and what a program takes from it line by line. */
export interface ListView<T> {
  readonly columns: readonly Column<T>[];
  readonly nameOf: (item: T) => string;
  /** Said on stderr instead of an empty table. */
  readonly none: string;
}

/** Prints a list as kubectl does: a table, wider, as JSON or YAML, or names alone. */
export function printList<T>(
  terminal: Terminal,
  items: readonly T[],
  { columns, nameOf, none, output }: ListView<T> & { readonly output: OutputFormat | undefined },
): void {
  const { stdout, stderr } = terminal;
  if (output === 'json' || output === 'yaml') return printValue(terminal, items, output);
  if (output === 'name') {
    for (const item of items) stdout.write(`${printable(nameOf(item))}\n`);
    return undefined;
  }
  if (items.length === 0) {
    stderr.write(`${none}\n`);
    return undefined;
  }
  const wide = output === 'wide';
  const shown = columns.filter((column) => wide || column.wide !== true);
  const rows = items.map((item) => shown.map(({ cell }) => printable(cell(item)) || '-'));
  const lines = table([shown.map(({ title }) => title), ...rows]).split('\n');
  const cutLines =
    wide || !terminal.stdoutIsTerminal ? lines : lines.map((line) => cut(line, terminal.columns));
  stdout.write(cutLines.join('\n'));
  return undefined;
}

/** Prints what is known of one thing: `Name:  value`, one below the other. What is not there is left out. */
export function printFacts(
  { stdout }: Terminal,
  facts: readonly (readonly [string, string | number | null | undefined])[],
): void {
  const rows = facts.flatMap(([name, value]) =>
    value === null || value === undefined || value === '' ? [] : [[`${name}:`, printable(String(value))]],
  );
  stdout.write(table(rows));
}

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

const LONGEST_PAGE = 200;

/** As many items as were asked for, page by page. */
export async function readPages<T>(
  limit: number,
  read: (paging: { readonly cursor?: string; readonly limit: number }) => Promise<Page<T>>,
): Promise<readonly T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const wanted = Math.min(limit - items.length, LONGEST_PAGE);
    const page: Page<T> = await read({ limit: wanted, ...(cursor === null ? {} : { cursor }) });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null && items.length < limit);
  return items.slice(0, limit);
}
