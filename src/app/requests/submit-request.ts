import { promotionWish, releaseWish, rollbackWish, undoWish } from './submission-of.ts';
import { submitWish } from './submit-wish.ts';
import { wishInProject } from './wish-in-project.ts';

/** Submits a rollback in the project of this slug: it runs at once, or waits for its approvals. */
export const submitRollback = wishInProject(rollbackWish, submitWish);

/** Submits the undo of one commit in the project of this slug. */
export const submitUndo = wishInProject(undoWish, submitWish);

/** Submits a release in the project of this slug. */
export const submitRelease = wishInProject(releaseWish, submitWish);

/** Submits a promotion in the project of this slug. */
export const submitPromotion = wishInProject(promotionWish, submitWish);
