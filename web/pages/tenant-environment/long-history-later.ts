import { lazyRouteComponent } from '@tanstack/react-router';

/** What draws many deployments, loaded with the page but not as a part of it; once it is there it is drawn at once. */
export const LongHistory = lazyRouteComponent(() => import('./long-history.tsx'), 'LongHistory');
