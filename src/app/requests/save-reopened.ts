import type { Actor } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { Request } from '../../domain/request/request.ts';
import type { UncountedVote } from '../../domain/request/votes.ts';
import type { StoredRequest } from '../../store/request-rows.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { recordChange } from '../audit/record-change.ts';
import { aboutRequest } from './about-request.ts';

/** A request that waits again, and the votes of it that no longer count. */
export interface Reopened {
  readonly before: StoredRequest;
  readonly reopened: Request;
  readonly uncounted: readonly UncountedVote[];
}

/** Saves that a request waits again: state, void votes, the bypass that is gone, and the audit entry. */
export async function saveReopened(
  tx: TransactionTables,
  actor: Actor,
  { before, reopened, uncounted }: Reopened,
): Promise<StoredRequest> {
  const { id, breakGlass } = before;
  const at = reopened.updatedAt;
  const from = { states: [before.state], epoch: before.epoch };
  const to = { state: 'pending', at, breakGlass: undefined, error: undefined } as const;
  const epoch = await tx.requests.move(id, from, to);
  if (epoch === undefined) throw new Refusal('changed_meanwhile', { what: `request ${id}` });
  for (const { review, reason } of uncounted) await tx.reviews.void(id, review.by.personId, { at, reason });
  await recordChange(tx, actor, {
    ...aboutRequest(before),
    at,
    action: 'request.review_voided',
    details: {
      reviews: uncounted.map(({ review, reason }) => ({ personId: review.by.personId, reason })),
      breakGlass: breakGlass ?? null,
    },
  });
  return { ...reopened, epoch };
}
