import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../router/shell-route.ts';
import { textIn, wordIn } from '../../words/search-text.ts';

export const requestTabs = ['conversation', 'changes', 'commit', 'evidence', 'checklist'] as const;
export type RequestTab = (typeof requestTabs)[number];

export interface RequestSearch {
  readonly tab?: RequestTab | undefined;
  /** The file whose text stands open among the changes. */
  readonly text?: string | undefined;
}

export const requestRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/requests/$id',
  validateSearch: (search: Record<string, unknown>): RequestSearch => ({
    tab: wordIn(search, 'tab', requestTabs),
    text: textIn(search, 'text'),
  }),
  component: lazyRouteComponent(() => import('./request-page.tsx'), 'RequestPage'),
});
