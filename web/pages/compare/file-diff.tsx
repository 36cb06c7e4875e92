import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactElement, Suspense, lazy } from 'react';
import { fixedQuery } from '../../api/queries.ts';
import { Loading } from '../../parts/loading.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { useDiffView } from './use-diff-view.ts';

const TextDiff = lazy(() =>
  import('../../parts/text-diff/text-diff.tsx').then((file) => ({ default: file.TextDiff })),
);
const routeApi = getRouteApi('/signed-in/projects/$project/$tenant/$environment/compare');

export interface FileDiffProps {
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

/** Both texts of one file, or why there is no text. */
export function FileDiff({ path, from, to }: FileDiffProps): ReactElement {
  const { project: slug, tenant, environment } = routeApi.useParams();
  const [view] = useDiffView();
  const { data, error, refetch } = useQuery(
    fixedQuery('compareFile', { params: { slug }, query: { tenant, environment, from, to, path } }),
  );
  return (
    <Stack component="section" gap="xs" aria-label={`Text of ${path}`}>
      <Title order={2} ff="monospace" fz="sm">
        {path}
      </Title>
      {error ? <RefusalAlert error={error} onRetry={() => void refetch()} /> : null}
      {data?.opaque ? <Text size="sm">There is no text to show: {data.opaque}.</Text> : null}
      {data?.text ? (
        <Suspense fallback={<Loading />}>
          <TextDiff name={path} before={data.text.from ?? ''} after={data.text.to ?? ''} view={view} />
        </Suspense>
      ) : null}
      {data || error ? null : <Loading />}
    </Stack>
  );
}
