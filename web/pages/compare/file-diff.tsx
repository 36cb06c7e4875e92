import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { fixedQuery } from '../../api/queries.ts';
import { FileText } from '../../parts/text-diff/file-text.tsx';
import { useDiffView } from './use-diff-view.ts';

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
  const text = data && {
    before: data.text?.from ?? null,
    after: data.text?.to ?? null,
    opaque: data.opaque,
  };
  return <FileText {...{ path, text, error, view }} onRetry={() => void refetch()} />;
}
