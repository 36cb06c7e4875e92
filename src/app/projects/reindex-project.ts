import type { Actor } from '../../domain/people/actor.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import { demandProject, demandWholeProject } from './get-project.ts';
import type { HubProject } from './hub-project.ts';
import { type IndexView, indexView } from './view-project.ts';

/** How far the deployment index of a project is. */
export async function getIndexProgress(hub: Hub, actor: Actor, slug: string): Promise<IndexView> {
  return progressOf(hub, await demandProject(hub, actor, slug, 'read'));
}

async function progressOf(hub: Hub, project: HubProject): Promise<IndexView> {
  const head = await hub.repositories.use(project, (at) => at.tip()).catch(() => undefined);
  return indexView(await hub.store.indexProgress.get(project.id), head);
}

/** Forgets the deployment index of a project, so that it is built anew at once. */
export async function reindexProject(hub: Hub, actor: Actor, slug: string): Promise<IndexView> {
  const project = await demandWholeProject(hub, actor, slug);
  const { id } = project;
  await hub.store.tx(async (tx) => {
    await tx.indexProgress.clear(id);
    await recordChange(tx, actor, {
      at: hub.clock(),
      action: 'project.reindexed',
      object: { type: 'project', id },
      projectId: id,
    });
  });
  hub.wake('index');
  return progressOf(hub, project);
}
