import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../router/shell-route.ts';
import { textIn } from '../../words/search-text.ts';

/** What a link to the wizard may have chosen already. `undo` is a commit to take back instead of a target. */
export interface RollbackSearch {
  readonly project?: string | undefined;
  readonly tenant?: string | undefined;
  readonly environment?: string | undefined;
  readonly service?: string | undefined;
  readonly target?: string | undefined;
  readonly undo?: string | undefined;
}

export const rollbackRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rollback',
  validateSearch: (search: Record<string, unknown>): RollbackSearch => ({
    project: textIn(search, 'project'),
    tenant: textIn(search, 'tenant'),
    environment: textIn(search, 'environment'),
    service: textIn(search, 'service'),
    target: textIn(search, 'target'),
    undo: textIn(search, 'undo'),
  }),
  component: lazyRouteComponent(() => import('./rollback-page.tsx'), 'RollbackPage'),
});
