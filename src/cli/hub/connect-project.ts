import { Option } from 'commander';
import type { CallInput, Client } from '../../contract/client.ts';
import { count } from '../count.ts';
import { addExamples } from '../examples.ts';
import { exitCode } from '../exit-code.ts';
import { countOption } from '../limit-option.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import { printable } from '../printable.ts';
import type { AddCommand, CommandContext } from '../program.ts';
import { startProgress } from '../progress.ts';
import { awaitIndex } from './await-index.ts';
import { connect } from './connect.ts';
import { printProject } from './project-view.ts';
import { type ServerOptions, addServerChoice } from './server-options.ts';
import { type CredentialOptions, upstreamCredential } from './upstream-credential.ts';
import { variable } from './variable.ts';

interface ConnectOptions extends ServerOptions, CredentialOptions {
  readonly name?: string;
  readonly branch: string;
  readonly onRefusedPush?: 'fail' | 'branch';
  readonly fetchSeconds?: number;
  readonly wait: boolean;
  readonly output?: OutputFormat;
}

/** `knowngood connect URL SLUG`: makes a project of a repository that another Git host keeps. */
export const addConnect: AddCommand = (program, context) => {
  const command = program
    .command('connect')
    .description('make a project of a repository that another Git host keeps, and wait for its history')
    .argument('<url>', 'its address, https or ssh, without a password in it')
    .argument('<slug>', 'the name of the project in addresses');
  addExamples(
    command,
    [
      'with a token of the Git host, asked for or in KNOWNGOOD_UPSTREAM_PASSWORD',
      'knowngood connect https://git.example.com/acme/config.git shop --username knowngood',
    ],
    [
      'with a deploy key, and the host keys that are accepted',
      'knowngood connect git@git.example.com:acme/config.git shop --ssh-key deploy_key --known-hosts known_hosts',
    ],
  );
  addServerChoice(command)
    .option('--name <text>', 'what people call it (default: the slug)')
    .option('--branch <name>', 'the branch that the cluster reads', 'main')
    .option('--username <name>', 'sign in there as this user, with a password or token')
    .option('--password-stdin', 'read that password from stdin')
    .addOption(new Option('--ssh-key <file>', 'sign in with this private key').conflicts('username'))
    .option('--known-hosts <file>', 'with --ssh-key: the host keys that are accepted')
    .addOption(
      new Option(
        '--on-refused-push <what>',
        'when branch protection refuses: fail, or push a branch',
      ).choices(['fail', 'branch']),
    )
    .addOption(countOption('--fetch-seconds <number>', 'how often to fetch (default: every 60 seconds)'))
    .option('--no-wait', 'do not wait until its history is read')
    .addOption(outputOption('name'))
    .action(async (url: string, slug: string, options: ConnectOptions) => {
      const connection = await connect(context, options);
      const credential = await upstreamCredential(context, options);
      if (credential === undefined) return context.finish(exitCode.interrupted);
      const { name, branch, fetchSeconds, onRefusedPush } = options;
      const webhookSecret = variable(context.terminal.env, 'KNOWNGOOD_WEBHOOK_SECRET');
      const upstream = { url, branch, fetchSeconds, onRefusedPush, webhookSecret, credential };
      const made = await create(context, connection.client, { slug, name, upstream });
      const indexed = options.wait ? await awaitIndex(context, connection.client, slug) : undefined;
      const project =
        indexed === undefined ? made : await connection.client.call('getProject', { params: { slug } });
      printProject(context.terminal, project, { output: options.output, hub: context.hub });
      if (indexed !== undefined && (options.output === undefined || options.output === 'wide'))
        context.terminal.stderr.write(`Connected; ${count(indexed, 'commit')} indexed\n`);
      return undefined;
    });
};

/** The server fetches once before it says yes. */
async function create(
  { terminal }: CommandContext,
  client: Client,
  body: CallInput<'createProject'>['body'],
) {
  using _progress = startProgress(terminal, `Fetching ${printable(body.slug)}…`);
  return await client.call('createProject', { body });
}
