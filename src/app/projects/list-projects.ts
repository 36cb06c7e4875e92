import type { Actor } from '../../domain/people/actor.ts';
import { decideSomewhere, demandRight } from '../../domain/people/rights.ts';
import type { Hub } from '../hub.ts';
import type { ProjectSettings } from './hub-project.ts';
import { type ProjectView, viewProject } from './view-project.ts';

export interface ProjectPage {
  readonly projects: readonly ProjectView[];
  /** The slug after which the next page begins. */
  readonly nextCursor: string | undefined;
}

const usualPage = 50;

/** The projects in which an actor may read something, by slug. Throws `token_scope_missing`. */
export async function listProjects(
  hub: Hub,
  actor: Actor,
  {
    cursor = '',
    limit = usualPage,
  }: { readonly cursor?: string | undefined; readonly limit?: number | undefined },
): Promise<ProjectPage> {
  if (actor.role !== undefined) demandRight(actor, 'read');
  const all = await hub.store.projects.list<ProjectSettings>();
  const rest = all.filter(({ id, slug }) => decideSomewhere(actor, 'read', id).allowed && slug > cursor);
  const projects: ProjectView[] = [];
  for (const project of rest.slice(0, limit)) projects.push(await viewProject(hub, actor, project));
  const nextCursor = rest.length > limit ? projects.at(-1)?.project.slug : undefined;
  return { projects, nextCursor };
}
