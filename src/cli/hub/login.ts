import { Option } from 'commander';
import type { ResultOf } from '../../contract/operations.ts';
import { type TokenScope, tokenScopes } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { askLine, askSecret } from '../ask.ts';
import { addExamples } from '../examples.ts';
import { exitCode } from '../exit-code.ts';
import { countOption } from '../limit-option.ts';
import { printable } from '../printable.ts';
import type { AddCommand, CommandContext } from '../program.ts';
import type { Terminal } from '../terminal.ts';
import { type HubContext, readConfig, withContext, writeConfig } from './config.ts';
import { openClient } from './connect.ts';
import { readStdin } from './read-stdin.ts';
import { isExposed, nameOfServer, serverAddress } from './server-address.ts';
import { providerNames, signInElsewhere } from './sign-in-elsewhere.ts';
import { variable } from './variable.ts';

interface LoginOptions {
  readonly email?: string;
  readonly withToken?: boolean;
  readonly passwordStdin?: boolean;
  readonly sso?: boolean;
  readonly provider?: string;
  readonly browser: boolean;
  readonly name?: string;
  readonly scope?: readonly TokenScope[];
  readonly days?: number;
}

/** Where `npm start` answers. */
const usualServer = 'http://localhost:7420';

/** `knowngood login [URL]`: signs in for a token and keeps it in a context, which becomes the current one. */
export const addLogin: AddCommand = (program, context) => {
  const command = program
    .command('login')
    .description('sign in at a server; the token is kept in a file that only you can read')
    .argument(
      '[url]',
      'the server (default: KNOWNGOOD_SERVER, the one of the current context, or this machine)',
    );
  addExamples(
    command,
    ['the server that npm start runs', 'knowngood login http://localhost:7420'],
    ['in the browser, with an identity provider', 'knowngood login https://knowngood.example.com --sso'],
    [
      'with a token, as a pipeline does',
      'knowngood login https://knowngood.example.com --with-token < token.txt',
    ],
  );
  command
    .option('-e, --email <address>', 'who you are; asked for when left out')
    .addOption(new Option('--with-token', 'read a token from stdin').conflicts('passwordStdin'))
    .option('--password-stdin', 'read the password from stdin')
    .addOption(
      new Option('--sso', 'sign in with an identity provider, in the browser').conflicts([
        'email',
        'withToken',
        'passwordStdin',
      ]),
    )
    .option('--provider <name>', 'which identity provider, where there are several; means --sso')
    .option('--no-browser', 'with --sso: open none here; show the address, for one on another machine, too')
    .option('--name <name>', 'what to call the context (default: the host)')
    .addOption(
      new Option('--scope <scopes...>', 'what the token may be used for (default: all)').choices(tokenScopes),
    )
    .addOption(countOption('--days <number>', 'when the token ends (default: after 90 days)'))
    .action(async (url: string | undefined, options: LoginOptions) => {
      const config = await readConfig(context);
      const current = config.contexts.find(({ name }) => name === config.current);
      const chosen = url ?? variable(context.terminal.env, 'KNOWNGOOD_SERVER') ?? current?.server;
      const server = serverAddress(chosen ?? usualServer);
      const signedIn = await signIn(context, server, options);
      if (!signedIn) return context.finish(exitCode.interrupted);
      const name = options.name ?? nameOfServer(server);
      // Whoever signs in again goes on with what was chosen there.
      const before = config.contexts.find((kept) => kept.name === name && kept.server === server);
      const { token: _token, tokenId: _tokenId, account: _account, ...kept } = before ?? { name, server };
      await writeConfig(context, { ...withContext(config, { ...kept, ...signedIn }), current: name });
      tellProject(context.terminal, kept);
      return undefined;
    });
};

type SignedIn = Pick<HubContext, 'token' | 'tokenId' | 'account'>;

/** Proves who is there, and says it. `undefined` when a question was answered with Ctrl-C. */
async function signIn(
  context: CommandContext,
  server: string,
  options: LoginOptions,
): Promise<SignedIn | undefined> {
  const { terminal } = context;
  if (isExposed(server))
    terminal.stderr.write(
      `note: ${printable(server)} is not https: what is sent there can be read on the way\n`,
    );
  const made = options.withToken
    ? { token: await readStdin(terminal, 'a token') }
    : await makeToken(context, server, options);
  if (!made) return undefined;
  const me = await (await openClient(context, { server, token: made.token })).call('getMe');
  terminal.stderr.write(`Signed in at ${printable(server)} as ${printable(whoText(me))}\n`);
  return { ...made, account: me.email ?? me.name };
}

/** `jane@example.com (member)`. */
export const whoText = ({ email, name, role }: ResultOf<'getMe'>): string =>
  `${email ?? name} (${role ?? 'no role, grants alone'})`;

async function makeToken(context: CommandContext, server: string, options: LoginOptions) {
  const { terminal, hub } = context;
  const client = await openClient(context, { server });
  const { sso, provider, browser, scope: scopes, days } = options;
  if (sso || provider !== undefined)
    return signInElsewhere(context, client, { server, provider, browser, scopes, days });
  const { password: byPassword, oidc } = await client.call('getAuthMethods');
  if (!byPassword && oidc.length === 0) throw new Refusal('token_needed', { server });
  if (!byPassword) throw new Refusal('sso_needed', { server, names: providerNames(oidc) });
  const email = options.email ?? (await answer(terminal, 'your e-mail address', askLine, 'E-mail: '));
  if (email === undefined) return undefined;
  const password = options.passwordStdin
    ? await readStdin(terminal, 'a password')
    : await answer(terminal, 'your password', askSecret, 'Password: ');
  if (password === undefined) return undefined;
  const { token, secret } = await client.call('loginForToken', {
    body: {
      email: email.trim(),
      password,
      name: `command line on ${hub.machine}`.slice(0, 100),
      scopes: [...(options.scope ?? tokenScopes)],
      ...(options.days === undefined ? {} : { expiresInDays: options.days }),
    },
  });
  return { token: secret, tokenId: token.id };
}

async function answer(
  terminal: Terminal,
  what: string,
  ask: typeof askLine,
  question: string,
): Promise<string | undefined> {
  if (!terminal.interactive)
    throw new Refusal('input_expected', {
      what,
      instead: 'without a terminal use --with-token, or --email with --password-stdin',
    });
  return ask(terminal, question);
}

function tellProject({ stderr }: Terminal, { project }: Pick<HubContext, 'project'>): void {
  stderr.write(
    project === undefined
      ? 'Choose a project: knowngood projects, then knowngood context set-project SLUG\n'
      : `The project is ${printable(project)}\n`,
  );
}
