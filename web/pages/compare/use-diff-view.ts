import { getRouteApi } from '@tanstack/react-router';
import { type DiffView, useRoomyView } from '../../parts/text-diff/diff-view.ts';

const routeApi = getRouteApi('/signed-in/projects/$project/$tenant/$environment/compare');

/** How texts are shown: as the address says, else side by side where there is room. */
export function useDiffView(): readonly [DiffView, (view: DiffView) => void] {
  const { view } = routeApi.useSearch();
  const navigate = routeApi.useNavigate();
  const roomy = useRoomyView();
  return [
    view ?? roomy,
    (next) =>
      void navigate({ search: (before) => ({ ...before, view: next }), replace: true, resetScroll: false }),
  ];
}
