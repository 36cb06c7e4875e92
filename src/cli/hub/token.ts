import { type Command, Option } from 'commander';
import type { ResultOf } from '../../contract/operations.ts';
import { type TokenScope, tokenScopes } from '../../domain/people/actor.ts';
import { addExamples } from '../examples.ts';
import { countOption, limitOption } from '../limit-option.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { AddCommand, CommandContext } from '../program.ts';
import { ago } from './ago.ts';
import { connect } from './connect.ts';
import { type Column, printList, readPages } from './print-list.ts';
import { personText } from './request-words.ts';
import { type ServerOptions, addServerChoice } from './server-options.ts';

type Token = ResultOf<'listTokens'>['items'][number];

interface Output {
  readonly output?: OutputFormat;
}

/** `knowngood token`: what programs and Git sign in with. */
export const addToken: AddCommand = (program, context) => {
  const command = program
    .command('token')
    .description('make, list and revoke tokens for programs and for Git');
  addCreate(command, context);
  addList(command, context);
  addRevoke(command, context);
};

interface CreateOptions extends ServerOptions, Output {
  readonly scope: readonly TokenScope[];
  readonly days?: number;
  readonly serviceAccount?: string;
}

function addCreate(command: Command, context: CommandContext): void {
  const create = command
    .command('create')
    .description('make a token and print it; it is shown this once')
    .argument('<name>', 'what to recognise it by');
  addExamples(
    create,
    ['for Git, as the password', 'knowngood token create laptop --scope read push'],
    [
      'for a pipeline, for a month',
      'knowngood token create ci --scope read request --days 30 --service-account usr_01JD…',
    ],
  );
  addServerChoice(create)
    .addOption(
      new Option('--scope <scopes...>', 'what it may be used for')
        .choices(tokenScopes)
        .default(['read'])
        .makeOptionMandatory(),
    )
    .addOption(countOption('--days <number>', 'when it ends (default: after 90 days)'))
    .option('--service-account <id>', 'for this service account instead of you')
    .addOption(outputOption())
    .action(async (name: string, options: CreateOptions) => {
      const { scope, days, serviceAccount, output } = options;
      const { client } = await connect(context, options);
      const body = { name, scopes: [...scope], expiresInDays: days, accountId: serviceAccount };
      const created = await client.call('createToken', { body });
      const { stdout, stderr } = context.terminal;
      if (output === 'json' || output === 'yaml') return printValue(context.terminal, created, output);
      const { id, expiresAt } = created.token;
      stderr.write(`Token ${printable(id)} ends on ${printable(expiresAt)}; it is shown this once:\n`);
      stdout.write(`${printable(created.secret)}\n`);
      return undefined;
    });
}

const stateOf = ({ revokedAt, expiresAt }: Token, now: number): string =>
  revokedAt !== null ? 'revoked' : Date.parse(expiresAt) <= now ? 'expired' : 'valid';

const columns = ({ hub }: CommandContext): readonly Column<Token>[] => [
  { title: 'ID', cell: ({ id }) => id },
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'ACCOUNT', cell: ({ account }) => personText(account) },
  { title: 'STARTS WITH', cell: ({ prefix }) => prefix, wide: true },
  { title: 'SCOPES', cell: ({ scopes }) => scopes.join(',') },
  { title: 'STATE', cell: (token) => stateOf(token, hub.clock()) },
  { title: 'EXPIRES', cell: ({ expiresAt }) => expiresAt, wide: true },
  { title: 'LAST USED', cell: ({ lastUsedAt }) => ago(hub, lastUsedAt) },
  { title: 'AGE', cell: ({ createdAt }) => ago(hub, createdAt) },
];

interface ListOptions extends ServerOptions, Output {
  readonly everybody?: boolean;
  readonly limit: number;
}

function addList(command: Command, context: CommandContext): void {
  const list = command.command('list', { isDefault: true }).description('list your tokens');
  addExamples(list, ['with those of everybody, for who manages them', 'knowngood token list --everybody']);
  addServerChoice(list)
    .option('--everybody', 'those of everybody')
    .addOption(limitOption(100))
    .addOption(outputOption('name'))
    .action(async ({ everybody, limit, output, ...options }: ListOptions) => {
      const { client } = await connect(context, options);
      const items = await readPages(limit, (paging) =>
        client.call('listTokens', { query: { everybody: everybody ? 'true' : undefined, ...paging } }),
      );
      printList(context.terminal, items, {
        output,
        columns: columns(context),
        nameOf: ({ id }) => id,
        none: 'There is no token',
      });
    });
}

function addRevoke(command: Command, context: CommandContext): void {
  const revoke = command
    .command('revoke')
    .description('revoke a token at once')
    .argument('<id>', 'the token, from: knowngood token list');
  addExamples(revoke, ['one that has leaked', 'knowngood token revoke tok_01JD…']);
  addServerChoice(revoke).action(async (id: string, options: ServerOptions) => {
    const { client } = await connect(context, options);
    await client.call('revokeToken', { params: { id } });
    context.terminal.stderr.write(`Token ${printable(id)} is revoked\n`);
  });
}
