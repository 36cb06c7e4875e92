import { Option } from 'commander';
import { chooseScope } from '../../app/choose-scope.ts';
import { type HistoryRow, listHistory } from '../../app/list-history.ts';
import { openBranch } from '../../app/open-branch.ts';
import { age, utc } from '../age.ts';
import { outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { AddCommand } from '../program.ts';
import { startProgress } from '../progress.ts';
import { cut, table } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { noteOpened } from './note-opened.ts';
import { type ScopeOptions, addScopeOptions, openOptions } from './scope-options.ts';

interface HistoryOptions extends ScopeOptions {
  readonly limit: number;
}

const readLimit = (text: string): number => {
  const limit = Number(text);
  return Number.isInteger(limit) && limit > 0 ? limit : 20;
};

/** `knowngood history`: the deployments of a tenant-environment or one service, newest first. */
export const addHistory: AddCommand = (program, { terminal }) => {
  const command = program
    .command('history')
    .description('list the deployments of a tenant-environment or one service (-s), newest first');
  addScopeOptions(command)
    .addOption(new Option('-n, --limit <rows>', 'how many rows').argParser(readLimit).default(20))
    .addOption(outputOption('json', 'yaml', 'wide'))
    .action(async (options: HistoryOptions) => {
      using progress = startProgress(terminal, 'Reading the history…');
      await using opened = await openBranch(openOptions(options, terminal, progress.show));
      const scope = await chooseScope(opened, options);
      const rows: HistoryRow[] = [];
      for await (const row of listHistory(opened, { ...scope, limit: options.limit })) rows.push(row);
      progress[Symbol.dispose]();
      noteOpened(terminal, opened);
      if (options.output === 'json' || options.output === 'yaml') {
        const list = rows.map(({ at, ...row }) => ({ ...row, timestamp: utc(at) }));
        printValue(terminal, list, options.output);
      } else {
        terminal.stdout.write(historyTable(rows, terminal, options.output === 'wide'));
      }
    });
};

function historyTable(rows: readonly HistoryRow[], terminal: Terminal, wide: boolean): string {
  if (rows.length === 0) return 'No deployments yet.\n';
  const now = Date.now() / 1000;
  const head = ['REVISION', wide ? 'TIMESTAMP' : 'AGE', 'AUTHOR', 'SERVICES', 'FILES', 'SOURCE', 'CHANGES'];
  const body = rows.map((row) => [
    wide ? row.revision : row.revision.slice(0, 8),
    wide ? utc(row.at) : age(row.at, now),
    cut(printable(wide ? `${row.author} <${row.email}>` : row.author), wide ? 60 : 20),
    cut(printable(row.services.join(',') || '-'), wide ? 120 : 30),
    String(row.files),
    row.source,
    printable(row.subject),
  ]);
  const text = table([head, ...body]);
  return wide || !terminal.stdoutIsTerminal
    ? text
    : text
        .split('\n')
        .map((line) => cut(line, terminal.columns))
        .join('\n');
}
