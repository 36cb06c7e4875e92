import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactElement, Suspense, lazy } from 'react';
import { apiQuery } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PageLink } from '../../parts/links.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { healthOf } from '../../parts/states.ts';
import { placeCommand } from '../../words/place-command.ts';
import { placeTitle } from '../../words/place-title.ts';
import { CurrentState } from './current-state.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { Recommended } from './recommended.tsx';
import { ReleaseButtons } from './release-buttons.tsx';
import { RollBackButton } from './roll-back-button.tsx';

// What rollbacks left here is not there on a first look at most places.
const StandingValues = lazy(async () => ({
  default: (await import('./standing-values.tsx')).StandingValues,
}));

// Seen by whoever asks why a service has a value.
const VariablesPanel = lazy(async () => ({
  default: (await import('./variables-panel.tsx')).VariablesPanel,
}));

const routeApi = getRouteApi('/signed-in/projects/$project/$tenant/$environment');

/** One tenant-environment: what runs, whether it is healthy, what changed last, and what can be done. */
export function TenantEnvironmentPage(): ReactElement {
  const { project, tenant, environment } = routeApi.useParams();
  const { variables } = routeApi.useSearch();
  const { data } = useSuspenseQuery(apiQuery('listTenantEnvironments', { params: { slug: project } }));
  const place = data.items.find((each) => each.tenant === tenant && each.environment === environment);
  const title = placeTitle({ project, tenant, environment });
  if (!place) {
    return (
      <Page title={title}>
        <EmptyState
          title={`${project} has no tenant-environment ${tenant}/${environment}`}
          command={placeCommand('history', { project, tenant, environment })}
        >
          It is not on the branch at present. Its history may still be in the repository. Go to the{' '}
          <PageLink to="/" underline="always">
            overview
          </PageLink>
          .
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page
      title={title}
      aside={<StateBadge sign={healthOf(place.current)} />}
      actions={
        <>
          <ReleaseButtons {...{ project, tenant, environment }} />
          <RollBackButton project={project} place={place} />
        </>
      }
    >
      <CurrentState project={project} place={place} />
      <Recommended {...{ project, tenant, environment }} />
      <Suspense fallback={null}>
        <StandingValues {...{ project, tenant, environment }} hasHolds={place.holds > 0} />
      </Suspense>
      {variables === undefined ? null : (
        <Suspense fallback={null}>
          <VariablesPanel service={variables} services={place.services} />
        </Suspense>
      )}
      <HistoryPanel project={project} place={place} />
    </Page>
  );
}
