import type { Actor } from '../../domain/people/actor.ts';
import { decideSomewhere } from '../../domain/people/rights.ts';
import { type Submission, decidePreview, decideSubmission } from '../../domain/request/submission.ts';
import { type Verdict, inOrder, refuse } from '../../domain/refusal/verdict.ts';
import type { Standing } from '../../domain/request/votes.ts';

/** An undo names a commit and not a target. */
const inWordsOf = ({ scope }: Submission, verdict: Verdict): Verdict =>
  scope.mode === 'undo' && verdict.refusal?.code === 'target_sha_required'
    ? refuse('field_missing', { field: 'commit' })
    : verdict;

/** May this be submitted, as far as can be said before it is planned? In the documented order. */
export const decideWish = (actor: Actor, submission: Submission, standing: Standing): Verdict =>
  inWordsOf(
    submission,
    inOrder([
      () => decideSomewhere(actor, 'request', submission.projectId),
      () => decideSubmission(actor, submission, standing),
    ]),
  );

/** The same for looking at the plan. */
export const decideLook = (actor: Actor, submission: Submission, standing: Standing): Verdict =>
  inWordsOf(
    submission,
    inOrder([
      () => decideSomewhere(actor, 'preview', submission.projectId),
      () => decidePreview(actor, submission, standing),
    ]),
  );
