import { Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { apiQuery } from '../../api/queries.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Facts } from '../../parts/facts.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { ReportAge } from './report-age.tsx';

const routeApi = getRouteApi('/signed-in/clusters/$id');

/** So many rows at a time; typing narrows them. */
const shownRows = 200;

/** What runs in a cluster, as last reported. */
export function InventoryTab({ id }: { readonly id: string }): ReactElement {
  const { find = '' } = routeApi.useSearch();
  const { data } = useSuspenseQuery(apiQuery('getClusterInventory', { params: { id } }));
  const { summary, resources, total } = data;
  const wanted = find.trim().toLowerCase();
  const found = resources.filter(({ kind, namespace, name, status }) =>
    `${kind} ${namespace}/${name} ${status}`.toLowerCase().includes(wanted),
  );
  return (
    <Stack gap="sm">
      <ReportAge of={data} />
      {summary ? (
        <Facts
          of={[
            ['Nodes ready', `${summary.readyNodes} of ${summary.nodes}`],
            ['Namespaces', summary.namespaces],
            ['Pods', summary.pods],
            ['Deployments', summary.deployments],
          ]}
        />
      ) : null}
      <InventorySearch />
      <Text size="sm" c="dimmed" role="status">
        {found.length > shownRows ? `The first ${shownRows} of ${found.length}` : `${found.length} shown`}, of{' '}
        {total} in all.
      </Text>
      {found.length === 0 ? null : (
        <DataTable label="Inventory" columns={['Name', 'Kind', 'Namespace', 'Status']}>
          {found.slice(0, shownRows).map(({ kind, namespace, name, status }) => (
            <tr key={`${kind} ${namespace}/${name}`}>
              <th scope="row">{name}</th>
              <td>{kind}</td>
              <td>{namespace}</td>
              <td>{status}</td>
            </tr>
          ))}
        </DataTable>
      )}
    </Stack>
  );
}

function InventorySearch(): ReactElement {
  const { find } = routeApi.useSearch();
  const navigate = routeApi.useNavigate();
  return (
    <SearchField
      isMain
      label="Kind, name or status"
      w={320}
      set={find}
      onSearch={(text) =>
        void navigate({ search: (before) => ({ ...before, find: text }), replace: true, resetScroll: false })
      }
    />
  );
}
