import { type Command, Option } from 'commander';
import type { ResultOf } from '../../contract/operations.ts';
import { addExamples } from '../examples.ts';
import { limitOption } from '../limit-option.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { AddCommand, CommandContext } from '../program.ts';
import { ago } from './ago.ts';
import { connect } from './connect.ts';
import { memberNamed } from './member-named.ts';
import { type Column, printList, readPages } from './print-list.ts';
import { personText } from './request-words.ts';
import { type RoleText, roleOf, roleOption } from './role-option.ts';
import { type ServerOptions, addServerChoice } from './server-options.ts';

type Account = ResultOf<'changeServiceAccount'>;

interface Output {
  readonly output?: OutputFormat;
}

/** `knowngood service-account`: the accounts of programs. */
export const addServiceAccount: AddCommand = (program, context) => {
  const command = program
    .command('service-account')
    .description('list, add and change the accounts of programs; they never approve');
  addList(command, context);
  addCreate(command, context);
  addChange(command, context);
};

const columns = ({ hub }: CommandContext): readonly Column<Account>[] => [
  { title: 'ID', cell: ({ id }) => id },
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'ROLE', cell: ({ role, disabled }) => (disabled ? 'disabled' : (role ?? 'none')) },
  { title: 'OWNER', cell: ({ owner }) => personText(owner) },
  { title: 'AGE', cell: ({ createdAt }) => ago(hub, createdAt) },
];

function addList(command: Command, context: CommandContext): void {
  const list = command.command('list', { isDefault: true }).description('list the accounts of programs');
  addExamples(list, ['who answers for which', 'knowngood service-account']);
  addServerChoice(list)
    .addOption(limitOption(100))
    .addOption(outputOption('name'))
    .action(async ({ limit, output, ...options }: ServerOptions & Output & { readonly limit: number }) => {
      const { client } = await connect(context, options);
      const items = await readPages(limit, (query) => client.call('listServiceAccounts', { query }));
      printList(context.terminal, items, {
        output,
        columns: columns(context),
        nameOf: ({ id }) => id,
        none: 'There is no service account',
      });
    });
}

interface CreateOptions extends ServerOptions, Output {
  readonly role: RoleText;
  readonly owner?: string;
}

function addCreate(command: Command, context: CommandContext): void {
  const create = command
    .command('create')
    .description('add an account for a program; its tokens come from: knowngood token create')
    .argument('<name>', 'what it is called');
  addExamples(create, ['for a pipeline', 'knowngood service-account create ci --role member']);
  addServerChoice(create)
    .addOption(roleOption().default('member'))
    .option('--owner <email>', 'who answers for it (default: you)')
    .addOption(outputOption('name'))
    .action(async (name: string, { role, owner, output, ...options }: CreateOptions) => {
      const { client } = await connect(context, options);
      const ownerId = owner === undefined ? undefined : (await memberNamed(client, owner)).id;
      const body = { name, role: roleOf(role), ownerId };
      report(context, await client.call('createServiceAccount', { body }), output);
    });
}

interface ChangeOptions extends ServerOptions, Output {
  readonly role?: RoleText;
  readonly name?: string;
  readonly disable?: boolean;
  readonly enable?: boolean;
}

function addChange(command: Command, context: CommandContext): void {
  const change = command
    .command('change')
    .description('rename a service account, give it another role, or disable it')
    .argument('<id>', 'the account, from: knowngood service-account');
  addExamples(change, ['its pipeline is gone', 'knowngood service-account change usr_01JD… --disable']);
  addServerChoice(change)
    .addOption(roleOption())
    .option('--name <name>', 'what it is called from now on')
    .addOption(new Option('--disable', 'let it in no more; its tokens end too').conflicts('enable'))
    .option('--enable', 'let it in again')
    .addOption(outputOption('name'))
    .action(async (id: string, { role, name, disable, enable, output, ...options }: ChangeOptions) => {
      const { client } = await connect(context, options);
      const body = {
        ...(name === undefined ? {} : { name }),
        ...(role === undefined ? {} : { role: roleOf(role) }),
        ...(disable || enable ? { disabled: disable === true } : {}),
      };
      report(context, await client.call('changeServiceAccount', { params: { id }, body }), output);
    });
}

function report({ terminal }: CommandContext, account: Account, output: OutputFormat | undefined): void {
  if (output === 'json' || output === 'yaml') return printValue(terminal, account, output);
  if (output === 'name') return void terminal.stdout.write(`${printable(account.id)}\n`);
  const now = account.disabled ? 'disabled' : (account.role ?? 'without a role');
  terminal.stdout.write(`${printable(`${account.id} ${account.name} is ${now}`)}\n`);
  return undefined;
}
