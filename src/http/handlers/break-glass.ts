import type { breakGlassOperations } from '../../contract/operations/break-glass.ts';
import { reviewBreakGlass, revokeBreakGlass } from '../../app/break-glass/end-break-glass.ts';
import { getBreakGlass, listBreakGlass, listUnreviewed } from '../../app/break-glass/list-break-glass.ts';
import { openBreakGlass } from '../../app/break-glass/open-break-glass.ts';
import type { Hub } from '../../app/hub.ts';
import { requireProject } from '../../app/projects/find-project.ts';
import type { BreakGlassSession } from '../../domain/policy/break-glass.ts';
import type { HandlersOf } from '../handler.ts';
import { wireSession } from './wire-break-glass.ts';

/** Operations on break-glass sessions. */
export function breakGlassHandlers(hub: Hub): HandlersOf<typeof breakGlassOperations> {
  const shown = async (session: Promise<BreakGlassSession>) => {
    const found = await session;
    return wireSession(found, (await requireProject(hub.store, found.projectId)).slug, hub.clock());
  };
  return {
    openBreakGlass: ({ actor, params, body }) => {
      const { justification, minutes } = body;
      const input = { ...params, justification: justification ?? undefined, minutes };
      return shown(openBreakGlass(hub, actor, input));
    },
    listBreakGlass: async ({ actor, params, query }) => {
      const { sessions, nextCursor } = await listBreakGlass(hub, actor, { ...params, ...query });
      const items = sessions.map((session) => wireSession(session, params.slug, hub.clock()));
      return { items, nextCursor: nextCursor ?? null };
    },
    listUnreviewedBreakGlass: async ({ actor, query }) => {
      const { sessions, nextCursor } = await listUnreviewed(hub, actor, query);
      const items = sessions.map(({ session, project }) => wireSession(session, project, hub.clock()));
      return { items, nextCursor: nextCursor ?? null };
    },
    getBreakGlass: ({ actor, params }) => shown(getBreakGlass(hub, actor, params.id)),
    revokeBreakGlass: ({ actor, params }) => shown(revokeBreakGlass(hub, actor, params.id)),
    reviewBreakGlass: ({ actor, params, body }) =>
      shown(reviewBreakGlass(hub, actor, { id: params.id, comment: body.comment ?? '' })),
  };
}
