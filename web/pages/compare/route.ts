import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../router/shell-route.ts';
import { type DiffView, diffViews } from '../../parts/text-diff/diff-view.ts';
import { textIn, wordIn } from '../../words/search-text.ts';

/** What is compared: `from` with `to`, or with the present state when `to` is left out. */
export interface CompareSearch {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly service?: string | undefined;
  /** The file whose texts are open. */
  readonly file?: string | undefined;
  readonly view?: DiffView | undefined;
}

export const compareRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/$project/$tenant/$environment/compare',
  validateSearch: (search: Record<string, unknown>): CompareSearch => ({
    from: textIn(search, 'from'),
    to: textIn(search, 'to'),
    service: textIn(search, 'service'),
    file: textIn(search, 'file'),
    view: wordIn(search, 'view', diffViews),
  }),
  component: lazyRouteComponent(() => import('./compare-page.tsx'), 'ComparePage'),
});
