import type { Actor } from '../people/actor.ts';
import type { Opening } from './approval.ts';
import { checkExecution } from './execution.ts';
import { isoTime } from '../../std/iso-time.ts';
import type { EnvironmentPolicy } from '../policy/policy.ts';
import { decideState } from './request-action.ts';
import { decideCancel, decideExecute, noteRoom } from './request-life.ts';
import type { Request } from './request.ts';
import { decideVote } from './review.ts';
import { decideAll } from '../people/rights.ts';
import { type Verdict, allow, inOrder } from '../refusal/verdict.ts';
import { type Standing, placesOf } from './votes.ts';

/** Whom a policy names, as people read it: `sre or bob`; with several sets, each in turn. Empty when it names nobody. */
export const approversText = (
  policy: Pick<EnvironmentPolicy, 'eligible'>,
  nameOf: (personId: string) => string,
): string =>
  policy.eligible
    .map(({ people, groups }) => [...groups, ...people.map(nameOf)].join(' or '))
    .join(', and of ');

const approvals = (count: number): string => (count === 1 ? '1 approval' : `${count} approvals`);

/** What submitting would lead to, in one line: what buttons, previews and the command line say beforehand. */
export function outlookText(
  opening: Opening,
  policy: EnvironmentPolicy,
  nameOf: (personId: string) => string,
): string {
  const { state, executesNow, breakGlass, frozen, duringFreeze, needed } = opening;
  const flagged = duringFreeze === undefined ? '' : `, during the freeze ${duringFreeze}`;
  if (executesNow && breakGlass !== undefined) return `runs now (break-glass ${breakGlass})${flagged}`;
  if (executesNow) return `executes at once${flagged}`;
  if (state === 'pending') {
    const named = approversText(policy, nameOf);
    const own = policy.selfApproval ? '' : ' (you cannot approve your own)';
    return `needs ${approvals(needed)}${named === '' ? '' : ` from ${named}`}${own}`;
  }
  return frozen
    ? `waits for the end of the freeze ${frozen.window.name} at ${isoTime(frozen.until)}`
    : 'waits for somebody to execute it';
}

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
