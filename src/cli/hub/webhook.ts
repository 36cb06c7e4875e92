import type { Command } from 'commander';
import type { ResultOf } from '../../contract/operations.ts';
import { addExamples } from '../examples.ts';
import { limitOption } from '../limit-option.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { AddCommand, CommandContext } from '../program.ts';
import { ago } from './ago.ts';
import { connect } from './connect.ts';
import { type Column, printList, readPages } from './print-list.ts';
import { type ServerOptions, addServerChoice } from './server-options.ts';
import { addDeliveries, addPing, addRedeliver } from './webhook-deliveries.ts';

type Webhook = ResultOf<'getWebhook'>;

interface Output {
  readonly output?: OutputFormat;
}

/** `knowngood webhook`: where a server sends its events. */
export const addWebhook: AddCommand = (program, context) => {
  const command = program.command('webhook').description('list, add and try where a server sends its events');
  addList(command, context);
  addCreate(command, context);
  addChange(command, context);
  addDelete(command, context);
  addPing(command, context);
  addDeliveries(command, context);
  addRedeliver(command, context);
};

const healthOf = ({ enabled, lastDelivery }: Webhook): string => {
  if (!enabled) return 'off';
  if (lastDelivery === null) return 'not used yet';
  return lastDelivery.ok ? 'delivered' : `failed (${lastDelivery.status ?? 'no answer'})`;
};

const columns = ({ hub }: CommandContext): readonly Column<Webhook>[] => [
  { title: 'ID', cell: ({ id }) => id },
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'PROJECT', cell: ({ project }) => project ?? 'all' },
  { title: 'EVENTS', cell: ({ events }) => events.join(',') },
  { title: 'LAST', cell: healthOf },
  { title: 'URL', cell: ({ url }) => url, wide: true },
  { title: 'AGE', cell: ({ createdAt }) => ago(hub, createdAt) },
];

interface ListOptions extends ServerOptions, Output {
  readonly project?: string;
  readonly limit: number;
}

function addList(command: Command, context: CommandContext): void {
  const list = command.command('list', { isDefault: true }).description('list where events are sent');
  addExamples(list, ['with the last delivery of each', 'knowngood webhook']);
  addServerChoice(list)
    .option('-p, --project <slug>', 'those of this project alone')
    .addOption(limitOption(100))
    .addOption(outputOption('name'))
    .action(async ({ project, limit, output, ...options }: ListOptions) => {
      const { client } = await connect(context, options);
      const items = await readPages(limit, (paging) =>
        client.call('listWebhooks', { query: { project, ...paging } }),
      );
      printList(context.terminal, items, {
        output,
        columns: columns(context),
        nameOf: ({ id }) => id,
        none: 'Events are sent nowhere',
      });
    });
}

interface CreateOptions extends ServerOptions, Output {
  readonly project?: string;
  readonly name?: string;
  readonly event: readonly string[];
}

function addCreate(command: Command, context: CommandContext): void {
  const create = command
    .command('create')
    .description('send events to an address; prints the secret that signs them, this once')
    .argument('<url>', 'the https address');
  addExamples(
    create,
    ['a chat channel', 'knowngood webhook create https://hooks.example.com/1 -p shop --event "request.*"'],
    ['everything, everywhere', 'knowngood webhook create https://events.example.com/in --event "*"'],
  );
  addServerChoice(create)
    .option('-p, --project <slug>', 'events of this project alone (default: of all)')
    .option('--name <name>', 'what to recognise it by (default: the host)')
    .option('--event <patterns...>', 'which events, such as request.completed', ['request.*'])
    .addOption(outputOption())
    .action(async (url: string, { project, name, event, output, ...options }: CreateOptions) => {
      const { client } = await connect(context, options);
      const host = URL.canParse(url) ? new URL(url).host : url;
      const body = { name: name ?? host, project: project ?? null, url, events: [...event] };
      report(context, await client.call('createWebhook', { body }), output);
    });
}

interface ChangeOptions extends ServerOptions, Output {
  readonly name?: string;
  readonly url?: string;
  readonly event?: readonly string[];
  readonly on?: boolean;
  readonly off?: boolean;
  readonly newSecret?: boolean;
}

function addChange(command: Command, context: CommandContext): void {
  const change = command
    .command('change')
    .description('change a webhook, switch it off or on, or give it a new secret')
    .argument('<id>', 'the webhook, from: knowngood webhook');
  addExamples(
    change,
    ['its receiver is being mended', 'knowngood webhook change whk_01JD… --off'],
    ['its secret has leaked', 'knowngood webhook change whk_01JD… --new-secret'],
  );
  addServerChoice(change)
    .option('--name <name>', 'what to recognise it by')
    .option('--url <url>', 'the address')
    .option('--event <patterns...>', 'which events from now on')
    .option('--off', 'send nothing; what waits is dropped')
    .option('--on', 'send again')
    .option('--new-secret', 'sign with a new secret from now on; it is printed this once')
    .addOption(outputOption())
    .action(async (id: string, { output, ...options }: ChangeOptions) => {
      const { client } = await connect(context, options);
      const { name, url, event, on, off, newSecret } = options;
      const body = {
        ...(name === undefined ? {} : { name }),
        ...(url === undefined ? {} : { url }),
        ...(event === undefined ? {} : { events: [...event] }),
        ...(on || off ? { enabled: off !== true } : {}),
        ...(newSecret ? { rotateSecret: true as const } : {}),
      };
      report(context, await client.call('changeWebhook', { params: { id }, body }), output);
    });
}

/** The secret alone goes to stdout, so that a script can keep it. */
function report(
  { terminal }: CommandContext,
  made: ResultOf<'createWebhook'>,
  output: OutputFormat | undefined,
): void {
  if (output === 'json' || output === 'yaml') return printValue(terminal, made, output);
  const { id, name, enabled } = made.webhook;
  const { stdout, stderr } = terminal;
  stderr.write(`Webhook ${printable(id)} (${printable(name)}) is ${enabled ? 'on' : 'off'}\n`);
  if (made.secret === null) return undefined;
  stderr.write('What it signs with is shown this once:\n');
  return void stdout.write(`${printable(made.secret)}\n`);
}

function addDelete(command: Command, context: CommandContext): void {
  const remove = command
    .command('delete')
    .description('delete a webhook; what waits for delivery is dropped')
    .argument('<id>', 'the webhook, from: knowngood webhook');
  addExamples(remove, ['for good', 'knowngood webhook delete whk_01JD…']);
  addServerChoice(remove).action(async (id: string, options: ServerOptions) => {
    const { client } = await connect(context, options);
    await client.call('deleteWebhook', { params: { id } });
    context.terminal.stderr.write(`Webhook ${printable(id)} is deleted\n`);
  });
}
