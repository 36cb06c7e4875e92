import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { requestStates } from '../../../src/domain/request/request.ts';
import type { RequestState } from '../../../src/domain/request/request.ts';
import { shellRoute } from '../../router/shell-route.ts';
import { textIn, wordIn } from '../../words/search-text.ts';

/** Whose requests: those that whoever looks can review, or has submitted. */
export const whose = ['waiting', 'mine'] as const;

/** Which requests are listed. */
export interface RequestsSearch {
  readonly project?: string | undefined;
  readonly tenant?: string | undefined;
  readonly environment?: string | undefined;
  readonly state?: RequestState | undefined;
  readonly whose?: (typeof whose)[number] | undefined;
}

export const requestsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/requests',
  validateSearch: (search: Record<string, unknown>): RequestsSearch => ({
    project: textIn(search, 'project'),
    tenant: textIn(search, 'tenant'),
    environment: textIn(search, 'environment'),
    state: wordIn(search, 'state', requestStates),
    whose: wordIn(search, 'whose', whose),
  }),
  component: lazyRouteComponent(() => import('./requests-page.tsx'), 'RequestsPage'),
});
