import { Badge, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Project } from '../../../src/contract/project.ts';
import { apiQuery } from '../../api/queries.ts';
import { Ago } from '../../parts/ago.tsx';
import { Copyable } from '../../parts/copyable.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PageLink } from '../../parts/links.tsx';
import { Loading } from '../../parts/loading.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { Sha } from '../../parts/sha.tsx';
import { Matrix } from './matrix.tsx';

export interface ProjectSectionProps {
  readonly project: Project;
  readonly tenantFilter: string | undefined;
}

/** How old what we know of a connected repository is, or why it is not known. */
function Freshness({ project: { upstream, index } }: { readonly project: Project }): ReactElement | null {
  const indexing =
    index.state === 'running' ? ` · history: ${index.indexed} of ${index.total ?? '?'} commits` : '';
  if (upstream === null) return indexing === '' ? null : <Text size="xs">{indexing.slice(3)}</Text>;
  return (
    <Text size="xs" c={upstream.error === null ? 'dimmed' : 'var(--mantine-color-error)'}>
      {upstream.fetchedAt === null ? (
        'never fetched'
      ) : (
        <>
          fetched <Ago at={upstream.fetchedAt} />
        </>
      )}
      {upstream.error === null ? '' : ` · ${upstream.error}`}
      {indexing}
    </Text>
  );
}

function SectionHead({ project }: { readonly project: Project }): ReactElement {
  return (
    <Group gap="sm" align="center">
      <Title order={2}>{project.name}</Title>
      <Badge variant="default" size="sm" fw={500} tt="none">
        {project.kind}
      </Badge>
      {project.head === null ? null : (
        <Text size="xs" c="dimmed" component="div">
          {project.branch} at <Sha value={project.head} />
        </Text>
      )}
      <Freshness project={project} />
      <PageLink to="/projects/$project/break-glass" params={{ project: project.slug }} size="xs">
        Break-glass
      </PageLink>
    </Group>
  );
}

/** One project: what it is and the matrix of its tenant-environments. A failure here leaves the others alone. */
export function ProjectSection({ project, tenantFilter }: ProjectSectionProps): ReactElement {
  const places = useQuery(apiQuery('listTenantEnvironments', { params: { slug: project.slug } }));
  return (
    <Stack component="section" gap="xs" aria-label={project.name}>
      <SectionHead project={project} />
      {places.error && !places.data ? (
        <RefusalAlert error={places.error} onRetry={() => void places.refetch()} />
      ) : null}
      {places.isPending ? <Loading lines={3} /> : null}
      {places.data?.items.length === 0 ? (
        <EmptyState
          title="Nothing is deployed from here yet"
          command={`git push ${project.gitUrl} ${project.branch}`}
        >
          {project.head === null
            ? 'The repository is empty. Push your configuration to it.'
            : 'No path of the branch belongs to a tenant and an environment. Say in knowngood.yaml where they are.'}
        </EmptyState>
      ) : null}
      {places.data && places.data.items.length > 0 ? (
        <Matrix project={project} places={places.data.items} tenantFilter={tenantFilter} />
      ) : null}
      {project.head === null ? (
        <Text size="xs" c="dimmed" component="div">
          Clone:{' '}
          <Copyable text={project.gitUrl} what={project.gitUrl} long>
            {project.gitUrl}
          </Copyable>
        </Text>
      ) : null}
    </Stack>
  );
}
