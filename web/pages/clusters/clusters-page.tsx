import { Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Cluster } from '../../../src/contract/cluster.ts';
import { apiQuery } from '../../api/queries.ts';
import { Ago } from '../../parts/ago.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PageLink } from '../../parts/links.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { counted } from '../../words/counted.ts';
import { clusterSigns } from '../../parts/cluster-signs.ts';
import { ConnectCluster } from './connect-cluster.tsx';

const columns = ['Cluster', 'State', 'Runs', 'Applications', 'Drift', 'Nodes', 'Last heard'];

/** Every cluster whose agent reports here, and the door for one more. */
export function ClustersPage(): ReactElement {
  const { data } = useSuspenseQuery(apiQuery('listClusters'));
  return (
    <Page title="Clusters">
      <Stack gap="xl">
        {data.items.length === 0 ? (
          <EmptyState title="No cluster reports yet" command="knowngood clusters add eu-west-1">
            So health and sync of everything are unknown. An agent in the cluster, or beside it with a
            kubeconfig, connects from there to here; nothing connects into the cluster.
          </EmptyState>
        ) : (
          <DataTable label="Clusters" columns={columns}>
            {data.items.map((cluster) => (
              <ClusterRow key={cluster.id} cluster={cluster} />
            ))}
          </DataTable>
        )}
        <ConnectCluster />
      </Stack>
    </Page>
  );
}

function ClusterRow({ cluster }: { readonly cluster: Cluster }): ReactElement {
  const { id, name, state, simulated, runs, counts, seenAt } = cluster;
  return (
    <tr>
      <th scope="row">
        <PageLink to="/clusters/$id" params={{ id }} size="sm">
          {name}
        </PageLink>
        {simulated ? (
          <Text size="xs" c="dimmed">
            simulated
          </Text>
        ) : null}
      </th>
      <td>
        <StateBadge sign={clusterSigns[state]} />
      </td>
      <td>
        {runs.map(({ tenant, environment }) => `${tenant}/${environment}`).join(', ') || 'nothing known'}
      </td>
      <td>{applicationsText(counts)}</td>
      <td>{counts.findings === null ? 'unknown' : counted(counts.findings, 'finding')}</td>
      <td>
        {counts.readyNodes} of {counts.nodes} ready
      </td>
      <td>{seenAt === null ? 'never' : <Ago at={seenAt} />}</td>
    </tr>
  );
}

function applicationsText({ applications, outOfSync, unhealthy }: Cluster['counts']): string {
  return [
    String(applications),
    ...(outOfSync > 0 ? [`${outOfSync} out of sync`] : []),
    ...(unhealthy > 0 ? [`${unhealthy} not healthy`] : []),
  ].join(', ');
}
