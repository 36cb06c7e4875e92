import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../router/shell-route.ts';
import { textIn, textsIn } from '../../words/search-text.ts';

interface OverviewSearch {
  /** Only tenants whose name contains this. */
  readonly tenant?: string | undefined;
  /** Projects of which all tenants are shown, by slug. */
  readonly all?: readonly string[] | undefined;
}

export const overviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  validateSearch: (search: Record<string, unknown>): OverviewSearch => ({
    tenant: textIn(search, 'tenant'),
    all: textsIn(search, 'all'),
  }),
  component: lazyRouteComponent(() => import('./overview-page.tsx'), 'OverviewPage'),
});
