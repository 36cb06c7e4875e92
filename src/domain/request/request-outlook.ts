import type { Actor } from '../people/actor.ts';
import { checkExecution } from './execution.ts';
import { decideState } from './request-action.ts';
import { decideCancel, decideExecute, noteRoom } from './request-life.ts';
import type { Request } from './request.ts';
import { decideVote } from './review.ts';
import { decideAll } from '../people/rights.ts';
import { type Verdict, allow, inOrder } from '../refusal/verdict.ts';
import { type Standing, placesOf } from './votes.ts';

/** What people may do with a request; the hub's own actions are not among them. */
export const presses = ['approve', 'reject', 'execute', 'cancel', 'resubmit', 'note'] as const;
export type Press = (typeof presses)[number];

function decideRun(request: Request, standing: Standing): Verdict {
  const check = checkExecution(request, standing);
  // A request that lost its basis may be pressed: that is how it goes back to pending.
  return check.kind === 'refuse' ? { allowed: false, refusal: check.refusal } : allow;
}

/** For each action, whether this actor may take it now, and if not, the reason to show beside the button. */
export function decidePresses(
  request: Request,
  actor: Actor,
  standing: Standing,
): Readonly<Record<Press, Verdict>> {
  const { digest } = request;
  const places = placesOf(request);
  return {
    approve: decideVote(request, actor, { decision: 'approve', digest, comment: undefined }, standing),
    reject: decideVote(request, actor, { decision: 'reject', digest, comment: undefined }, standing),
    execute: inOrder([() => decideExecute(request, actor, standing.now), () => decideRun(request, standing)]),
    cancel: decideCancel(request, actor),
    resubmit: inOrder([() => decideAll(actor, 'request', places), () => decideState(request, 'resubmit')]),
    note: inOrder([() => decideAll(actor, 'note', places), () => noteRoom(request)]),
  };
}
