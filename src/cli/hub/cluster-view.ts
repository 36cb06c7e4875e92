import type { ResultOf } from '../../contract/operations.ts';
import type { HubAccess } from '../hub-access.ts';
import { table } from '../table.ts';
import { printable } from '../printable.ts';
import type { Terminal } from '../terminal.ts';
import { ago } from './ago.ts';
import type { ListedCluster } from './cluster-named.ts';
import { printFacts } from './print-list.ts';

type ClusterDetail = ResultOf<'getCluster'>;

/** `connected`, or `connected (simulated)`: nobody may take the made-up cluster of the demo for one that runs something. */
export const stateText = ({ state, simulated }: Pick<ListedCluster, 'state' | 'simulated'>): string =>
  simulated ? `${state} (simulated)` : state;

/** What was counted, as a list shows it; empty before the first report. */
export const countsText = {
  nodes: ({ counts, joinedAt }: ListedCluster): string =>
    joinedAt === null ? '' : `${counts.readyNodes}/${counts.nodes}`,
  applications: ({ counts }: ListedCluster): string => {
    const { applications, outOfSync, unhealthy } = counts;
    const bad = [
      ...(outOfSync > 0 ? [`${outOfSync} out of sync`] : []),
      ...(unhealthy > 0 ? [`${unhealthy} not healthy`] : []),
    ];
    return bad.length === 0 ? String(applications) : `${applications} (${bad.join(', ')})`;
  },
  drift: ({ counts: { findings } }: ListedCluster): string => (findings === null ? '' : String(findings)),
} as const;

const clockText = (seconds: number | null): string | undefined => {
  if (seconds === null || Math.abs(seconds) < 2) return undefined;
  return `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} the server’s`;
};

const bindingLine = ({
  project,
  tenant,
  environment,
  application,
  by,
}: ClusterDetail['bindings'][number]) => [
  `  ${printable(`${project} ${tenant}/${environment}`)}`,
  application === null ? 'every Application that reads the project' : printable(application),
  by === 'hand' ? 'said by hand' : 'by repository and path',
];

/** Prints one cluster: facts first, then the reports and what it runs. */
export function printCluster(
  terminal: Terminal,
  cluster: ClusterDetail,
  hub: Pick<HubAccess, 'clock'>,
): void {
  const { agent, counts } = cluster;
  printFacts(terminal, [
    ['Cluster', cluster.name],
    ['Id', cluster.id],
    ['Status', stateText(cluster)],
    ['Last seen', cluster.seenAt === null ? 'never' : `${ago(hub, cluster.seenAt)} ago`],
    ['Agent', agent.version],
    ['May', agent.capabilities.join(', ')],
    ['Clock', clockText(agent.clockAheadSeconds)],
    ['Kubernetes', cluster.kubernetesVersion],
    ['Provider', cluster.provider],
    ['Region', cluster.region],
    ['Environment', cluster.environment],
    ['Nodes', cluster.joinedAt === null ? undefined : `${counts.readyNodes} of ${counts.nodes} ready`],
    ['Pods', cluster.joinedAt === null ? undefined : counts.pods],
    ['Applications', countsText.applications(cluster)],
    ['Drift', counts.findings === null ? 'not reported' : `${counts.findings} found`],
    ...cluster.reports.map(
      ({ kind, reportedAt }) =>
        [`Report of ${kind}`, reportedAt === null ? 'none yet' : `${ago(hub, reportedAt)} old`] as const,
    ),
  ]);
  terminal.stdout.write(
    cluster.bindings.length === 0
      ? 'Runs:  nothing that is known here; say it with: knowngood clusters bind\n'
      : `Runs:\n${table(cluster.bindings.map(bindingLine))}`,
  );
}
