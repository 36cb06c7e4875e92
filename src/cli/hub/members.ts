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
import { type RoleText, roleOf, roleOption } from './role-option.ts';
import { type ServerOptions, addServerChoice } from './server-options.ts';

type Member = ResultOf<'getMember'>;

interface Output {
  readonly output?: OutputFormat;
}

/** `knowngood members`: who has an account, and with which role. */
export const addMembers: AddCommand = (program, context) => {
  const command = program.command('members').description('list, invite and change the people of a server');
  addList(command, context);
  addInvite(command, context);
  addChange(command, context);
};

const columns = ({ hub }: CommandContext): readonly Column<Member>[] => [
  { title: 'EMAIL', cell: ({ email }) => email },
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'ROLE', cell: ({ role, disabled }) => (disabled ? 'disabled' : (role ?? 'none')) },
  { title: 'SIGN-IN', cell: ({ signIn }) => signIn },
  { title: 'LAST SEEN', cell: ({ lastSeenAt }) => ago(hub, lastSeenAt) },
  { title: 'AGE', cell: ({ createdAt }) => ago(hub, createdAt) },
  { title: 'GROUPS', cell: ({ groups }) => groups.join(', '), wide: true },
  { title: 'ID', cell: ({ id }) => id, wide: true },
];

function addList(command: Command, context: CommandContext): void {
  const list = command.command('list', { isDefault: true }).description('list everybody who has an account');
  addExamples(list, ['who can approve', 'knowngood members']);
  addServerChoice(list)
    .addOption(limitOption(100))
    .addOption(outputOption('name'))
    .action(async ({ limit, output, ...options }: ServerOptions & Output & { readonly limit: number }) => {
      const { client } = await connect(context, options);
      const items = await readPages(limit, (query) => client.call('listMembers', { query }));
      printList(context.terminal, items, {
        output,
        columns: columns(context),
        nameOf: ({ email }) => email,
        none: 'There is nobody',
      });
    });
}

interface InviteOptions extends ServerOptions, Output {
  readonly name?: string;
  readonly role: RoleText;
}

function addInvite(command: Command, context: CommandContext): void {
  const invite = command
    .command('invite')
    .description('add somebody; prints the link with which they set their password')
    .argument('<email>', 'their address');
  addExamples(invite, ['somebody who may approve', 'knowngood members invite bob@example.com --role admin']);
  addServerChoice(invite)
    .option('--name <name>', 'what they are called (default: the address)')
    .addOption(roleOption().default('member'))
    .addOption(outputOption())
    .action(async (email: string, { name = email, role, output, ...options }: InviteOptions) => {
      const { client } = await connect(context, options);
      const invited = await client.call('inviteMember', { body: { email, name, role: roleOf(role) } });
      if (output === 'json' || output === 'yaml') return printValue(context.terminal, invited, output);
      const { url, expiresAt } = invited.link;
      context.terminal.stderr.write(`Give them this link; it works once, until ${printable(expiresAt)}:\n`);
      context.terminal.stdout.write(`${printable(url)}\n`);
      return undefined;
    });
}

interface ChangeOptions extends ServerOptions, Output {
  readonly role?: RoleText;
  readonly disable?: boolean;
  readonly enable?: boolean;
}

function addChange(command: Command, context: CommandContext): void {
  const change = command
    .command('change')
    .description('give somebody another role, or disable their account')
    .argument('<email>', 'their address, or the id of their account');
  addExamples(
    change,
    ['let somebody approve', 'knowngood members change jane@example.com --role admin'],
    ['somebody has left', 'knowngood members change jane@example.com --disable'],
  );
  addServerChoice(change)
    .addOption(roleOption())
    .addOption(new Option('--disable', 'let them in no more; their tokens end too').conflicts('enable'))
    .option('--enable', 'let them in again')
    .addOption(outputOption('name'))
    .action(async (email: string, { role, disable, enable, output, ...options }: ChangeOptions) => {
      const { client } = await connect(context, options);
      const { id } = await memberNamed(client, email);
      const body = {
        ...(role === undefined ? {} : { role: roleOf(role) }),
        ...(disable || enable ? { disabled: disable === true } : {}),
      };
      const member = await client.call('changeMember', { params: { id }, body });
      if (output === 'json' || output === 'yaml') return printValue(context.terminal, member, output);
      if (output === 'name') return void context.terminal.stdout.write(`${printable(member.email)}\n`);
      const now = member.disabled ? 'disabled' : (member.role ?? 'without a role');
      return void context.terminal.stderr.write(`${printable(member.email)} is ${now}\n`);
    });
}
