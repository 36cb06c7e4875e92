import type { ServerDryRun } from '../../domain/dry-run/server-dry-run.ts';
import type { Actor } from '../../domain/people/actor.ts';
import type { Submission } from '../../domain/request/submission.ts';
import type { Hub } from '../hub.ts';
import type { HubProject } from '../projects/hub-project.ts';
import { renderServices } from '../render/render-change.ts';
import { lookAtTrees } from '../render/render-wish.ts';
import { promotionWish, releaseWish, rollbackWish, undoWish } from '../requests/submission-of.ts';
import { wishInProject } from '../requests/wish-in-project.ts';
import { askClusters } from './ask-clusters.ts';
import { wantedObjects } from './wanted-objects.ts';

/** What the clusters would say to a plan, and which plan that was. */
export interface DryRunResult {
  readonly digest: string;
  readonly dryRun: ServerDryRun;
}

/** What the clusters' API servers would say to a rollback: for whoever may preview it. Takes seconds, changes nothing. */
export const dryRunRollback = wishInProject(rollbackWish, dryRun);
/** The same of an undo. */
export const dryRunUndo = wishInProject(undoWish, dryRun);
/** The same of a release. */
export const dryRunRelease = wishInProject(releaseWish, dryRun);
/** The same of a promotion. */
export const dryRunPromotion = wishInProject(promotionWish, dryRun);

async function dryRun(hub: Hub, actor: Actor, project: HubProject, wish: Submission): Promise<DryRunResult> {
  const { digest, services, leftOut } = await lookAtTrees(hub, actor, {
    project,
    wish,
    look: async (trees, digest) => {
      const { done, leftOut } = await renderServices(hub.renderer, trees);
      return { digest, leftOut, services: done.map(wantedObjects) };
    },
  });
  const answered = await askClusters(hub, actor, { projectId: project.id, services });
  return { digest, dryRun: { ...answered, leftOut: [...leftOut, ...answered.leftOut] } };
}
