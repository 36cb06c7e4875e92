import type { Actor } from '../../domain/people/actor.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { Request } from '../../domain/request/request.ts';
import { addHazards } from '../add-hazards.ts';
import type { Hub } from '../hub.ts';
import { requireProject } from '../projects/find-project.ts';
import type { ProjectRepository } from '../projects/repository-pool.ts';
import { refusing } from '../refuse-git.ts';
import { type RequestName, findRequest } from './find-request.ts';
import { type PlannedQuestion, explain } from './plan-question.ts';
import { planAtSubmit } from './scope-moved.ts';
import { type ShownText, shownText } from './shown-text.ts';
import { type RequestView, viewRequest } from './view-request.ts';

/** One request as the actor sees it. Throws `not_visible`. */
export const getRequest = async (hub: Hub, actor: Actor, name: RequestName): Promise<RequestView> =>
  viewRequest(hub, actor, await findRequest(hub.store, actor, name));

/** Works with the plan of a request, worked out again from the commit it stood on. */
async function withPlan<Answer>(
  hub: Hub,
  request: Request,
  use: (at: ProjectRepository, change: PlannedQuestion, plan: Plan) => Promise<Answer>,
): Promise<Answer> {
  const project = await requireProject(hub.store, request.projectId);
  return hub.repositories.use(project, async (at) => {
    const change = await planAtSubmit(at.reader, request);
    return use(at, change, await explain(at.reader, change.plan));
  });
}

/** Every file and field of the plan that a request's digest binds. */
export const getRequestPlan = refusing(
  async (
    hub: Hub,
    actor: Actor,
    name: RequestName,
  ): Promise<{ readonly plan: Plan; readonly digest: string }> =>
    withPlan(hub, await findRequest(hub.store, actor, name), async (at, change, plan) => ({
      plan: await addHazards(at.reader, change, plan),
      digest: change.digest,
    })),
);

/** The whole texts of one file of that plan, as it was and as it leaves it. */
export const getRequestText = refusing(
  async (
    hub: Hub,
    actor: Actor,
    { path, ...name }: RequestName & { readonly path: string },
  ): Promise<ShownText> =>
    withPlan(
      hub,
      await findRequest(hub.store, actor, name),
      async (at, _, plan) =>
        (await shownText(at, plan, path)) ?? {
          path,
          before: undefined,
          after: undefined,
          opaque: 'the plan does not change this file',
        },
    ),
);
