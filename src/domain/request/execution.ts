import { type Basis, basisOf, decideFeatures, freezeFor } from './approval.ts';
import { Refusal } from '../refusal/refusal.ts';
import type { Request } from './request.ts';
import { decideInTime, decideState } from './request-action.ts';
import { isoTime } from '../../std/iso-time.ts';
import { type Verdict, allow, inOrder, refuse } from '../refusal/verdict.ts';
import { type Standing, type UncountedVote, countVotes } from './votes.ts';

/**
 * The answer to "carry it out now": go, with the basis; or stop, nothing changed; or its basis is gone, and it has to
 * go back to pending with these votes void.
 */
export type ExecutionCheck =
  | { readonly kind: 'go'; readonly basis: Basis; readonly duringFreeze: string | undefined }
  | { readonly kind: 'refuse'; readonly refusal: Refusal }
  | {
      readonly kind: 'reopen';
      readonly refusal: Refusal;
      readonly uncounted: readonly UncountedVote[];
    };

function decideFreeze(request: Request, basis: Basis, freeze: ReturnType<typeof freezeFor>): Verdict {
  const { active, waits } = freeze;
  if (!active || !waits || basis.kind === 'break_glass') return allow;
  return refuse('freeze_window', {
    environment: request.scope.where.map(({ environment }) => environment).join(', '),
    time: isoTime(active.until),
    window: active.window.name,
  });
}

/** The answer to "may its commit reach the branch": go; or its basis is gone; or something else stands in the way. */
export type PublicationCheck =
  | { readonly kind: 'go'; readonly basis: Basis; readonly duringFreeze: string | undefined }
  | { readonly kind: 'no_basis' }
  | { readonly kind: 'refuse'; readonly refusal: Refusal };

/**
 * May an execution that was started bring its commit into the branch? Asked when it is written, and for the last time
 * before the ref moves: a session may have run out, an approver lost the right, or a freeze begun.
 */
export function checkPublication(request: Request, standing: Standing): PublicationCheck {
  const basis = basisOf(request, standing);
  if (!basis) return { kind: 'no_basis' };
  const { policy, needed } = countVotes(request, standing);
  const freeze = freezeFor(request.kind, policy, standing.now);
  const verdict = inOrder([
    () => decideFeatures(request.kind, request.scope, needed, standing),
    () => decideFreeze(request, basis, freeze),
  ]);
  if (!verdict.allowed) return { kind: 'refuse', refusal: verdict.refusal };
  return { kind: 'go', basis, duringFreeze: freeze.active?.window.name };
}

/** May the request be carried out now? Whoever presses the button, the answer is about the request alone. */
export function checkExecution(request: Request, standing: Standing): ExecutionCheck {
  const { policy, needed, counted, uncounted } = countVotes(request, standing);
  const possible = inOrder([
    () => decideState(request, 'execute'),
    () => decideInTime(request, standing.now),
    () => decideFeatures(request.kind, request.scope, needed, standing),
  ]);
  if (!possible.allowed) return { kind: 'refuse', refusal: possible.refusal };
  const basis = basisOf(request, standing);
  if (!basis) {
    const facts = { kind: request.kind, counted: counted.length, needed };
    return { kind: 'reopen', refusal: new Refusal('quorum_missing', facts), uncounted };
  }
  const freeze = freezeFor(request.kind, policy, standing.now);
  const thawed = decideFreeze(request, basis, freeze);
  if (!thawed.allowed) return { kind: 'refuse', refusal: thawed.refusal };
  return { kind: 'go', basis, duringFreeze: freeze.active?.window.name };
}
