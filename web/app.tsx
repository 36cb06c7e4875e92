import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider, createRouter } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { makeQueryClient } from './api/query-client.ts';
import { nonce } from './nonce.ts';
import { Loading } from './parts/loading.tsx';
import { routeTree } from './routes.ts';
import { PageFailure } from './shell/page-failure.tsx';
import { readableVariables, theme } from './theme.ts';
import { readSearch, writeSearch } from './words/search-text.ts';

const queries = makeQueryClient(() => {
  const { href, pathname } = router.state.location;
  if (pathname === '/sign-in') return;
  queries.clear();
  void router.navigate({ to: '/sign-in', search: { returnTo: href, ended: true } });
});

const router = createRouter({
  routeTree,
  context: { queries },
  parseSearch: readSearch,
  stringifySearch: writeSearch,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  // A skeleton sooner than this would only delay what it stands for.
  defaultPendingMs: 500,
  defaultPendingComponent: Loading,
  defaultErrorComponent: PageFailure,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** The whole console. */
export function App(): ReactElement {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={readableVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
