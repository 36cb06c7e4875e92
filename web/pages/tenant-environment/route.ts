import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { type DeploymentSource, deploymentSources } from '../../../src/domain/deployment.ts';
import { shellRoute } from '../../router/shell-route.ts';
import { textIn, wordIn } from '../../words/search-text.ts';

/** Which rows of the history are shown. */
export interface HistorySearch {
  readonly service?: string | undefined;
  readonly source?: DeploymentSource | undefined;
  readonly author?: string | undefined;
  readonly text?: string | undefined;
}

export const tenantEnvironmentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/$project/$tenant/$environment',
  validateSearch: (search: Record<string, unknown>): HistorySearch => ({
    service: textIn(search, 'service'),
    source: wordIn(search, 'source', deploymentSources),
    author: textIn(search, 'author'),
    text: textIn(search, 'text'),
  }),
  component: lazyRouteComponent(() => import('./tenant-environment-page.tsx'), 'TenantEnvironmentPage'),
});
