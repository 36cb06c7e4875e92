import type { Actor } from '../../domain/people/actor.ts';
import { decideSomewhere, demandRight } from '../../domain/people/rights.ts';
import type { Verb } from '../../domain/people/verb.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import type { Hub } from '../hub.ts';
import { findProject } from './find-project.ts';
import type { HubProject } from './hub-project.ts';
import { type ProjectView, viewProject } from './view-project.ts';

/** The project, for whoever has the right in it or in a part of it. Throws `not_visible` or a refusal of rights. */
export async function demandProject(hub: Hub, actor: Actor, slug: string, verb: Verb): Promise<HubProject> {
  const project = await findProject(hub.store, actor, slug);
  demand(decideSomewhere(actor, verb, project.id));
  return project;
}

/** The project, for whoever may change it as a whole: a grant for one tenant of it does not do. */
export async function demandWholeProject(hub: Hub, actor: Actor, slug: string): Promise<HubProject> {
  const project = await findProject(hub.store, actor, slug);
  demandRight(actor, 'project', { projectId: project.id });
  return project;
}

/** One project with its settings and the state of its index. */
export const getProject = async (hub: Hub, actor: Actor, slug: string): Promise<ProjectView> =>
  viewProject(hub, actor, await demandProject(hub, actor, slug, 'read'));
