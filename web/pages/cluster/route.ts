import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../router/shell-route.ts';
import { textIn, wordIn } from '../../words/search-text.ts';

export const clusterTabs = ['overview', 'applications', 'inventory', 'drift'] as const;
export type ClusterTab = (typeof clusterTabs)[number];

interface ClusterSearch {
  /** What is looked at; the overview when left out. */
  readonly tab?: ClusterTab | undefined;
  /** Words that narrow the inventory. */
  readonly find?: string | undefined;
}

export const clusterRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/clusters/$id',
  validateSearch: (search: Record<string, unknown>): ClusterSearch => ({
    tab: wordIn(search, 'tab', clusterTabs),
    find: textIn(search, 'find'),
  }),
  component: lazyRouteComponent(() => import('./cluster-page.tsx'), 'ClusterPage'),
});
