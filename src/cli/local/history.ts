import { chooseScope } from '../../app/choose-scope.ts';
import { type HistoryRow, listHistory } from '../../app/list-history.ts';
import { openBranch } from '../../app/open-branch.ts';
import { Option } from 'commander';
import { utc } from '../age.ts';
import { addExamples } from '../examples.ts';
import { historyTable } from '../history-table.ts';
import { type HubHistoryOptions, historyHub } from '../hub/history-hub.ts';
import { placeOf, refuseOptions } from '../hub/place-of.ts';
import { limitOption } from '../limit-option.ts';
import { outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import type { AddCommand } from '../program.ts';
import { startProgress } from '../progress.ts';
import { noteOpened } from './note-opened.ts';
import { type ScopeOptions, addScopeOptions, openOptions, repositoryOptions } from './scope-options.ts';

type HistoryOptions = ScopeOptions & HubHistoryOptions;

const sources = ['release', 'promotion', 'rollback', 'push'];
const statuses = ['success', 'failed', 'rolled_back'];

/** `knowngood history`: the deployments of a tenant-environment or one service, newest first. */
export const addHistory: AddCommand = (program, context) => {
  const { terminal } = context;
  const command = program
    .command('history')
    .description('list the deployments of a tenant-environment or one service (-s), newest first');
  addExamples(
    command,
    ['the last deployments of a tenant-environment', 'knowngood history --repo . -t acme -e production'],
    ['full ids of those of one service', 'knowngood history --repo . -t acme -e production -s web -o wide'],
  );
  addScopeOptions(command)
    .addOption(limitOption(20))
    .option('--all', 'on a server: all rows')
    .option('--author <email>', 'on a server: of this author')
    .addOption(new Option('--source <source>', 'on a server: of this source').choices(sources))
    .addOption(new Option('--status <status>', 'on a server: that ended so').choices(statuses))
    .addOption(outputOption())
    .action(async (options: HistoryOptions) => {
      const place = await placeOf(context, options);
      if (place.where === 'server') {
        refuseOptions(place, options, repositoryOptions);
        return historyHub(context, place.context, options);
      }
      refuseOptions(place, options, ['author', 'source', 'status', 'all']);
      using progress = startProgress(terminal, 'Reading the history…', true);
      await using opened = await openBranch(
        openOptions({ ...options, repo: place.repo }, terminal, progress.show),
      );
      const scope = await chooseScope(opened, options);
      const rows: HistoryRow[] = [];
      for await (const row of listHistory(opened, { ...scope, limit: options.limit })) rows.push(row);
      progress[Symbol.dispose]();
      noteOpened(terminal, opened);
      if (options.output === 'json' || options.output === 'yaml') {
        const list = rows.map(({ at, ...row }) => ({ ...row, timestamp: utc(at) }));
        printValue(terminal, list, options.output);
      } else {
        const view = {
          now: Date.now() / 1000,
          wide: options.output === 'wide',
          columns: terminal.stdoutIsTerminal ? terminal.columns : undefined,
          ofService: options.service !== undefined,
        };
        terminal.stdout.write(rows.length === 0 ? 'No deployments yet.\n' : historyTable(rows, view));
      }
    });
};
