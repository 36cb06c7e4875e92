import type { QueryClient } from '@tanstack/react-query';
import { Outlet, createRootRouteWithContext } from '@tanstack/react-router';
import { NoSuchPage } from '../shell/no-such-page.tsx';

/** What every route can use before its page is shown. */
export interface RouteContext {
  readonly queries: QueryClient;
}

/** Above all pages. Those for people who are signed in are below `shellRoute`. */
export const rootRoute = createRootRouteWithContext<RouteContext>()({
  component: Outlet,
  notFoundComponent: NoSuchPage,
});
