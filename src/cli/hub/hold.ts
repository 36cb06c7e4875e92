import type { Command } from 'commander';
import type { ResultOf } from '../../contract/operations.ts';
import { addExamples } from '../examples.ts';
import { valueText } from '../field-value.ts';
import { limitOption } from '../limit-option.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { AddCommand, CommandContext } from '../program.ts';
import { ago } from './ago.ts';
import { connect, projectOf } from './connect.ts';
import { type Column, printList, readPages } from './print-list.ts';
import { type ServerOptions, addServerChoice, addServerOptions } from './server-options.ts';

type Hold = ResultOf<'getHold'>;

interface Output {
  readonly output?: OutputFormat;
}

/** `knowngood hold`: values that rollbacks took away and that may not come back. */
export const addHold: AddCommand = (program, context) => {
  const command = program
    .command('hold')
    .description(
      'list and lift holds: values that a rollback took away, which may not come back for a while',
    );
  addList(command, context);
  addLift(command, context);
  addReapply(command, context);
};

const broughtBack = (returned: Hold['returned']): string =>
  returned ? `${returned.bot ?? returned.author} (${returned.commit.slice(0, 8)})` : '';

const columns = ({ hub }: CommandContext): readonly Column<Hold>[] => [
  { title: 'ID', cell: ({ id }) => id },
  { title: 'WHERE', cell: ({ tenant, environment }) => `${tenant}/${environment}` },
  { title: 'SERVICE', cell: ({ service }) => service ?? '' },
  { title: 'FIELD', cell: ({ field }) => field },
  { title: 'HELD', cell: ({ value }) => valueText(value) },
  { title: 'STATE', cell: ({ state, returned }) => (returned ? 'came back' : state.replace('_', ' ')) },
  { title: 'AGE', cell: ({ setAt }) => ago(hub, setAt) },
  { title: 'UNTIL', cell: ({ expiresAt }) => expiresAt, wide: true },
  { title: 'ROLLBACK', cell: ({ requestId }) => requestId, wide: true },
  { title: 'BROUGHT BACK BY', cell: ({ returned }) => broughtBack(returned), wide: true },
  { title: 'LIFTED BECAUSE', cell: ({ lifted }) => lifted?.reason ?? '', wide: true },
];

interface ListOptions extends ServerOptions, Output {
  readonly all?: boolean;
  readonly limit: number;
}

function addList(command: Command, context: CommandContext): void {
  const list = command.command('list', { isDefault: true }).description('list what may not come back now');
  addExamples(list, ['with those that ended, and why', 'knowngood hold -p shop --all -o wide']);
  addServerOptions(list)
    .option('--all', 'those that were lifted or expired, too')
    .addOption(limitOption(100))
    .addOption(outputOption('name'))
    .action(async ({ all, limit, output, ...options }: ListOptions) => {
      const connection = await connect(context, options);
      const params = { slug: projectOf(connection) };
      const items = await readPages(limit, (paging) =>
        connection.client.call('listHolds', {
          params,
          query: { ...(all ? { state: 'all' } : {}), ...paging },
        }),
      );
      printList(context.terminal, items, {
        output,
        columns: columns(context),
        nameOf: ({ id }) => id,
        none: 'Nothing is held',
      });
      if (output === undefined || output === 'wide') writeReturns(context, items);
    });
}

/** What to do about values that came back, below the list. */
function writeReturns({ terminal }: CommandContext, items: readonly Hold[]): void {
  for (const { id, field, value, returned } of items) {
    if (!returned) continue;
    const text = `${field} ${valueText(value)} was brought back by ${broughtBack(returned)}: knowngood hold reapply ${id}`;
    terminal.stderr.write(`${printable(text)}\n`);
    const { recipe } = returned;
    if (!recipe) continue;
    terminal.stderr.write(`  To stop ${printable(recipe.bot)}, ${printable(recipe.where)}:\n`);
    for (const line of recipe.lines) terminal.stderr.write(`    ${printable(line)}\n`);
  }
}

interface ReapplyOptions extends ServerOptions, Output {
  readonly message?: string;
}

function addReapply(command: Command, context: CommandContext): void {
  const reapply = command
    .command('reapply')
    .description('take a held value away again that somebody brought back past the server, by a request')
    .argument('<id>', 'the hold, from: knowngood hold');
  addExamples(reapply, ['after a bot pushed it again', 'knowngood hold reapply hld-01JD…']);
  addServerChoice(reapply)
    .option('-m, --message <text>', 'why; who brought it back unless told')
    .addOption(outputOption('name'))
    .action(async (id: string, { message, output, ...options }: ReapplyOptions) => {
      const { client } = await connect(context, options);
      const body = message === undefined ? {} : { justification: message };
      const request = await client.call('reapplyHold', { params: { id }, body });
      const { terminal } = context;
      if (output === 'json' || output === 'yaml') return printValue(terminal, request, output);
      if (output === 'name') return void terminal.stdout.write(`${printable(request.id)}\n`);
      return void terminal.stderr.write(`${printable(request.id)} is ${printable(request.state)}\n`);
    });
}

interface LiftOptions extends ServerOptions, Output {
  readonly reason: string;
}

function addLift(command: Command, context: CommandContext): void {
  const lift = command
    .command('lift')
    .description('let a held value come back')
    .argument('<id>', 'the hold, from: knowngood hold');
  addExamples(lift, ['it was rebuilt', 'knowngood hold lift hld-01JD… -m "v2.1.0 was rebuilt with the fix"']);
  addServerChoice(lift)
    .requiredOption('-m, --reason <text>', 'why it may')
    .addOption(outputOption('name'))
    .action(async (id: string, { reason, output, ...options }: LiftOptions) => {
      const { client } = await connect(context, options);
      const lifted = await client.call('liftHold', { params: { id }, body: { reason } });
      const { terminal } = context;
      if (output === 'json' || output === 'yaml') return printValue(terminal, lifted, output);
      if (output === 'name') return void terminal.stdout.write(`${printable(lifted.id)}\n`);
      const text = `${lifted.field} ${valueText(lifted.value)} may come back to ${lifted.tenant}/${lifted.environment}`;
      return void terminal.stderr.write(`${printable(text)}\n`);
    });
}
