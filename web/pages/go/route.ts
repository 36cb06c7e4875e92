import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../router/shell-route.ts';
import { textIn } from '../../words/search-text.ts';

/** What a link of an alert or of Argo CD names. These names are promised: links with them are written into alerts. */
export interface GoSearch {
  readonly project?: string | undefined;
  readonly tenant?: string | undefined;
  readonly environment?: string | undefined;
  readonly service?: string | undefined;
}

export const goRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/go',
  validateSearch: (search: Record<string, unknown>): GoSearch => ({
    project: textIn(search, 'project'),
    tenant: textIn(search, 'tenant'),
    environment: textIn(search, 'environment'),
    service: textIn(search, 'service'),
  }),
  component: lazyRouteComponent(() => import('./go-page.tsx'), 'GoPage'),
});
