import { type Command, Option } from 'commander';
import type { Client } from '../../contract/client.ts';
import type { Request } from '../../contract/request.ts';
import { requestKinds, requestStates } from '../../domain/request/request.ts';
import { addExamples } from '../examples.ts';
import { limitOption } from '../limit-option.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import { ofWirePlan } from '../plan-view.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { AddCommand, CommandContext } from '../program.ts';
import { outputStyle } from '../style.ts';
import { ago } from './ago.ts';
import { type WaitOptions, awaitRequest } from './await-request.ts';
import { type Connection, connect } from './connect.ts';
import { type Column, printList, readPages } from './print-list.ts';
import { requestText } from './request-text.ts';
import { type RequestRow, codeAfterWait, kindText, shortId, whereText } from './request-words.ts';
import { type ServerOptions, addServerChoice, addServerOptions } from './server-options.ts';
import { addWaitOptions } from './wait-options.ts';

/** `knowngood requests`: what waits, what was done, and one request in full. */
export const addRequests: AddCommand = (program, context) => {
  const command = program
    .command('requests')
    .description('list and show requests: what waits, and what was done');
  addList(command, context);
  addShow(command, context);
};

interface ListOptions extends ServerOptions {
  readonly allProjects?: boolean;
  readonly state?: Request['state'];
  readonly kind?: Request['kind'];
  readonly tenant?: string;
  readonly environment?: string;
  readonly mine?: boolean;
  readonly waiting?: boolean;
  readonly limit: number;
  readonly output?: OutputFormat;
}

/** `pending 0/2`, and whether it waits for whoever asks. */
const stateCell = ({ state, approvalsCounted, approvalsNeeded, waitsForMe }: RequestRow): string => {
  const votes = state === 'pending' ? ` ${approvalsCounted}/${approvalsNeeded}` : '';
  return `${state}${votes}${waitsForMe ? ' (you)' : ''}`;
};

const columns = ({ hub }: CommandContext): readonly Column<RequestRow>[] => [
  { title: 'ID', cell: ({ id }) => id },
  { title: 'STATE', cell: stateCell },
  { title: 'WHERE', cell: whereText },
  { title: 'KIND', cell: kindText, wide: true },
  { title: 'PROJECT', cell: ({ project }) => project, wide: true },
  { title: 'TO', cell: ({ targetSha }) => shortId(targetSha), wide: true },
  { title: 'COMMIT', cell: ({ commit }) => shortId(commit), wide: true },
  { title: 'AGE', cell: ({ submittedAt }) => ago(hub, submittedAt) },
  { title: 'BY', cell: ({ requester }) => requester.name },
  { title: 'WHY', cell: ({ justification }) => justification },
];

function addList(command: Command, context: CommandContext): void {
  const list = command.command('list', { isDefault: true }).description('list requests, newest first');
  addExamples(
    list,
    ['what waits for your approval', 'knowngood requests --waiting'],
    ['what was done in production', 'knowngood requests -t acme -e production --state completed'],
  );
  addServerOptions(list)
    .option('-A, --all-projects', 'of every project, whatever the current context says')
    .addOption(new Option('--state <state>', 'only in this state').choices(requestStates))
    .addOption(new Option('--kind <kind>', 'only of this kind').choices(requestKinds))
    .option('-t, --tenant <name>', 'only those that reach this tenant')
    .option('-e, --environment <name>', 'only those that reach this environment')
    .option('--mine', 'only your own')
    .option('--waiting', 'only those that you can approve or reject')
    .addOption(limitOption(30))
    .addOption(outputOption('name'))
    .action(async (options: ListOptions) => {
      const connection = await connect(context, options);
      const items = await readPages(options.limit, (paging) =>
        connection.client.call('listRequests', { query: { ...queryOf(connection, options), ...paging } }),
      );
      printList(context.terminal, items, {
        output: options.output,
        columns: columns(context),
        nameOf: ({ id }) => id,
        none: 'There is no such request',
      });
    });
}

function queryOf({ context }: Connection, options: ListOptions) {
  const { state, kind, tenant, environment, mine, waiting, allProjects } = options;
  return {
    project: allProjects ? undefined : context.project,
    state,
    kind,
    tenant,
    environment,
    mine: mine ? ('true' as const) : undefined,
    waitsForMe: waiting ? ('true' as const) : undefined,
  };
}

interface ShowOptions extends ServerOptions, WaitOptions {
  readonly diff?: boolean;
  readonly output?: OutputFormat;
}

function addShow(command: Command, context: CommandContext): void {
  const show = command
    .command('show')
    .description('show a request: its plan, reviews, notes and outcome')
    .argument('<id>', 'the request, from: knowngood requests');
  addExamples(
    show,
    ['every file and field that it changes', 'knowngood requests show rbk-01JD… --diff'],
    ['until it is through, for a script', 'knowngood requests show rbk-01JD… --wait -o json'],
  );
  addWaitOptions(addServerChoice(show))
    .option('--diff', 'show every file and field that it changes')
    .addOption(outputOption('name'))
    .action(async (id: string, options: ShowOptions) => {
      const connection = await connect(context, options);
      const found = await connection.client.call('getRequest', { params: { id } });
      const request = options.wait ? await awaitRequest(context, connection.client, found, options) : found;
      await printRequest(context, connection, { request, ...options });
      if (options.wait) context.finish(codeAfterWait(request));
    });
}

interface Printed {
  readonly request: Request;
  readonly diff?: boolean;
  readonly output?: OutputFormat;
}

/** Prints a request in full on stdout. */
export async function printRequest(
  { terminal, hub }: CommandContext,
  { client, context }: Connection,
  { request, diff, output }: Printed,
): Promise<void> {
  if (output === 'json' || output === 'yaml') {
    const plan = diff ? { changes: await planOf(client, request) } : {};
    return printValue(terminal, { ...request, ...plan }, output);
  }
  if (output === 'name') return void terminal.stdout.write(`${printable(request.id)}\n`);
  const plan = diff ? ofWirePlan(await planOf(client, request)) : undefined;
  const view = {
    style: outputStyle(terminal),
    columns: terminal.stdoutIsTerminal ? terminal.columns : undefined,
    now: hub.clock(),
    server: context.server,
    plan,
  };
  terminal.stdout.write(requestText(request, view));
  return undefined;
}

/** Every file and field of the plan that the digest binds. */
export const planOf = (client: Client, { id }: Pick<Request, 'id'>) =>
  client.call('getRequestPlan', { params: { id } });
