import { createRoute, redirect } from '@tanstack/react-router';
import { meQuery } from '../api/me.ts';
import { isSignedOut } from '../api/query-client.ts';
import { Shell } from '../shell/shell.tsx';
import { rootRoute } from './root-route.ts';

/** Above every page that needs somebody: whoever is not signed in goes to the sign-in page and comes back. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queries.query({ ...meQuery(), staleTime: 'static' });
    } catch (error) {
      if (!isSignedOut(error)) throw error;
      redirect({ to: '/sign-in', search: { returnTo: location.href }, throw: true });
    }
  },
  component: Shell,
});
