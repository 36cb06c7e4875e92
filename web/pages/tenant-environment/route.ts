import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { apiQuery } from '../../api/queries.ts';
import { shellRoute } from '../../router/shell-route.ts';
import { historyQuery } from './history-query.ts';
import { readHistorySearch } from './history-search.ts';

/** What fails here fails again in the page, which shows it. */
const shownLater = (): void => undefined;

export const tenantEnvironmentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/$project/$tenant/$environment',
  validateSearch: readHistorySearch,
  // All that the page asks for, asked at once with its code instead of one after the other.
  loader: ({ context: { queries }, params, location }) => {
    const places = apiQuery('listTenantEnvironments', { params: { slug: params.project } });
    queries.query(places).catch(shownLater);
    queries.infiniteQuery(historyQuery(params, readHistorySearch(location.search))).catch(shownLater);
  },
  component: lazyRouteComponent(() => import('./tenant-environment-page.tsx'), 'TenantEnvironmentPage'),
});
