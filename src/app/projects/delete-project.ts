import type { Actor } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { failPoint } from '../../std/fail-point.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import { demandWholeProject } from './get-project.ts';
import type { HubProject } from './hub-project.ts';

/**
 * Deletes a project; `confirm` has to be its slug once more. Requests and what tells how they were decided stay, as do
 * audit entries, and webhooks, which hear of this; the repository of a hosted one is put aside on the disk. Throws
 * `field_missing` or `changed_meanwhile`.
 */
export async function deleteProject(
  hub: Hub,
  actor: Actor,
  { slug, confirm }: { readonly slug: string; readonly confirm: string | undefined },
): Promise<void> {
  const project = await demandWholeProject(hub, actor, slug);
  if (confirm !== slug) throw new Refusal('field_missing', { field: 'confirm' });
  const { id, kind } = project;
  await hub.store.tx(async (tx) => {
    const now = hub.clock();
    if (!(await tx.projects.remove(id, now)))
      throw new Refusal('changed_meanwhile', { what: `project ${slug}` });
    await tx.deployments.clear(id);
    await tx.indexProgress.clear(id);
    await recordChange(tx, actor, {
      at: now,
      action: 'project.deleted',
      object: { type: 'project', id },
      projectId: id,
      details: { slug, kind },
    });
  });
  await failPoint('app.project.deleted');
  await clearAway(hub, { id, kind });
}

/** The repository of a project that is deleted: what only we have is kept, a copy is not. */
export async function clearAway(hub: Hub, { id, kind }: Pick<HubProject, 'id' | 'kind'>): Promise<void> {
  if (kind === 'hosted') await hub.repositories.putAside(id);
  else await hub.repositories.discard(id);
}
