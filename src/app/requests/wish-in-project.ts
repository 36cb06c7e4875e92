import type { Actor } from '../../domain/people/actor.ts';
import type { Submission } from '../../domain/request/submission.ts';
import type { Hub } from '../hub.ts';
import { findProject } from '../projects/find-project.ts';
import type { HubProject } from '../projects/hub-project.ts';

/** What is done about a wish: it is submitted, or looked at. */
type Act<Result> = (hub: Hub, actor: Actor, project: HubProject, wish: Submission) => Promise<Result>;

/** The same for wishes of one kind, in the project that is named by its slug. Throws `not_visible`. */
export const wishInProject =
  <Wish, Result>(wishOf: (projectId: string, wish: Wish) => Submission, act: Act<Result>) =>
  async (hub: Hub, actor: Actor, input: Wish & { readonly slug: string }): Promise<Result> => {
    const project = await findProject(hub.store, actor, input.slug);
    return act(hub, actor, project, wishOf(project.id, input));
  };
