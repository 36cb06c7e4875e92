import type { Actor } from '../../domain/people/actor.ts';
import type { StoredRequest } from '../../store/request-rows.ts';
import type { Hub } from '../hub.ts';
import { findProject } from '../projects/find-project.ts';
import {
  type PromotionInput,
  type ReleaseWish,
  type RollbackWish,
  type UndoWish,
  promotionWish,
  releaseWish,
  rollbackWish,
  undoWish,
} from './submission-of.ts';
import { submitWish } from './submit-wish.ts';

/** Submits a rollback in the project of this slug: it runs at once, or waits for its approvals. */
export async function submitRollback(
  hub: Hub,
  actor: Actor,
  input: RollbackWish & { readonly slug: string },
): Promise<StoredRequest> {
  const project = await findProject(hub.store, actor, input.slug);
  return submitWish(hub, actor, project, rollbackWish(project.id, input));
}

/** Submits the undo of one commit in the project of this slug. */
export async function submitUndo(
  hub: Hub,
  actor: Actor,
  input: UndoWish & { readonly slug: string },
): Promise<StoredRequest> {
  const project = await findProject(hub.store, actor, input.slug);
  return submitWish(hub, actor, project, undoWish(project.id, input));
}

/** Submits a release in the project of this slug. */
export async function submitRelease(
  hub: Hub,
  actor: Actor,
  input: ReleaseWish & { readonly slug: string },
): Promise<StoredRequest> {
  const project = await findProject(hub.store, actor, input.slug);
  return submitWish(hub, actor, project, releaseWish(project.id, input));
}

/** Submits a promotion in the project of this slug. */
export async function submitPromotion(
  hub: Hub,
  actor: Actor,
  input: PromotionInput & { readonly slug: string },
): Promise<StoredRequest> {
  const project = await findProject(hub.store, actor, input.slug);
  return submitWish(hub, actor, project, promotionWish(project.id, input));
}
