import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../router/root-route.ts';
import { textIn } from '../../words/search-text.ts';

interface SignInSearch {
  /** The page to come back to. */
  readonly returnTo?: string | undefined;
  /** A session has just ended, so say why somebody is here. */
  readonly ended?: boolean | undefined;
  /** The code of what refused somebody who came back from an identity provider, the problem, and the provider. */
  readonly refused?: string | undefined;
  readonly because?: string | undefined;
  readonly provider?: string | undefined;
}

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): SignInSearch => ({
    returnTo: textIn(search, 'returnTo'),
    ended: search['ended'] === true || textIn(search, 'ended') === 'true' || undefined,
    refused: textIn(search, 'refused'),
    because: textIn(search, 'because'),
    provider: textIn(search, 'provider'),
  }),
  component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
});
