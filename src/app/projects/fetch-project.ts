import type { Actor } from '../../domain/people/actor.ts';
import type { Hub } from '../hub.ts';
import { fetchUpstream } from './fetch-upstream.ts';
import { demandProject } from './get-project.ts';
import { requireUpstream } from './reach-upstream.ts';
import { type ProjectView, viewProject } from './view-project.ts';

/** Fetches a connected project now. Throws `not_connected`, or why the upstream was not reached. */
export async function fetchProject(hub: Hub, actor: Actor, slug: string): Promise<ProjectView> {
  const project = await demandProject(hub, actor, slug, 'preview');
  requireUpstream(project);
  await fetchUpstream(hub, project);
  return viewProject(hub, actor, project);
}
