import { Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { apiQuery } from '../../api/queries.ts';
import { Ago } from '../../parts/ago.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { ReportAge } from './report-age.tsx';

const columns = ['Object', 'What differs', 'In Git', 'In the cluster', 'Since'];

/** Where a cluster differs from Git. */
export function DriftTab({ id }: { readonly id: string }): ReactElement {
  const { data } = useSuspenseQuery(apiQuery('getClusterDrift', { params: { id } }));
  const { findings, receivedAt } = data;
  return (
    <Stack gap="sm">
      <ReportAge of={data} />
      {findings.length === 0 && receivedAt !== null ? <Text size="sm">Nothing differs from Git.</Text> : null}
      {findings.length === 0 ? null : (
        <DataTable label="Drift" columns={columns}>
          {findings.map(({ id: key, kind, namespace, name, summary, desired, live, detectedAt }) => (
            <tr key={key}>
              <th scope="row">
                {kind} {namespace}/{name}
              </th>
              <td>{summary}</td>
              <td>
                <code>{desired}</code>
              </td>
              <td>
                <code>{live}</code>
              </td>
              <td>{detectedAt === null ? '' : <Ago at={detectedAt} />}</td>
            </tr>
          ))}
        </DataTable>
      )}
    </Stack>
  );
}
