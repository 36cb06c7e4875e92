import type { Command } from 'commander';
import type { ResultOf } from '../../contract/operations.ts';
import { addExamples } from '../examples.ts';
import type { HubAccess } from '../hub-access.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { CommandContext } from '../program.ts';
import { ago } from './ago.ts';
import { clusterNamed } from './cluster-named.ts';
import { connect } from './connect.ts';
import { type Column, printList } from './print-list.ts';
import { tellAge } from './report-age.ts';
import { shortId } from './request-words.ts';
import { type ServerOptions, addServerChoice } from './server-options.ts';

type Application = ResultOf<'listClusterApplications'>['applications'][number];

interface Options extends ServerOptions {
  readonly output?: OutputFormat;
}

const applicationColumns = (hub: Pick<HubAccess, 'clock'>): readonly Column<Application>[] => [
  { title: 'NAME', cell: ({ namespace, name }) => `${namespace}/${name}` },
  { title: 'SYNC STATUS', cell: ({ syncStatus }) => syncStatus },
  { title: 'HEALTH STATUS', cell: ({ healthStatus }) => healthStatus },
  { title: 'SYNCPOLICY', cell: ({ automated }) => (automated ? 'Auto' : 'Manual') },
  { title: 'REVISION', cell: ({ liveRevision }) => shortId(liveRevision) },
  { title: 'RUNS', cell: ({ runs }) => (runs ? `${runs.project} ${runs.tenant}/${runs.environment}` : '') },
  { title: 'SERVICE', cell: ({ runs }) => runs?.service ?? '' },
  { title: 'SYNCED', cell: ({ lastSyncedAt }) => ago(hub, lastSyncedAt) },
  { title: 'CONDITIONS', cell: ({ conditions }) => conditions.map(({ type }) => type).join(',') },
  { title: 'NAMESPACE', cell: ({ destinationNamespace }) => destinationNamespace, wide: true },
  { title: 'PROJECT', cell: ({ project }) => project, wide: true },
  { title: 'OPERATION', cell: ({ operation }) => operation?.phase ?? '', wide: true },
  { title: 'REPO', cell: ({ repoUrl }) => repoUrl, wide: true },
  { title: 'PATH', cell: ({ path }) => path, wide: true },
  { title: 'TARGET', cell: ({ targetRevision }) => targetRevision, wide: true },
];

/** `knowngood clusters applications`: the Applications of a cluster, as `argocd app list` shows them. */
export function addApplications(command: Command, context: CommandContext): void {
  const applications = command
    .command('applications')
    .description('list the Applications of a cluster, and which tenant-environment each deploys')
    .argument('<name>', 'the cluster, by name or id');
  addExamples(applications, [
    'with repository and path',
    'knowngood clusters applications eu-west-1 -o wide',
  ]);
  addServerChoice(applications)
    .addOption(outputOption('name'))
    .action(async (name: string, { output, ...options }: Options) => {
      const { client } = await connect(context, options);
      const { id } = await clusterNamed(client, name);
      const report = await client.call('listClusterApplications', { params: { id } });
      if (output === 'json' || output === 'yaml') return printValue(context.terminal, report, output);
      if (output !== 'name') tellAge(context, report, 'Applications');
      return printList(context.terminal, report.applications, {
        output,
        columns: applicationColumns(context.hub),
        nameOf: (each) => `${each.namespace}/${each.name}`,
        none: 'It has no Application',
      });
    });
}

interface SyncOptions extends Options {
  readonly prune?: boolean;
  readonly dryRun?: boolean;
}

/** `knowngood clusters sync`: asks for the sync of an Application that Argo CD does not sync by itself. */
export function addSync(command: Command, context: CommandContext): void {
  const sync = command
    .command('sync')
    .description('ask Argo CD to sync an Application that it does not sync by itself')
    .argument('<name>', 'the cluster, by name or id')
    .argument('<application>', 'as argocd/api, from: knowngood clusters applications');
  addExamples(sync, ['after a rollback', 'knowngood clusters sync eu-west-1 argocd/acme-production-api']);
  addServerChoice(sync)
    .option('--prune', 'delete what Git does not have any more')
    .option('--dry-run', 'have Argo CD try it, and change nothing')
    .addOption(outputOption('name'))
    .action(async (name: string, application: string, { output, ...options }: SyncOptions) => {
      const { client } = await connect(context, options);
      const { id } = await clusterNamed(client, name);
      const { prune = false, dryRun = false } = options;
      const body = { application, prune, dryRun };
      const asked = await client.call('syncApplication', { params: { id }, body });
      if (output === 'json' || output === 'yaml') return printValue(context.terminal, asked, output);
      if (output === 'name') return void context.terminal.stdout.write(`${printable(asked.id)}\n`);
      const text = `${name} is asked to sync ${application}; look: knowngood clusters applications ${name}`;
      return void context.terminal.stderr.write(`${printable(text)}\n`);
    });
}
