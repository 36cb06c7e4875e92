import type { Hold } from '../../domain/hold/hold.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { decide, decideSomewhere } from '../../domain/people/rights.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import type { Hub } from '../hub.ts';
import { findProject } from '../projects/find-project.ts';

export interface HoldQuery {
  readonly slug: string;
  /** Those that stop something now, or whatever there was. */
  readonly state?: 'in_force' | 'all' | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

export interface HoldList {
  readonly holds: readonly Hold[];
  readonly nextCursor: string | undefined;
}

const usualPage = 50;

/** Rows that one call looks at in search of those that may be shown; the next call goes on from there. */
const mostLookedAt = 1000;
/** Rows of each query but the first, at least: whoever asks for one at a time does not make it a thousand queries. */
const fewestRead = 100;

/** The holds of a project that an actor may read, newest first; those in force unless all are asked for. */
export async function listHolds(hub: Hub, actor: Actor, query: HoldQuery): Promise<HoldList> {
  const project = await findProject(hub.store, actor, query.slug);
  demand(decideSomewhere(actor, 'read', project.id));
  const limit = query.limit ?? usualPage;
  const inForceAt = query.state === 'all' ? undefined : hub.clock();
  const holds: Hold[] = [];
  let before = query.cursor;
  let step = limit;
  for (let looked = 0; looked < mostLookedAt; looked += step) {
    if (looked > 0) step = Math.max(limit, fewestRead);
    const found = await hub.store.holds.list(project.id, { before, limit: step, inForceAt });
    for (const hold of found) {
      before = hold.id;
      if (mayRead(actor, hold)) holds.push(hold);
      if (holds.length === limit) return { holds, nextCursor: before };
    }
    if (found.length < step) return { holds, nextCursor: undefined };
  }
  return { holds, nextCursor: before };
}

const mayRead = (actor: Actor, { projectId, tenant, environment }: Hold): boolean =>
  decide(actor, 'read', { projectId, tenant, environment }).allowed;
