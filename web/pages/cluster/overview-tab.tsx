import { Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useMay } from '../../api/me.ts';
import { apiQuery, useChange } from '../../api/queries.ts';
import { Ago } from '../../parts/ago.tsx';
import { awayText } from '../../parts/cluster-signs.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { PageLink } from '../../parts/links.tsx';
import { Notice } from '../../parts/notice.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { TwiceButton } from '../../parts/twice-button.tsx';
import { Facts } from '../../parts/facts.tsx';

/** Who speaks for the cluster, what it runs, and how it is removed. */
export function OverviewTab({ id }: { readonly id: string }): ReactElement {
  const { data } = useSuspenseQuery(apiQuery('getCluster', { params: { id } }));
  const { agent, state, bindings, simulated } = data;
  return (
    <Stack gap="md">
      {simulated ? <Text size="sm">Made up for the demo: nothing runs there.</Text> : null}
      {state === 'offline' ? (
        <Notice title="Its agent is away">
          <p>{awayText}</p>
        </Notice>
      ) : null}
      <Facts
        of={[
          ['Kubernetes', data.kubernetesVersion || 'unknown'],
          ['Where', [data.provider, data.region].filter(Boolean).join(', ') || 'not said'],
          ['Agent', agent.version || 'never came'],
          ['It may', agent.capabilities.join(', ') || 'nothing yet'],
          ['Last heard', data.seenAt === null ? 'never' : <Ago key="at" at={data.seenAt} />],
          ['Clock', clockText(agent.clockAheadSeconds)],
        ]}
      />
      <DataTable label="What it runs" columns={['Tenant-environment', 'Application', 'Known by']}>
        {bindings.map(({ project, tenant, environment, application, by }) => (
          <tr key={JSON.stringify([project, tenant, environment, application])}>
            <th scope="row">
              <PageLink
                to="/projects/$project/$tenant/$environment"
                params={{ project, tenant, environment }}
                size="sm"
              >
                {project} {tenant}/{environment}
              </PageLink>
            </th>
            <td>{application ?? 'every one that reads the project'}</td>
            <td>{by === 'layout' ? 'repository and path' : 'somebody’s word'}</td>
          </tr>
        ))}
      </DataTable>
      <Remove id={id} name={data.name} />
    </Stack>
  );
}

function clockText(ahead: number | null): string {
  if (ahead === null) return 'unknown';
  if (Math.abs(ahead) < 5) return 'as ours';
  return ahead > 0 ? `${ahead} s ahead of ours` : `${-ahead} s behind ours`;
}

function Remove({ id, name }: { readonly id: string; readonly name: string }): ReactElement {
  const verdict = useMay('clusters');
  const remove = useChange('deleteCluster');
  const navigate = useNavigate();
  return (
    <div>
      <TwiceButton
        verdict={verdict}
        word="Remove"
        what={name}
        isSending={remove.isPending}
        onConfirm={() =>
          remove.mutate({ params: { id } }, { onSuccess: () => void navigate({ to: '/clusters' }) })
        }
      />
      {remove.error ? <RefusalAlert error={remove.error} /> : null}
    </div>
  );
}
