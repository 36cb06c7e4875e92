import type { Hold } from '../../domain/hold/hold.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { decideSomewhere } from '../../domain/people/rights.ts';
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

/** The holds of a project, newest first; those in force unless all are asked for. */
export async function listHolds(hub: Hub, actor: Actor, query: HoldQuery): Promise<HoldList> {
  const project = await findProject(hub.store, actor, query.slug);
  demand(decideSomewhere(actor, 'read', project.id));
  const limit = query.limit ?? usualPage;
  const inForceAt = query.state === 'all' ? undefined : hub.clock();
  const holds = await hub.store.holds.list(project.id, { before: query.cursor, limit, inForceAt });
  return { holds, nextCursor: holds.length === limit ? holds.at(-1)?.id : undefined };
}
