import { Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { apiQuery } from '../../api/queries.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { PageLink } from '../../parts/links.tsx';
import { Sha } from '../../parts/sha.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { healthSign, syncSign } from '../../parts/states.ts';
import { ReportAge } from './report-age.tsx';

type Application = ResultOf<'listClusterApplications'>['applications'][number];

const columns = ['Application', 'Sync', 'Health', 'Live revision', 'Deploys', 'Said'];

/** The Argo CD Applications of a cluster, in the words of Argo CD. */
export function ApplicationsTab({ id }: { readonly id: string }): ReactElement {
  const { data } = useSuspenseQuery(apiQuery('listClusterApplications', { params: { id } }));
  return (
    <Stack gap="sm">
      <ReportAge of={data} />
      {data.applications.length === 0 ? null : (
        <DataTable label="Applications" columns={columns}>
          {data.applications.toSorted(worstFirst).map((application) => (
            <ApplicationRow key={`${application.namespace}/${application.name}`} of={application} />
          ))}
        </DataTable>
      )}
    </Stack>
  );
}

const isFine = ({ healthStatus, syncStatus }: Application): boolean =>
  healthStatus === 'Healthy' && syncStatus === 'Synced';
const worstFirst = (a: Application, b: Application): number => Number(isFine(a)) - Number(isFine(b));

function ApplicationRow({ of }: { readonly of: Application }): ReactElement {
  const { namespace, name, syncStatus, healthStatus, liveRevision, runs, operation, conditions } = of;
  const said = [operation?.message, ...conditions.map(({ message }) => message)].filter(Boolean).join(' ');
  return (
    <tr>
      <th scope="row">
        {name}
        <Text size="xs" c="dimmed">
          {namespace}
          {of.automated ? '' : ', synced by hand'}
        </Text>
      </th>
      <td>
        <StateBadge sign={syncSign(syncStatus)} />
      </td>
      <td>
        <StateBadge sign={healthSign(healthStatus)} />
      </td>
      <td>{liveRevision === '' ? 'none yet' : <Sha value={liveRevision} />}</td>
      <td>
        {runs ? (
          <PageLink
            to="/projects/$project/$tenant/$environment"
            params={{ project: runs.project, tenant: runs.tenant, environment: runs.environment }}
            size="sm"
          >
            {runs.tenant}/{runs.environment} {runs.service}
          </PageLink>
        ) : (
          'nothing of ours'
        )}
      </td>
      <td>{said}</td>
    </tr>
  );
}
