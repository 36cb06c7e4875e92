import { type Command, Option } from 'commander';
import type { ResultOf } from '../../contract/operations.ts';
import { addExamples } from '../examples.ts';
import { exitCode } from '../exit-code.ts';
import { countOption, limitOption } from '../limit-option.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { AddCommand, CommandContext } from '../program.ts';
import { ago } from './ago.ts';
import { connect, projectOf } from './connect.ts';
import { type Column, printList, readPages } from './print-list.ts';
import { asFreshSession } from './fresh-session.ts';
import { personText } from './request-words.ts';
import { type ServerOptions, addServerChoice, addServerOptions } from './server-options.ts';

type Session = ResultOf<'getBreakGlass'>;

interface Output {
  readonly output?: OutputFormat;
}

/** `knowngood break-glass`: act without waiting for approvals, for a short while, justified and recorded. */
export const addBreakGlass: AddCommand = (program, context) => {
  const command = program
    .command('break-glass')
    .description('act in an emergency without waiting for approvals; all of it is recorded and reviewed');
  addOpen(command, context);
  addList(command, context);
  addEnd(command, context);
  addReview(command, context);
};

function report({ terminal }: CommandContext, session: Session, { output }: Output): void {
  if (output === 'json' || output === 'yaml') return printValue(terminal, session, output);
  if (output === 'name') return void terminal.stdout.write(`${printable(session.id)}\n`);
  const until = session.state === 'open' ? ` until ${session.expiresAt}` : '';
  terminal.stdout.write(`${printable(`${session.id} ${session.state}${until} in ${session.project}`)}\n`);
  return undefined;
}

interface OpenOptions extends ServerOptions, Output {
  readonly justification: string;
  readonly minutes?: number;
  readonly passwordStdin?: boolean;
}

function addOpen(command: Command, context: CommandContext): void {
  const open = command
    .command('open')
    .description('open a session; your password is asked for once more')
    .summary('open a session');
  addExamples(open, [
    'half an hour, because nobody answers',
    'knowngood break-glass open -p shop --minutes 30 --justification "Checkout is down, no approver answers"',
  ]);
  addServerOptions(open)
    .requiredOption('-m, --justification <text>', 'why it cannot wait')
    .addOption(countOption('--minutes <number>', 'how long (default: as long as the policy allows)'))
    .option('--password-stdin', 'read the password from stdin')
    .addOption(outputOption('name'))
    .action(async (options: OpenOptions) => {
      const connection = await connect(context, options);
      const params = { slug: projectOf(connection) };
      const { justification, minutes } = options;
      const session = await asFreshSession(context, connection, options, (client) =>
        client.call('openBreakGlass', { params, body: { justification, minutes } }),
      );
      if (session === undefined) return context.finish(exitCode.interrupted);
      report(context, session, options);
      if (options.output === undefined || options.output === 'wide')
        context.terminal.stderr.write(
          `What you submit until then needs no approval. To end it earlier: knowngood break-glass end ${printable(session.id)}\n`,
        );
      return undefined;
    });
}

const columns = ({ hub }: CommandContext): readonly Column<Session>[] => [
  { title: 'ID', cell: ({ id }) => id },
  { title: 'STATE', cell: ({ state }) => state },
  { title: 'BY', cell: ({ by }) => personText(by) },
  { title: 'AGE', cell: ({ openedAt }) => ago(hub, openedAt) },
  { title: 'UNTIL', cell: ({ revokedAt, expiresAt }) => revokedAt ?? expiresAt, wide: true },
  { title: 'REQUESTS', cell: ({ requestIds }) => String(requestIds.length) },
  { title: 'REVIEWED BY', cell: ({ review }) => (review ? personText(review.by) : ''), wide: true },
  { title: 'WHY', cell: ({ justification }) => justification },
];

interface ListOptions extends ServerOptions, Output {
  readonly state?: 'open' | 'ended' | 'unreviewed';
  readonly limit: number;
}

function addList(command: Command, context: CommandContext): void {
  const list = command.command('list', { isDefault: true }).description('list sessions, newest first');
  addExamples(list, ['what somebody still has to look at', 'knowngood break-glass list --state unreviewed']);
  addServerOptions(list)
    .addOption(new Option('--state <state>', 'only these').choices(['open', 'ended', 'unreviewed']))
    .addOption(limitOption(30))
    .addOption(outputOption('name'))
    .action(async ({ state, ...options }: ListOptions) => {
      const connection = await connect(context, options);
      const params = { slug: projectOf(connection) };
      const items = await readPages(options.limit, (paging) =>
        connection.client.call('listBreakGlass', { params, query: { state, ...paging } }),
      );
      printList(context.terminal, items, {
        output: options.output,
        columns: columns(context),
        nameOf: ({ id }) => id,
        none: 'There is no such session',
      });
    });
}

function addEnd(command: Command, context: CommandContext): void {
  const end = command
    .command('end')
    .description('end a session before its time')
    .argument('<id>', 'the session, from: knowngood break-glass list');
  addExamples(end, ['as soon as the emergency is over', 'knowngood break-glass end bgs_01JD…']);
  addServerChoice(end)
    .addOption(outputOption('name'))
    .action(async (id: string, options: ServerOptions & Output) => {
      const { client } = await connect(context, options);
      report(context, await client.call('revokeBreakGlass', { params: { id } }), options);
    });
}

function addReview(command: Command, context: CommandContext): void {
  const review = command
    .command('review')
    .description('close the review of a session of somebody else')
    .argument('<id>', 'the session, from: knowngood break-glass list --state unreviewed');
  addExamples(review, [
    'after looking at what was done in it',
    'knowngood break-glass review bgs_01JD… --comment "justified; the pager was broken"',
  ]);
  addServerChoice(review)
    .requiredOption('--comment <text>', 'what you found')
    .addOption(outputOption('name'))
    .action(async (id: string, options: ServerOptions & Output & { readonly comment: string }) => {
      const { client } = await connect(context, options);
      const body = { comment: options.comment };
      report(context, await client.call('reviewBreakGlass', { params: { id }, body }), options);
    });
}
