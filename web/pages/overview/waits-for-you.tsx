import { Alert, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconHourglass } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { apiQuery } from '../../api/queries.ts';
import { Ago } from '../../parts/ago.tsx';
import { PageLink } from '../../parts/links.tsx';

const shown = 5;

/** The requests that whoever looks can review, each with a link; nothing when there are none. */
export function WaitsForYou(): ReactElement | null {
  const { data } = useQuery(apiQuery('listRequests', { query: { waitsForMe: 'true', limit: shown } }));
  const requests = data?.items ?? [];
  if (requests.length === 0) return null;
  const many = data?.nextCursor
    ? `More than ${shown} requests wait`
    : requests.length === 1
      ? '1 request waits'
      : `${requests.length} requests wait`;
  return (
    <Alert variant="default" icon={<IconHourglass size={18} aria-hidden />} title={`${many} for your review`}>
      {requests.map(({ id, project, scope, requester, submittedAt }) => (
        <Group key={id} gap="xs">
          <PageLink to="/requests/$id" params={{ id }} size="sm">
            {scope.mode} {scope.service ?? ''} in{' '}
            {scope.where.map((at) => `${at.tenant}/${at.environment}`).join(', ')}
          </PageLink>
          <Text size="sm" c="dimmed">
            {project} · {requester.name} · <Ago at={submittedAt} />
          </Text>
        </Group>
      ))}
    </Alert>
  );
}
