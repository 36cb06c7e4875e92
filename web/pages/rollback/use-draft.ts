import { getRouteApi } from '@tanstack/react-router';
import type { Draft } from './draft.ts';

const routeApi = getRouteApi('/signed-in/rollback');

/** Changes the draft, which lives in the address. A step is a page to come back to; a tick is not, and so `replace` leaves the Back button alone. */
export function useChangeDraft(): (change: Draft, how?: { readonly replace: boolean }) => void {
  const navigate = routeApi.useNavigate();
  return (change, { replace } = { replace: false }) =>
    void navigate({
      search: (before) => ({ ...before, ...change }),
      replace,
      resetScroll: change.step !== undefined,
    });
}
