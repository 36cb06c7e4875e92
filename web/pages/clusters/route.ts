import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../router/shell-route.ts';

export const clustersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/clusters',
  component: lazyRouteComponent(() => import('./clusters-page.tsx'), 'ClustersPage'),
});
