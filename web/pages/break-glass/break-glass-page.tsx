import { Stack, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { apiQuery } from '../../api/queries.ts';
import { Page } from '../../parts/page.tsx';
import { OpenSession } from './open-session.tsx';
import { SessionBox } from './session-box.tsx';

const routeApi = getRouteApi('/signed-in/projects/$project/break-glass');

/** Acting without approvals in one project: open a session, end it, and review what others did in theirs. */
export function BreakGlassPage(): ReactElement {
  const { project } = routeApi.useParams();
  const { data } = useSuspenseQuery(
    apiQuery('listBreakGlass', { params: { slug: project }, query: { limit: 100 } }),
  );
  const owed = data.items.filter(({ state }) => state === 'expired' || state === 'revoked').length;
  return (
    <Page title={`Break-glass in ${project}`}>
      <Text size="sm" c="dimmed" maw={720}>
        In an emergency, a session lets one person act without waiting for approvals. It never bypasses the
        audit log, and somebody else reviews it afterwards.
      </Text>
      <OpenSession project={project} />
      <Stack component="section" gap="sm" aria-labelledby="sessions">
        <Title order={2} id="sessions">
          Sessions
        </Title>
        <Text size="sm" role="status">
          {data.items.length === 0 ? 'Nobody has used break-glass here.' : owedText(owed)}
        </Text>
        {data.items.map((session) => (
          <SessionBox key={session.id} session={session} />
        ))}
      </Stack>
    </Page>
  );
}

const owedText = (owed: number): string => {
  if (owed === 0) return 'No review is owed.';
  return owed === 1 ? '1 session waits for its review.' : `${owed} sessions wait for their review.`;
};
