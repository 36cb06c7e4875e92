import { Button, Group, NativeSelect, SegmentedControl } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { requestStates } from '../../../src/domain/request/request.ts';
import { pagedQuery } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Page } from '../../parts/page.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { ShowMore } from '../../parts/show-more.tsx';
import { wordIn } from '../../words/search-text.ts';
import { RequestTable } from './request-table.tsx';
import { type RequestsSearch, whose } from './route.ts';

const routeApi = getRouteApi('/signed-in/requests');

function useRequests() {
  const { whose: asked, ...filters } = routeApi.useSearch();
  const query = {
    ...filters,
    limit: 50,
    ...(asked === 'waiting' ? { waitsForMe: 'true' as const } : {}),
    ...(asked === 'mine' ? { mine: 'true' as const } : {}),
  };
  return useInfiniteQuery({ ...pagedQuery('listRequests', { query }), placeholderData: keepPreviousData });
}

/** Every request that one may see, newest first; those that wait for a review are one press away. */
export function RequestsPage(): ReactElement {
  const requests = useRequests();
  const isFiltered = Object.values(routeApi.useSearch()).some((value) => value !== undefined);
  const rows = requests.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page title="Requests" actions={<Filters />}>
      {requests.error ? <RefusalAlert error={requests.error} /> : null}
      {requests.isPending ? <Loading lines={6} /> : null}
      {requests.data && rows.length === 0 ? <NoRequests isFiltered={isFiltered} /> : null}
      {rows.length > 0 ? <RequestTable rows={rows} /> : null}
      <ShowMore of={requests} label="Show older requests" />
    </Page>
  );
}

function Filters(): ReactElement {
  const filters = routeApi.useSearch();
  const navigate = routeApi.useNavigate();
  const change = (next: RequestsSearch): void =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  return (
    <Group gap="xs" role="search" aria-label="Filter the requests">
      <SegmentedControl
        size="xs"
        aria-label="Whose"
        value={filters.whose ?? 'all'}
        data={[
          { value: 'all', label: 'All' },
          { value: 'waiting', label: 'Waiting for me' },
          { value: 'mine', label: 'Mine' },
        ]}
        onChange={(value) => change({ whose: wordIn({ value }, 'value', whose) })}
      />
      <NativeSelect
        size="xs"
        aria-label="State"
        value={filters.state ?? ''}
        data={[{ value: '', label: 'Every state' }, ...requestStates]}
        onChange={({ currentTarget: { value } }) =>
          change({ state: wordIn({ value }, 'value', requestStates) })
        }
      />
      {filters.tenant === undefined ? null : (
        <Button
          variant="default"
          onClick={() => change({ project: undefined, tenant: undefined, environment: undefined })}
        >
          {filters.tenant}/{filters.environment ?? '…'} ✕
        </Button>
      )}
    </Group>
  );
}

function NoRequests({ isFiltered }: { readonly isFiltered: boolean }): ReactElement {
  return isFiltered ? (
    <EmptyState title="No request passes these filters">Choose other ones above.</EmptyState>
  ) : (
    <EmptyState title="There is no request yet" command="knowngood rollback">
      A rollback starts at a deployment of the history, with “Rollback to this revision”, or on the command
      line.
    </EmptyState>
  );
}
