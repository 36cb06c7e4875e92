import type { Owner } from '../../domain/layout/layout.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { decide } from '../../domain/people/rights.ts';
import { goesBack } from '../../domain/plan/plan-parts.ts';
import type { TenantEnvironment } from '../../domain/plan/scope.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { RenderedChange } from '../../domain/rendered/rendered-change.ts';
import type { Submission } from '../../domain/request/submission.ts';
import { readCommit } from '../../git/read-commit.ts';
import { imagesOf } from '../ask-registries.ts';
import type { Hub } from '../hub.ts';
import type { HubProject } from '../projects/hub-project.ts';
import { readLayout } from '../projects/read-layout.ts';
import { type WishLook, lookAtWish } from '../requests/look-at-wish.ts';
import { promotionWish, releaseWish, rollbackWish, undoWish } from '../requests/submission-of.ts';
import { wishInProject } from '../requests/wish-in-project.ts';
import { addImageHazards } from './add-image-hazards.ts';
import { type ChangedTrees, renderChange } from './render-change.ts';

/** The rendered objects of a plan, and which plan that was. */
export interface RenderedResult {
  readonly digest: string;
  readonly change: RenderedChange;
}

/** The rendered objects of a rollback: for whoever may preview it. Takes seconds, and changes nothing. */
export const renderRollback = wishInProject(rollbackWish, render);
/** Those of an undo. */
export const renderUndo = wishInProject(undoWish, render);
/** Those of a release. */
export const renderRelease = wishInProject(releaseWish, render);
/** Those of a promotion. */
export const renderPromotion = wishInProject(promotionWish, render);

/** How many may wait for the tools; each has files in memory meanwhile. */
const mostWaiting = 8;

async function render(
  hub: Hub,
  actor: Actor,
  project: HubProject,
  wish: Submission,
): Promise<RenderedResult> {
  const { digest, ...seen } = await lookAtTrees(hub, actor, {
    project,
    wish,
    look: async (trees, digest) => {
      const rendered = await renderChange(hub.renderer, trees);
      return { digest, ...rendered, named: await imagesOf(hub, trees.reader, trees) };
    },
  });
  const { kind, projectId } = wish;
  return { digest, change: await addImageHazards(hub, { ...seen, kind, projectId }) };
}

/** Plans a wish and hands on both trees, to somebody who may see them. Throws `forbidden` and `render_busy`. */
export function lookAtTrees<Result>(
  hub: Hub,
  actor: Actor,
  {
    project,
    wish,
    look,
  }: WishLook & { readonly look: (trees: ChangedTrees, digest: string) => Promise<Result> },
): Promise<Result> {
  return lookAtWish(hub, actor, {
    project,
    wish,
    look: async ({ reader }, { change, submission }) => {
      if (hub.renderer.waiting() >= mostWaiting) throw new Refusal('render_busy');
      const { tree } = await readCommit(reader, change.plan.base);
      const trees = {
        reader,
        before: tree,
        result: change.result,
        layout: change.layout,
        project: await readLayout(reader, tree),
        back: goesBack(change.plan),
        mayRead: reading(actor, project.id, submission.scope.where),
      };
      return look(trees, change.digest);
    },
  });
}

/** Whoever may preview a place sees what belongs to it and what is shared with it, and nothing of other places. */
const reading =
  (actor: Actor, projectId: string, where: readonly TenantEnvironment[]) =>
  ({ tenant, environment }: Owner): boolean => {
    if (tenant !== undefined && environment !== undefined)
      return decide(actor, 'preview', { projectId, tenant, environment }).allowed;
    return (
      (tenant === undefined || where.some((place) => place.tenant === tenant)) &&
      (environment === undefined || where.some((place) => place.environment === environment))
    );
  };
