import type { Command } from 'commander';
import type { Client } from '../../contract/client.ts';
import type { BodyOf, ResultOf } from '../../contract/operations.ts';
import { addExamples } from '../examples.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { CommandContext } from '../program.ts';
import { clusterNamed } from './cluster-named.ts';
import { connect, projectOf } from './connect.ts';
import { type ServerOptions, addServerOptions } from './server-options.ts';

interface BindOptions extends ServerOptions {
  readonly tenant: string;
  readonly environment: string;
  readonly application?: string;
  readonly output?: OutputFormat;
}

type Detail = ResultOf<'getCluster'>;
type Wish = BodyOf<'bindCluster'>;

/** One of the two words about a cluster, and how it is told afterwards. */
interface Saying {
  readonly say: (client: Client, id: string, body: Wish) => Promise<Detail>;
  readonly told: (cluster: string, place: string) => string;
}

/** `knowngood clusters bind`: says what a cluster runs where repository and path do not. */
export function addBind(command: Command, context: CommandContext): void {
  const bind = command
    .command('bind')
    .description(
      'say that a cluster, or one Application of it, runs a tenant-environment; needed only where repository and path do not say so',
    );
  addExamples(
    bind,
    [
      'every Application of it that reads the project',
      'knowngood clusters bind eu-west-1 -p shop -t acme -e production',
    ],
    [
      'one Application whose path says nothing',
      'knowngood clusters bind eu-west-1 -p shop -t acme -e production --application argocd/api',
    ],
  );
  addSaying(bind, context, {
    say: (client, id, body) => client.call('bindCluster', { params: { id }, body }),
    told: (cluster, place) => `${cluster} runs ${place}`,
  });
}

/** `knowngood clusters unbind`: takes such a word back. */
export function addUnbind(command: Command, context: CommandContext): void {
  const unbind = command
    .command('unbind')
    .description('take back what was said by hand; what repository and path say stays');
  addExamples(unbind, ['it moved', 'knowngood clusters unbind eu-west-1 -p shop -t acme -e production']);
  addSaying(unbind, context, {
    say: (client, id, body) => client.call('unbindCluster', { params: { id }, body }),
    told: (cluster, place) => `That ${cluster} runs ${place} is said by hand no more`,
  });
}

function addSaying(command: Command, context: CommandContext, { say, told }: Saying): void {
  addServerOptions(command.argument('<name>', 'the cluster, by name or id'))
    .requiredOption('-t, --tenant <name>', 'the tenant')
    .requiredOption('-e, --environment <name>', 'the environment')
    .option(
      '--application <namespace/name>',
      'this Application alone (default: every one that reads the project)',
    )
    .addOption(outputOption())
    .action(async (name: string, { tenant, environment, application, output, ...options }: BindOptions) => {
      const connection = await connect(context, options);
      const { client } = connection;
      const project = projectOf(connection);
      const cluster = await clusterNamed(client, name);
      const body = { project, tenant, environment, ...(application === undefined ? {} : { application }) };
      const detail = await say(client, cluster.id, body);
      if (output === 'json' || output === 'yaml') return printValue(context.terminal, detail, output);
      const whose = application === undefined ? cluster.name : `${application} in ${cluster.name}`;
      const text = told(whose, `${tenant}/${environment} of ${project}`);
      return void context.terminal.stderr.write(`${printable(text)}\n`);
    });
}
