import type { Command } from 'commander';
import type { ResultOf } from '../../contract/operations.ts';
import { imagesIn, imagesLabel } from '../../domain/cluster/running-images.ts';
import { addExamples } from '../examples.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import type { CommandContext } from '../program.ts';
import { clusterNamed } from './cluster-named.ts';
import { connect } from './connect.ts';
import { type Column, printList } from './print-list.ts';
import { tellAge } from './report-age.ts';
import { type ServerOptions, addServerChoice } from './server-options.ts';

type Resource = ResultOf<'getClusterInventory'>['resources'][number];

/** `api-gateway:v2.1.0`: the label under which an agent tells the images of a workload. */
const imagesOf = ({ labels }: Resource): string => imagesIn(labels).join(',');

const resourceColumns: readonly Column<Resource>[] = [
  { title: 'NAMESPACE', cell: ({ namespace }) => namespace },
  { title: 'KIND', cell: ({ kind }) => kind },
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'STATUS', cell: ({ status }) => status },
  { title: 'IMAGES', cell: imagesOf },
  {
    title: 'LABELS',
    wide: true,
    cell: ({ labels }) =>
      Object.entries(labels)
        .filter(([key]) => key !== imagesLabel)
        .map(([key, value]) => `${key}=${value}`)
        .join(','),
  },
];

interface InventoryOptions extends ServerOptions {
  readonly output?: OutputFormat;
  readonly namespace?: string;
}

/** `knowngood clusters inventory`: what runs in a cluster. */
export function addInventory(command: Command, context: CommandContext): void {
  const inventory = command
    .command('inventory')
    .description('list what runs in a cluster, with its images, as its agent reported it last')
    .argument('<name>', 'the cluster, by name or id');
  addExamples(
    inventory,
    ['everything', 'knowngood clusters inventory eu-west-1'],
    ['one namespace, with labels', 'knowngood clusters inventory eu-west-1 -n acme -o wide'],
  );
  addServerChoice(inventory)
    .option('-n, --namespace <name>', 'this namespace alone')
    .addOption(outputOption('name'))
    .action(async (name: string, { namespace, output, ...options }: InventoryOptions) => {
      const { client } = await connect(context, options);
      const { id } = await clusterNamed(client, name);
      const report = await client.call('getClusterInventory', { params: { id } });
      const resources = report.resources.filter(
        (each) => namespace === undefined || each.namespace === namespace,
      );
      if (output === 'json' || output === 'yaml')
        return printValue(context.terminal, { ...report, resources }, output);
      if (output !== 'name') tellAge(context, report, summaryText(report));
      return printList(context.terminal, resources, {
        output,
        columns: resourceColumns,
        nameOf: (each) => `${each.kind.toLowerCase()}/${each.name}`,
        none: 'Nothing of that is reported',
      });
    });
}

function summaryText({ summary, total, resources }: ResultOf<'getClusterInventory'>): string {
  if (summary === null) return 'No inventory';
  const { readyNodes, nodes, pods, namespaces } = summary;
  const cut = total > resources.length ? `; the first ${resources.length} of ${total} workloads` : '';
  return `${readyNodes} of ${nodes} nodes ready, ${pods} pods, ${namespaces} namespaces${cut}`;
}
