import { Alert, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconFlame } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { apiQuery } from '../../api/queries.ts';
import { Ago } from '../../parts/ago.tsx';
import { PageLink } from '../../parts/links.tsx';

const shown = 5;

/** Break-glass sessions that are over and that nobody has looked at yet, each with a link; nothing when there are none. */
export function ReviewsOwed(): ReactElement | null {
  const { data } = useQuery(apiQuery('listUnreviewedBreakGlass', { query: { limit: 100 } }));
  const owed = (data?.items ?? []).filter(({ state }) => state !== 'open');
  if (owed.length === 0) return null;
  const title =
    owed.length === 1
      ? '1 break-glass session waits for its review'
      : `${owed.length} break-glass sessions wait for their review`;
  return (
    <Alert variant="default" icon={<IconFlame size={18} aria-hidden />} title={title}>
      {owed.slice(0, shown).map(({ id, project, by, openedAt, justification }) => (
        <Group key={id} gap="xs">
          <PageLink to="/projects/$project/break-glass" params={{ project }} hash={id} size="sm">
            {by.name} in {project}
          </PageLink>
          <Text size="sm" c="dimmed">
            <Ago at={openedAt} /> · {justification}
          </Text>
        </Group>
      ))}
    </Alert>
  );
}
