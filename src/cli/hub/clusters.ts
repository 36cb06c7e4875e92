import { type Command, Option } from 'commander';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { askLine } from '../ask.ts';
import { addExamples } from '../examples.ts';
import { exitCode } from '../exit-code.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { AddCommand, CommandContext } from '../program.ts';
import { ago } from './ago.ts';
import { addBind, addUnbind } from './cluster-bindings.ts';
import { type ListedCluster, clusterNamed } from './cluster-named.ts';
import { addApplications, addSync } from './cluster-applications.ts';
import { addDrift } from './cluster-drift.ts';
import { addInventory } from './cluster-inventory.ts';
import { addAdd, addToken } from './cluster-registration.ts';
import { countsText, printCluster, stateText } from './cluster-view.ts';
import { connect } from './connect.ts';
import { type Column, printList } from './print-list.ts';
import { type ServerOptions, addServerChoice } from './server-options.ts';

interface Output {
  readonly output?: OutputFormat;
}

/** `knowngood clusters`: which clusters report to a server, what runs in them, and what they run of ours. */
export const addClusters: AddCommand = (program, context) => {
  const command = program
    .command('clusters')
    .description('list, add and bind clusters, and show what runs in them as their agents report it');
  addList(command, context);
  addShow(command, context);
  addAdd(command, context);
  addToken(command, context);
  addBind(command, context);
  addUnbind(command, context);
  addInventory(command, context);
  addApplications(command, context);
  addDrift(command, context);
  addSync(command, context);
  addDelete(command, context);
};

const runsText = ({ runs }: ListedCluster): string =>
  [...new Set(runs.map(({ tenant, environment }) => `${tenant}/${environment}`))].join(',');

const columns = ({ hub }: CommandContext): readonly Column<ListedCluster>[] => [
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'STATUS', cell: stateText },
  { title: 'VERSION', cell: ({ kubernetesVersion }) => kubernetesVersion },
  { title: 'NODES', cell: countsText.nodes },
  { title: 'APPLICATIONS', cell: countsText.applications },
  { title: 'DRIFT', cell: countsText.drift },
  { title: 'LAST SEEN', cell: ({ seenAt }) => ago(hub, seenAt) },
  { title: 'ID', cell: ({ id }) => id, wide: true },
  { title: 'AGENT', cell: ({ agent }) => agent.version, wide: true },
  { title: 'REGION', cell: ({ region }) => region, wide: true },
  { title: 'PODS', cell: ({ counts }) => String(counts.pods), wide: true },
  { title: 'AGE', cell: ({ createdAt }) => ago(hub, createdAt), wide: true },
  { title: 'RUNS', cell: runsText },
];

function addList(command: Command, context: CommandContext): void {
  const list = command
    .command('list', { isDefault: true })
    .description('list clusters with their state and what was counted in them');
  addExamples(
    list,
    ['what is there', 'knowngood clusters'],
    ['those whose agent is away', 'knowngood clusters --status offline'],
  );
  addServerChoice(list)
    .addOption(
      new Option('--status <status>', 'only those in this state').choices([
        'waiting',
        'connected',
        'lagging',
        'offline',
      ]),
    )
    .addOption(outputOption('name'))
    .action(async ({ status, output, ...options }: ServerOptions & Output & { readonly status?: string }) => {
      const { client } = await connect(context, options);
      const { items } = await client.call('listClusters');
      const shown = items.filter(({ state }) => status === undefined || state === status);
      printList(context.terminal, shown, {
        output,
        columns: columns(context),
        nameOf: ({ name }) => name,
        none: status
          ? `No cluster is ${status}`
          : 'There is no cluster; make room for one: knowngood clusters add NAME',
      });
    });
}

function addShow(command: Command, context: CommandContext): void {
  const show = command
    .command('show')
    .description('show a cluster: its agent, when it last reported, and what it runs')
    .argument('<name>', 'the cluster, by name or id');
  addExamples(show, ['one cluster', 'knowngood clusters show eu-west-1']);
  addServerChoice(show)
    .addOption(outputOption('name'))
    .action(async (name: string, { output, ...options }: ServerOptions & Output) => {
      const { client } = await connect(context, options);
      const { id } = await clusterNamed(client, name);
      const cluster = await client.call('getCluster', { params: { id } });
      if (output === 'json' || output === 'yaml') return printValue(context.terminal, cluster, output);
      if (output === 'name') return void context.terminal.stdout.write(`${printable(cluster.name)}\n`);
      return printCluster(context.terminal, cluster, context.hub);
    });
}

function addDelete(command: Command, context: CommandContext): void {
  const remove = command
    .command('delete')
    .description('remove a cluster with its reports; its agent is let in no more, and nothing in it changes')
    .argument('<name>', 'the cluster, by name or id');
  addExamples(remove, ['from a script, without being asked', 'knowngood clusters delete eu-west-1 --yes']);
  addServerChoice(remove)
    .option('-y, --yes', 'do not ask')
    .action(async (text: string, options: ServerOptions & { readonly yes?: boolean }) => {
      const { terminal } = context;
      const { client } = await connect(context, options);
      const { id, name } = await clusterNamed(client, text);
      if (!options.yes) {
        if (!terminal.interactive) throw new Refusal('not_confirmed');
        const typed = await askLine(terminal, `Type ${printable(name)} to remove it with its reports: `);
        if (typed?.trim() !== name) {
          terminal.stderr.write('Nothing was changed.\n');
          return context.finish(exitCode.interrupted);
        }
      }
      await client.call('deleteCluster', { params: { id } });
      terminal.stderr.write(`Cluster ${printable(name)} is removed\n`);
      return undefined;
    });
}
