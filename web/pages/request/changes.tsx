import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Request } from '../../../src/contract/request.ts';
import { apiQuery, fixedQuery } from '../../api/queries.ts';
import { ChangeTable } from '../../parts/change-table.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Hazards } from '../../parts/plan/hazards.tsx';
import { LeftOut } from '../../parts/plan/left-out.tsx';
import { Pins } from '../../parts/plan/pins.tsx';
import { PlanTextToggle } from '../../parts/plan/plan-text.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { useRoomyView } from '../../parts/text-diff/diff-view.ts';
import { FileText } from '../../parts/text-diff/file-text.tsx';

const routeApi = getRouteApi('/signed-in/requests/$id');

/** Every field and file that the digest binds, each file with its text in place. */
export function Changes({ request: { id } }: { readonly request: Request }): ReactElement {
  const { text: open } = routeApi.useSearch();
  const navigate = routeApi.useNavigate();
  const { data, error } = useQuery(apiQuery('getRequestPlan', { params: { id } }));
  const onOpen = (text: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, text }), replace: true, resetScroll: false });
  if (error) return <RefusalAlert error={error} />;
  if (!data) return <Loading />;
  return (
    <Stack gap="sm">
      <Hazards of={data.hazards} />
      <ChangeTable
        services={data.services}
        ofFile={({ path }) => <PlanTextToggle path={path} texts={{ open, onOpen }} />}
        below={({ path }) => (open === path ? <RequestText id={id} path={path} /> : null)}
      />
      <Pins pins={data.pins} />
      <LeftOut plan={data} />
    </Stack>
  );
}

/** What the digest binds does not change any more, so it is asked for once. */
function RequestText({ id, path }: { readonly id: string; readonly path: string }): ReactElement {
  const view = useRoomyView();
  const { data, error, refetch } = useQuery(
    fixedQuery('getRequestText', { params: { id }, query: { path } }),
  );
  return <FileText {...{ path, text: data, error, view }} onRetry={() => void refetch()} />;
}
