import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { sharedChoices } from '../../../src/domain/plan/shared-choice.ts';
import { shellRoute } from '../../router/shell-route.ts';
import { textIn, textsIn, wordIn } from '../../words/search-text.ts';
import { type Draft, modes, steps } from './draft.ts';

/** What the address says of a rollback that is being put together. `undo` is a commit to take back instead of a target. */
export interface RollbackSearch extends Draft {
  readonly undo?: string | undefined;
}

export const rollbackRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rollback',
  validateSearch: (search: Record<string, unknown>): RollbackSearch => ({
    mode: wordIn(search, 'mode', modes),
    project: textIn(search, 'project'),
    tenant: textIn(search, 'tenant'),
    environment: textIn(search, 'environment'),
    service: textIn(search, 'service'),
    target: textIn(search, 'target'),
    field: textsIn(search, 'field'),
    shared: wordIn(search, 'shared', sharedChoices),
    findPlace: textIn(search, 'findPlace'),
    findField: textIn(search, 'findField'),
    text: textIn(search, 'text'),
    step: wordIn(search, 'step', steps),
    undo: textIn(search, 'undo'),
  }),
  component: lazyRouteComponent(() => import('./rollback-page.tsx'), 'RollbackPage'),
});
