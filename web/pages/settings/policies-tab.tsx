import { Stack, Text, Title } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import type { Project } from '../../../src/contract/project.ts';
import { useMay } from '../../api/me.ts';
import { apiQuery } from '../../api/queries.ts';
import { Ago } from '../../parts/ago.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { GuardedButton } from '../../parts/guarded-button.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Person } from '../../parts/person.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { PolicyEditor } from './policy-editor.tsx';
import { approvalsText, eligibleText, hoursText, protectionText } from './policy-words.ts';
import { DataTable } from '../../parts/data-table.tsx';

type PolicyVersion = ResultOf<'listPolicies'>['items'][number];
type Names = ReadonlyMap<string, string>;

const routeApi = getRouteApi('/signed-in/settings');

const columns = [
  'Environment',
  'Approvals',
  'Eligible',
  'Execution',
  'Expires after',
  'Push protection',
  'Changed',
  'Change',
];

/** The policy of every environment of every project; the one that the address names, open for a change. */
export function PoliciesTab(): ReactElement {
  const { project, environment } = routeApi.useSearch();
  const { data } = useSuspenseQuery(apiQuery('listProjects', { query: { limit: 200 } }));
  const members = useQuery(apiQuery('listMembers', { query: { limit: 200 } }));
  const names = new Map(members.data?.items.map(({ id, name }) => [id, name]));
  if (project !== undefined && environment !== undefined)
    return <PolicyEditor key={`${project}/${environment}`} {...{ project, environment, names }} />;
  if (data.items.length === 0)
    return (
      <EmptyState title="No project yet" command="knowngood projects create shop">
        Each environment of a project has a policy of its own.
      </EmptyState>
    );
  return (
    <Stack gap="xl">
      {data.items.map((each) => (
        <PoliciesOf key={each.slug} project={each} names={names} />
      ))}
    </Stack>
  );
}

function PoliciesOf({ project, names }: { readonly project: Project; readonly names: Names }): ReactElement {
  const { data, error, refetch } = useQuery(apiQuery('listPolicies', { params: { slug: project.slug } }));
  return (
    <Stack component="section" gap="xs" aria-label={project.name}>
      <Title order={2}>{project.name}</Title>
      {error && !data ? <RefusalAlert error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Loading lines={3} /> : null}
      {data?.items.length === 0 ? (
        <Text size="sm" c="dimmed">
          No environment is known here yet: push the configuration first.
        </Text>
      ) : null}
      {data && data.items.length > 0 ? (
        <DataTable label={`Policies of ${project.name}`} columns={columns}>
          {data.items.map((of) => (
            <PolicyRow key={of.environment} of={of} names={names} />
          ))}
        </DataTable>
      ) : null}
    </Stack>
  );
}

function PolicyRow({ of, names }: { readonly of: PolicyVersion; readonly names: Names }): ReactElement {
  const { project, environment, policy } = of;
  const navigate = routeApi.useNavigate();
  const verdict = useMay('policy', { project, environment });
  return (
    <tr>
      <th scope="row">{environment}</th>
      <td>{approvalsText(policy)}</td>
      <td>{eligibleText(policy.eligible, names)}</td>
      <td>{policy.execution}</td>
      <td>{hoursText(policy.expiryHours)}</td>
      <td>{protectionText(policy)}</td>
      <td>
        {of.changedAt === null ? (
          'never'
        ) : (
          <>
            <Ago at={of.changedAt} /> {of.changedBy ? <Person of={of.changedBy} /> : null}
          </>
        )}
      </td>
      <td>
        <GuardedButton
          verdict={verdict}
          variant="default"
          aria-label={`Change the policy of ${environment}`}
          onClick={() => void navigate({ search: { tab: 'policies', project, environment } })}
        >
          Change
        </GuardedButton>
      </td>
    </tr>
  );
}
