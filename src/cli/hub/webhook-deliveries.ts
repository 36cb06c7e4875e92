import { type Command, Option } from 'commander';
import type { ResultOf } from '../../contract/operations.ts';
import { addExamples } from '../examples.ts';
import { limitOption } from '../limit-option.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { CommandContext } from '../program.ts';
import { ago } from './ago.ts';
import { connect } from './connect.ts';
import { type Column, printList, readPages } from './print-list.ts';
import { type ServerOptions, addServerChoice } from './server-options.ts';

type Delivery = ResultOf<'pingWebhook'>;

interface Output {
  readonly output?: OutputFormat;
}

/** `knowngood webhook ping`: a test event. */
export function addPing(command: Command, context: CommandContext): void {
  const ping = command
    .command('ping')
    .description('send a test event')
    .argument('<id>', 'the webhook, from: knowngood webhook');
  addExamples(ping, ['does it arrive?', 'knowngood webhook ping whk_01JD…']);
  addServerChoice(ping)
    .addOption(outputOption('name'))
    .action(async (id: string, { output, ...options }: ServerOptions & Output) => {
      const { client } = await connect(context, options);
      report(context, await client.call('pingWebhook', { params: { id } }), output);
    });
}

/** `knowngood webhook redeliver`: one message once more. */
export function addRedeliver(command: Command, context: CommandContext): void {
  const redeliver = command
    .command('redeliver')
    .description('send one message again, under its old id')
    .argument('<delivery>', 'the delivery, from: knowngood webhook deliveries');
  addExamples(redeliver, ['after the receiver was mended', 'knowngood webhook redeliver dlv_01JD…']);
  addServerChoice(redeliver)
    .addOption(outputOption('name'))
    .action(async (id: string, { output, ...options }: ServerOptions & Output) => {
      const { client } = await connect(context, options);
      report(context, await client.call('redeliver', { params: { id } }), output);
    });
}

function report({ terminal }: CommandContext, sent: Delivery, output: OutputFormat | undefined): void {
  if (output === 'json' || output === 'yaml') return printValue(terminal, sent, output);
  if (output === 'name') return void terminal.stdout.write(`${printable(sent.id)}\n`);
  return void terminal.stderr.write(
    `Delivery ${printable(sent.id)} is on its way; see: knowngood webhook deliveries\n`,
  );
}

const lastAnswer = ({ attempts }: Delivery): string => {
  const last = attempts.at(-1);
  if (last === undefined) return '';
  return last.status === null ? (last.error ?? 'no answer') : `${last.status} ${last.answer}`.trim();
};

const columns = ({ hub }: CommandContext): readonly Column<Delivery>[] => [
  { title: 'ID', cell: ({ id }) => id },
  { title: 'EVENT', cell: ({ event }) => event },
  { title: 'STATE', cell: ({ state }) => state },
  { title: 'ATTEMPTS', cell: ({ attempts }) => String(attempts.length) },
  { title: 'NEXT', cell: ({ nextAttemptAt }) => nextAttemptAt ?? '', wide: true },
  { title: 'AGE', cell: ({ createdAt }) => ago(hub, createdAt) },
  { title: 'ANSWER', cell: lastAnswer },
];

interface DeliveriesOptions extends ServerOptions, Output {
  readonly state?: Delivery['state'];
  readonly limit: number;
}

/** `knowngood webhook deliveries`: what was sent, and what came back. */
export function addDeliveries(command: Command, context: CommandContext): void {
  const deliveries = command
    .command('deliveries')
    .description('list what was sent in the last 30 days, and what came back')
    .argument('<id>', 'the webhook, from: knowngood webhook');
  addExamples(deliveries, ['what was given up', 'knowngood webhook deliveries whk_01JD… --state failed']);
  addServerChoice(deliveries)
    .addOption(
      new Option('--state <state>', 'those in this state').choices(['waiting', 'delivered', 'failed']),
    )
    .addOption(limitOption(30))
    .addOption(outputOption('name'))
    .action(async (id: string, { state, limit, output, ...options }: DeliveriesOptions) => {
      const { client } = await connect(context, options);
      const items = await readPages(limit, (paging) =>
        client.call('listDeliveries', { params: { id }, query: { state, ...paging } }),
      );
      printList(context.terminal, items, {
        output,
        columns: columns(context),
        nameOf: (delivery) => delivery.id,
        none: 'Nothing was sent',
      });
    });
}
