import { Argument, type Command, Option } from 'commander';
import type { ResultOf } from '../../contract/operations.ts';
import { type GrantableVerb, grantableVerbs } from '../../domain/people/verb.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { addExamples } from '../examples.ts';
import { limitOption } from '../limit-option.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { AddCommand, CommandContext } from '../program.ts';
import { ago } from './ago.ts';
import { connect, projectOf } from './connect.ts';
import { memberNamed } from './member-named.ts';
import { type Column, printList, readPages } from './print-list.ts';
import { type ServerOptions, addServerChoice, addServerOptions } from './server-options.ts';

type Grant = ResultOf<'giveGrant'>;

interface Output {
  readonly output?: OutputFormat;
}

/** `knowngood grant`: single rights in a project, beside the roles. */
export const addGrant: AddCommand = (program, context) => {
  const command = program
    .command('grant')
    .description('list, give and take back single rights in a project, beside the roles');
  addList(command, context);
  addGive(command, context);
  addTake(command, context);
};

const placeText = ({ project, tenant, environment }: Grant): string =>
  tenant === null && environment === null ? project : `${project} ${tenant ?? '*'}/${environment ?? '*'}`;

const columns = ({ hub }: CommandContext): readonly Column<Grant>[] => [
  { title: 'ID', cell: ({ id }) => id },
  { title: 'WHO', cell: ({ subject }) => subject.name },
  { title: 'KIND', cell: ({ subject }) => subject.kind },
  { title: 'MAY', cell: ({ verb }) => verb },
  { title: 'WHERE', cell: placeText },
  { title: 'AGE', cell: ({ createdAt }) => ago(hub, createdAt) },
];

interface ListOptions extends ServerOptions, Output {
  readonly project?: string;
  readonly limit: number;
}

function addList(command: Command, context: CommandContext): void {
  const list = command.command('list', { isDefault: true }).description('list the rights that were given');
  addExamples(list, ['those of one project', 'knowngood grant -p shop']);
  addServerChoice(list)
    .option('-p, --project <slug>', 'those in this project alone')
    .addOption(limitOption(100))
    .addOption(outputOption('name'))
    .action(async ({ project, limit, output, ...options }: ListOptions) => {
      const { client } = await connect(context, options);
      const items = await readPages(limit, (paging) =>
        client.call('listGrants', { query: { project, ...paging } }),
      );
      printList(context.terminal, items, {
        output,
        columns: columns(context),
        nameOf: ({ id }) => id,
        none: 'Nobody was given a right beside the roles',
      });
    });
}

interface GiveOptions extends ServerOptions, Output {
  readonly to?: string;
  readonly group?: string;
  readonly tenant?: string;
  readonly environment?: string;
}

function addGive(command: Command, context: CommandContext): void {
  const give = command
    .command('give')
    .description('give one right in a project or in a part of it')
    .addArgument(new Argument('<right>', 'what they may do').choices(grantableVerbs));
  addExamples(
    give,
    [
      'somebody approves in one place',
      'knowngood grant give approve -p shop --to jane@example.com -t acme -e production',
    ],
    ['a group of the identity provider asks', 'knowngood grant give request -p shop --group on-call'],
  );
  addServerOptions(give)
    .addOption(new Option('--to <email>', 'the person, or the id of an account').conflicts('group'))
    .option('--group <name>', 'everybody in this group')
    .option('-t, --tenant <name>', 'for this tenant alone')
    .option('-e, --environment <name>', 'in this environment alone')
    .addOption(outputOption('name'))
    .action(async (verb: GrantableVerb, options: GiveOptions) => {
      const { to, group, tenant, environment, output } = options;
      if (to === undefined && group === undefined)
        throw new Refusal('input_expected', { what: 'who the right is for', instead: 'use --to or --group' });
      const connection = await connect(context, options);
      const project = projectOf(connection);
      const subject =
        group === undefined
          ? { kind: 'account' as const, id: (await memberNamed(connection.client, to ?? '')).id }
          : { kind: 'group' as const, name: group };
      const body = { subject, verb, project, tenant, environment };
      report(context, await connection.client.call('giveGrant', { body }), output);
    });
}

function report({ terminal }: CommandContext, given: Grant, output: OutputFormat | undefined): void {
  if (output === 'json' || output === 'yaml') return printValue(terminal, given, output);
  if (output === 'name') return void terminal.stdout.write(`${printable(given.id)}\n`);
  const text = `${given.id}: ${given.subject.name} may ${given.verb} in ${placeText(given)}`;
  return void terminal.stdout.write(`${printable(text)}\n`);
}

function addTake(command: Command, context: CommandContext): void {
  const take = command
    .command('take')
    .description('take a right back at once')
    .argument('<id>', 'the grant, from: knowngood grant');
  addExamples(take, ['it is needed no more', 'knowngood grant take grt_01JD…']);
  addServerChoice(take).action(async (id: string, options: ServerOptions) => {
    const { client } = await connect(context, options);
    await client.call('takeGrant', { params: { id } });
    context.terminal.stderr.write(`Grant ${printable(id)} is taken back\n`);
  });
}
