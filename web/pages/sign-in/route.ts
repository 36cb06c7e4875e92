import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../router/root-route.ts';
import { textIn } from '../../words/search-text.ts';

interface SignInSearch {
  /** The page to come back to. */
  readonly returnTo?: string | undefined;
  /** A session has just ended, so say why somebody is here. */
  readonly ended?: boolean | undefined;
}

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): SignInSearch => ({
    returnTo: textIn(search, 'returnTo'),
    ended: search['ended'] === true || textIn(search, 'ended') === 'true' || undefined,
  }),
  component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
});
