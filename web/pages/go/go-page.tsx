import { useQuery } from '@tanstack/react-query';
import { Navigate, getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { apiQuery } from '../../api/queries.ts';
import { Loading } from '../../parts/loading.tsx';
import { Page } from '../../parts/page.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { placeTitle } from '../../words/place-title.ts';
import { recommend } from '../rollback/recommended.ts';

const routeApi = getRouteApi('/signed-in/go');

/** Where links of alerts arrive: at the preview of the recommended rollback, or as near to it as the link says. */
export function GoPage(): ReactElement {
  const { project, tenant, environment, service } = routeApi.useSearch();
  if (project === undefined || tenant === undefined || environment === undefined)
    return <Navigate to="/" replace />;
  return <ToPreview project={project} tenant={tenant} environment={environment} service={service} />;
}

interface Wanted {
  readonly project: string;
  readonly tenant: string;
  readonly environment: string;
  readonly service: string | undefined;
}

function ToPreview({ project, tenant, environment, service }: Wanted): ReactElement {
  const query = { tenant, environment, service, limit: 20 };
  const { data, error } = useQuery(apiQuery('listDeployments', { params: { slug: project }, query }));
  if (!data) {
    return (
      <Page title={placeTitle({ project, tenant, environment })}>
        {error ? <RefusalAlert error={error} /> : <Loading />}
      </Page>
    );
  }
  const recommended = recommend(data.items, service);
  if (!recommended) {
    const params = { project, tenant, environment };
    return <Navigate to="/projects/$project/$tenant/$environment" params={params} replace />;
  }
  const target = recommended.target.revision;
  return <Navigate to="/rollback" search={{ project, tenant, environment, service, target }} replace />;
}
