import type { holdOperations } from '../../contract/operations/holds.ts';
import type { ResultOf } from '../../contract/operations.ts';
import { wireTime } from '../../contract/primitives.ts';
import { findHold } from '../../app/holds/find-hold.ts';
import { liftHold } from '../../app/holds/lift-hold.ts';
import { listHolds } from '../../app/holds/list-holds.ts';
import { reapplyHold } from '../../app/holds/reapply-hold.ts';
import { viewRequest } from '../../app/requests/view-request.ts';
import type { Hub } from '../../app/hub.ts';
import { requireProject } from '../../app/projects/find-project.ts';
import { type Hold, type HoldReturn, holdState } from '../../domain/hold/hold.ts';
import { stopRecipe } from '../../domain/hold/stop-recipe.ts';
import type { HandlersOf } from '../handler.ts';
import { wireParty } from './wire-person.ts';
import { wireRequest } from './wire-request.ts';

/** A hold as it stands at this moment, in the project of this slug. */
export const wireHold = (hold: Hold, project: string, now: number): ResultOf<'getHold'> => {
  const { projectId: _project, address: _address, lifted, returned, service, ...rest } = hold;
  return {
    ...rest,
    project,
    service: service ?? null,
    state: holdState(hold, now),
    setAt: wireTime(hold.setAt),
    expiresAt: wireTime(hold.expiresAt),
    returned: returned ? wireReturn(hold, returned) : null,
    lifted: lifted ? { at: wireTime(lifted.at), by: wireParty(lifted.by), reason: lifted.reason } : null,
  };
};

function wireReturn(hold: Hold, { at, commit, author, bot }: HoldReturn) {
  const recipe = stopRecipe(bot ?? author, hold);
  const told = recipe ? { ...recipe, lines: [...recipe.lines] } : null;
  return { at: wireTime(at), commit, author, bot: bot ?? null, recipe: told };
}

/** Operations on holds. */
export function holdHandlers(hub: Hub): HandlersOf<typeof holdOperations> {
  const shown = async (hold: Promise<Hold>) => {
    const found = await hold;
    return wireHold(found, (await requireProject(hub.store, found.projectId)).slug, hub.clock());
  };
  return {
    listHolds: async ({ actor, params, query }) => {
      const { holds, nextCursor } = await listHolds(hub, actor, { ...params, ...query });
      const now = hub.clock();
      return {
        items: holds.map((hold) => wireHold(hold, params.slug, now)),
        nextCursor: nextCursor ?? null,
      };
    },
    getHold: ({ actor, params }) => shown(findHold(hub.store, actor, params.id)),
    reapplyHold: async ({ actor, params, body }) => {
      const input = { id: params.id, justification: body.justification ?? undefined };
      return wireRequest(await viewRequest(hub, actor, await reapplyHold(hub, actor, input)));
    },
    liftHold: ({ actor, params, body }) =>
      shown(liftHold(hub, actor, { id: params.id, reason: body.reason ?? '' })),
  };
}
