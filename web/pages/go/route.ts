import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../router/shell-route.ts';

export const goRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/go',
  component: lazyRouteComponent(() => import('./go-page.tsx'), 'GoPage'),
});
