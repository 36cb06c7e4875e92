import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { apiQuery } from '../../api/queries.ts';
import { shellRoute } from '../../router/shell-route.ts';
import { historyQuery } from './history-query.ts';
import { readHistorySearch } from './history-search.ts';
import { LongHistory } from './long-history-later.ts';

/** What fails here fails again in the page, which shows it. */
const shownLater = (): void => undefined;

export const tenantEnvironmentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/$project/$tenant/$environment',
  validateSearch: readHistorySearch,
  // All that the page asks for, asked at once with its code instead of one after the other. It is waited for what was
  // never there, so that the page comes whole: React holds back whatever follows a skeleton within a third of a second.
  loader: async ({ context: { queries }, params, location }) => {
    const places = apiQuery('listTenantEnvironments', { params: { slug: params.project } });
    const history = historyQuery(params, readHistorySearch(location.search));
    await Promise.all([
      queries.query({ ...places, staleTime: 'static' }).catch(shownLater),
      queries.infiniteQuery({ ...history, staleTime: 'static' }).catch(shownLater),
      LongHistory.preload?.(),
    ]);
  },
  component: lazyRouteComponent(() => import('./tenant-environment-page.tsx'), 'TenantEnvironmentPage'),
});
