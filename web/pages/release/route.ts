import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../router/shell-route.ts';
import { textIn, textsIn } from '../../words/search-text.ts';

/** What the address says of a release that is being put together. */
export interface ReleaseSearch {
  /** Each field that is set, as `settingText` writes it. */
  readonly set?: readonly string[] | undefined;
  /** The file whose text stands open in the preview. */
  readonly text?: string | undefined;
}

/** What it says of a promotion out of this environment. */
export interface PromotionSearch {
  /** The later environment. */
  readonly to?: string | undefined;
  /** What is carried; everything when none is named. */
  readonly services?: readonly string[] | undefined;
  readonly carry?: readonly string[] | undefined;
  readonly text?: string | undefined;
}

export const releaseRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/$project/$tenant/$environment/release',
  validateSearch: (search: Record<string, unknown>): ReleaseSearch => ({
    set: textsIn(search, 'set'),
    text: textIn(search, 'text'),
  }),
  component: lazyRouteComponent(() => import('./release-page.tsx'), 'ReleasePage'),
});

export const promoteRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/$project/$tenant/$environment/promote',
  validateSearch: (search: Record<string, unknown>): PromotionSearch => ({
    to: textIn(search, 'to'),
    services: textsIn(search, 'services'),
    carry: textsIn(search, 'carry'),
    text: textIn(search, 'text'),
  }),
  component: lazyRouteComponent(() => import('./promote-page.tsx'), 'PromotePage'),
});
