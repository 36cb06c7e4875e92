import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { ShowMore } from '../../parts/show-more.tsx';
import { counted } from '../../words/counted.ts';
import { HistoryFilters } from './history-filters.tsx';
import { historyQuery } from './history-query.ts';
import { filterOf } from './history-search.ts';
import { HistoryTable } from './history-table.tsx';
import { Timeline } from './timeline.tsx';

type Place = ResultOf<'listTenantEnvironments'>['items'][number];
const routeApi = getRouteApi('/signed-in/projects/$project/$tenant/$environment');

/** The rows of the history that the filters in the address let through, page by page. */
const useHistory = (project: string, { tenant, environment }: Place) =>
  useInfiniteQuery({
    ...historyQuery({ project, tenant, environment }, routeApi.useSearch()),
    placeholderData: keepPreviousData,
  });

/** The deployments of a tenant-environment, newest first: what one goes back to is chosen here. */
export function HistoryPanel({
  project,
  place,
}: {
  readonly project: string;
  readonly place: Place;
}): ReactElement {
  const history = useHistory(project, place);
  const isFiltered = Object.values(filterOf(routeApi.useSearch())).some((value) => value !== undefined);
  const rows = history.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Stack component="section" gap="xs" aria-labelledby="history">
      <Group justify="space-between" align="end">
        <Title order={2} id="history">
          Deployment history
        </Title>
        <HistoryFilters services={place.services} />
      </Group>
      {history.error ? <RefusalAlert error={history.error} onRetry={() => void history.refetch()} /> : null}
      {history.isPending ? <Loading lines={6} /> : null}
      {history.data && rows.length === 0 ? <NoRows project={project} isFiltered={isFiltered} /> : null}
      {isFiltered ? null : <Timeline rows={rows} />}
      {rows.length > 0 ? (
        <HistoryTable
          project={project}
          rows={rows}
          onEnd={() => {
            if (history.hasNextPage && !history.isFetchingNextPage) void history.fetchNextPage();
          }}
        />
      ) : null}
      <ShowMore of={history} label="Show older deployments" />
      {rows.length > 0 && !history.hasNextPage ? (
        <Text size="xs" c="dimmed" ta="center">
          {counted(rows.length, 'deployment')}; this is the beginning
        </Text>
      ) : null}
    </Stack>
  );
}

function NoRows({
  project,
  isFiltered,
}: {
  readonly project: string;
  readonly isFiltered: boolean;
}): ReactElement {
  const navigate = routeApi.useNavigate();
  return isFiltered ? (
    <EmptyState title="No deployment passes these filters">
      <Button variant="default" onClick={() => void navigate({ search: {}, replace: true })}>
        Clear the filters
      </Button>
    </EmptyState>
  ) : (
    <EmptyState title="No deployment is indexed yet" command={`knowngood reindex ${project} --wait`}>
      Every commit of the branch that touches this tenant-environment becomes a row, a moment after it is
      pushed. Where one is missing, an owner or admin builds the history anew:
    </EmptyState>
  );
}
