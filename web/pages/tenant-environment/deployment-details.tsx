import { Code, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Deployment } from '../../../src/contract/deployment.ts';
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
      <ChangeTable services={detail.services} />
    </Stack>
  );
}
