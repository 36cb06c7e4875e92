import type { Command } from 'commander';
import type { ResultOf } from '../../contract/operations.ts';
import { addExamples } from '../examples.ts';
import type { HubAccess } from '../hub-access.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import type { CommandContext } from '../program.ts';
import { ago } from './ago.ts';
import { clusterNamed } from './cluster-named.ts';
import { connect } from './connect.ts';
import { type Column, printList } from './print-list.ts';
import { tellAge } from './report-age.ts';
import { type ServerOptions, addServerChoice } from './server-options.ts';

type Finding = ResultOf<'getClusterDrift'>['findings'][number];

interface Options extends ServerOptions {
  readonly output?: OutputFormat;
}

const findingColumns = (hub: Pick<HubAccess, 'clock'>): readonly Column<Finding>[] => [
  { title: 'NAMESPACE', cell: ({ namespace }) => namespace },
  { title: 'KIND', cell: ({ kind }) => kind },
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'WHAT', cell: ({ summary }) => summary },
  { title: 'AGE', cell: ({ detectedAt }) => ago(hub, detectedAt) },
  { title: 'IN GIT', cell: ({ desired }) => desired, wide: true },
  { title: 'IN THE CLUSTER', cell: ({ live }) => live, wide: true },
  { title: 'APPLICATION', cell: ({ scope }) => scope, wide: true },
];

/** `knowngood clusters drift`: where a cluster differs from Git. */
export function addDrift(command: Command, context: CommandContext): void {
  const drift = command
    .command('drift')
    .description('list where a cluster differs from Git, as its agent reported it last')
    .argument('<name>', 'the cluster, by name or id');
  addExamples(drift, ['both values of each', 'knowngood clusters drift eu-west-1 -o wide']);
  addServerChoice(drift)
    .addOption(outputOption('name'))
    .action(async (name: string, { output, ...options }: Options) => {
      const { client } = await connect(context, options);
      const { id } = await clusterNamed(client, name);
      const report = await client.call('getClusterDrift', { params: { id } });
      if (output === 'json' || output === 'yaml') return printValue(context.terminal, report, output);
      if (output !== 'name') tellAge(context, report, 'Drift');
      return printList(context.terminal, report.findings, {
        output,
        columns: findingColumns(context.hub),
        nameOf: (each) => `${each.kind.toLowerCase()}/${each.name}`,
        none: report.reportedAt === null ? 'Nobody looked' : 'None was found',
      });
    });
}
