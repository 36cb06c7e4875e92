import { decideAll } from '../../domain/people/rights.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import type { Submission } from '../../domain/request/submission.ts';
import { placesOf } from '../../domain/request/votes.ts';
import type { Hub } from '../hub.ts';
import type { HubProject } from '../projects/hub-project.ts';
import type { ProjectRepository } from '../projects/repository-pool.ts';
import { decideLook } from './decide-wish.ts';
import { type PlannedWish, planWish } from './plan-wish.ts';
import { environmentsOf, standingReader } from './standing-reader.ts';

/** What somebody asks to look at. */
export interface WishLook {
  readonly project: HubProject;
  readonly wish: Submission;
}

/** Plans a wish for somebody who may see everything that it reaches, and hands it on. Throws `forbidden` otherwise. */
export async function lookAtWish<Result>(
  hub: Hub,
  actor: Actor,
  {
    project,
    wish,
    look,
  }: WishLook & { readonly look: (at: ProjectRepository, planned: PlannedWish) => Promise<Result> },
): Promise<Result> {
  const before = standingReader(hub, hub.store, [actor]);
  const standing = await before.ofSubmission(actor, project.id, environmentsOf(wish));
  demand(decideLook(actor, wish, standing));
  return hub.repositories.use(project, async (at) => {
    const planned = await planWish(hub, at, wish);
    demand(decideAll(actor, 'preview', placesOf(planned.submission)));
    return look(at, planned);
  });
}
