import type { Actor } from '../../domain/people/actor.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { addHazards } from '../add-hazards.ts';
import type { Hub } from '../hub.ts';
import { requireProject } from '../projects/find-project.ts';
import { refusing } from '../refuse-git.ts';
import { type RequestName, findRequest } from './find-request.ts';
import { explain } from './plan-question.ts';
import { planAtSubmit } from './scope-moved.ts';
import { type RequestView, viewRequest } from './view-request.ts';

/** One request as the actor sees it. Throws `not_visible`. */
export const getRequest = async (hub: Hub, actor: Actor, name: RequestName): Promise<RequestView> =>
  viewRequest(hub, actor, await findRequest(hub.store, actor, name));

/** Every file and field of the plan that a request's digest binds, worked out again from the commit it stood on. */
export const getRequestPlan = refusing(
  async (
    hub: Hub,
    actor: Actor,
    name: RequestName,
  ): Promise<{ readonly plan: Plan; readonly digest: string }> => {
    const request = await findRequest(hub.store, actor, name);
    const project = await requireProject(hub.store, request.projectId);
    return hub.repositories.use(project, async (at) => {
      const change = await planAtSubmit(at.reader, request);
      const plan = await addHazards(at.reader, change, await explain(at.reader, change.plan));
      return { plan, digest: change.digest };
    });
  },
);
