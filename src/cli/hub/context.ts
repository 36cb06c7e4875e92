import type { Command } from 'commander';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { addExamples } from '../examples.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { AddCommand, CommandContext } from '../program.ts';
import { contextNamed } from './choose-context.ts';
import { type Config, type HubContext, readConfig, withContext, writeConfig } from './config.ts';
import { connect } from './connect.ts';
import { printFacts, printList } from './print-list.ts';

interface Shown extends Omit<HubContext, 'token' | 'tokenId'> {
  readonly current: boolean;
  readonly signedIn: boolean;
}

/** A context as it is shown: never with its token. */
const shown = ({ current }: Config, { token, tokenId: _tokenId, ...rest }: HubContext): Shown => ({
  ...rest,
  current: rest.name === current,
  signedIn: token !== undefined,
});

/** The context of this name, or the current one. Throws `context_unknown`, `server_unchosen`. */
function contextAt(config: Config, name: string | undefined): HubContext {
  const wanted = name ?? config.current;
  if (wanted === undefined) throw new Refusal('server_unchosen');
  return contextNamed(config, wanted);
}

/** `knowngood context`: the servers where somebody is signed in, and which of them counts. */
export const addContext: AddCommand = (program, context) => {
  const command = program
    .command('context')
    .description('choose the server and the project that commands are about');
  addList(command, context);
  addShow(command, context);
  addUse(command, context);
  addSetProject(command, context);
};

function addList(command: Command, context: CommandContext): void {
  const list = command
    .command('list', { isDefault: true })
    .description('list the contexts; * is the current one');
  addExamples(list, ['where you are signed in', 'knowngood context list']);
  list.addOption(outputOption('name')).action(async ({ output }: { readonly output?: OutputFormat }) => {
    const config = await readConfig(context);
    const contexts = config.contexts.map((kept) => shown(config, kept));
    printList(context.terminal, contexts, {
      output,
      none: 'There is no context yet; sign in: knowngood login URL',
      nameOf: ({ name }) => name,
      columns: [
        { title: 'CURRENT', cell: ({ current }) => (current ? '*' : ' ') },
        { title: 'NAME', cell: ({ name }) => name },
        { title: 'SERVER', cell: ({ server }) => server },
        { title: 'ACCOUNT', cell: ({ account, signedIn }) => (signedIn ? (account ?? '') : 'signed out') },
        { title: 'PROJECT', cell: ({ project }) => project ?? '' },
        { title: 'TENANT', cell: ({ tenant }) => tenant ?? '', wide: true },
        { title: 'ENVIRONMENT', cell: ({ environment }) => environment ?? '', wide: true },
      ],
    });
  });
}

function addShow(command: Command, context: CommandContext): void {
  const show = command
    .command('show')
    .description('show the current context, or the one that is named')
    .argument('[name]', 'the context');
  addExamples(show, ['what commands are about now', 'knowngood context show']);
  show
    .addOption(outputOption('name'))
    .action(async (name: string | undefined, { output }: { readonly output?: OutputFormat }) => {
      const { terminal } = context;
      const config = await readConfig(context);
      const found = shown(config, contextAt(config, name));
      if (output === 'json' || output === 'yaml') return printValue(terminal, found, output);
      if (output === 'name') return void terminal.stdout.write(`${printable(found.name)}\n`);
      return printFacts(terminal, [
        ['Context', found.name],
        ['Server', found.server],
        ['Account', found.signedIn ? found.account : 'signed out'],
        ['Project', found.project],
        ['Tenant', found.tenant],
        ['Environment', found.environment],
      ]);
    });
}

function addUse(command: Command, context: CommandContext): void {
  const use = command
    .command('use')
    .description('make a context the current one')
    .argument('<name>', 'the context, from: knowngood context list');
  addExamples(use, ['go on at another server', 'knowngood context use knowngood.example.com']);
  use.action(async (name: string) => {
    const config = await readConfig(context);
    const { server } = contextNamed(config, name);
    await writeConfig(context, { ...config, current: name });
    context.terminal.stderr.write(`Commands are now for ${printable(server)}\n`);
  });
}

interface ProjectOptions {
  readonly tenant?: string;
  readonly environment?: string;
}

function addSetProject(command: Command, context: CommandContext): void {
  const set = command
    .command('set-project')
    .description('keep a project, and maybe a tenant-environment, that commands are about')
    .argument('<slug>', 'the project, from: knowngood projects');
  addExamples(
    set,
    ['work on one project', 'knowngood context set-project shop'],
    ['and mostly on one tenant-environment', 'knowngood context set-project shop -t acme -e production'],
  );
  set
    .option('-t, --tenant <name>', 'the tenant')
    .option('-e, --environment <name>', 'the environment')
    .action(async (slug: string, { tenant, environment }: ProjectOptions) => {
      const config = await readConfig(context);
      const {
        project: _,
        tenant: _tenant,
        environment: _environment,
        ...kept
      } = contextAt(config, undefined);
      const { client } = await connect(context, { context: kept.name });
      const project = await client.call('getProject', { params: { slug } });
      const chosen = {
        project: project.slug,
        ...(tenant === undefined ? {} : { tenant }),
        ...(environment === undefined ? {} : { environment }),
      };
      await writeConfig(context, withContext(config, { ...kept, ...chosen }));
      const where = [project.slug, tenant, environment].filter((part) => part !== undefined).join('/');
      context.terminal.stderr.write(`Commands are now about ${printable(where)}\n`);
    });
}
