import { Code, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Deployment } from '../../../src/contract/deployment.ts';
import { healthText } from '../../../src/domain/deployment/health-text.ts';
import { fixedQuery } from '../../api/queries.ts';
import { ChangeTable } from '../../parts/change-table.tsx';
import { Loading } from '../../parts/loading.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';

/** The whole message of a deployment and every field that it changed. */
export function DeploymentDetails({
  project,
  row,
}: {
  readonly project: string;
  readonly row: Deployment;
}): ReactElement {
  const { revision, tenant, environment } = row;
  const { data, error } = useQuery(
    fixedQuery('getDeployment', { params: { slug: project, revision }, query: { tenant, environment } }),
  );
  const detail = data?.items[0];
  if (error) return <RefusalAlert error={error} />;
  if (!detail) return <Loading lines={3} />;
  return (
    <Stack gap="xs">
      <Code block>{detail.message.trim()}</Code>
      <Health row={row} />
      <ChangeTable services={detail.services} />
    </Stack>
  );
}

/** What clusters saw of it over all of its time; they may have seen nothing. */
function Health({ row: { knownGood } }: { readonly row: Deployment }): ReactElement {
  const { health, reason } = knownGood;
  return (
    <Text size="sm">
      {health === null
        ? 'No cluster reported how it was.'
        : `In clusters: ${healthText(health)}; ${knownGood.standing}: ${reason}.`}
    </Text>
  );
}
