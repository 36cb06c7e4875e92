import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../router/shell-route.ts';

export const breakGlassRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/$project/break-glass',
  component: lazyRouteComponent(() => import('./break-glass-page.tsx'), 'BreakGlassPage'),
});
