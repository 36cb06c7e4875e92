import type { Actor } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { canSee } from '../../domain/people/rights.ts';
import type { Tables } from '../../store/tables.ts';
import type { HubProject, ProjectSettings } from './hub-project.ts';

/** The project of this slug. Throws `not_visible` when there is none, or none that the actor may know of. */
export async function findProject(
  tables: Pick<Tables, 'projects'>,
  actor: Actor,
  slug: string,
): Promise<HubProject> {
  const project = await tables.projects.bySlug<ProjectSettings>(slug);
  if (project && (actor.credential.kind === 'system' || canSee(actor, project.id))) return project;
  throw new Refusal('not_visible', { what: 'this project' });
}

/** The project of an id that something of ours refers to. Throws `not_visible` when it was deleted. */
export async function requireProject(tables: Pick<Tables, 'projects'>, id: string): Promise<HubProject> {
  const project = await tables.projects.get<ProjectSettings>(id);
  if (!project) throw new Refusal('not_visible', { what: 'this project' });
  return project;
}
