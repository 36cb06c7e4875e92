import { type Account, type Actor, type Party, partyName } from '../people/actor.ts';
import type { ApprovalNote } from '../plan/commit-message.ts';
import { decideBreakGlassRole, sessionHolds } from '../policy/break-glass.ts';
import { decideApprovalGate, decideMode } from '../policy/features.ts';
import { type ActiveFreeze, activeFreeze } from '../policy/freeze-window.ts';
import { type EnvironmentPolicy, strictest } from '../policy/policy.ts';
import type { Request, RequestKind, RequestScope } from './request.ts';
import { decideAll } from '../people/rights.ts';
import { type Standing, countVotes, placesOf } from './votes.ts';
import { type Verdict, allow, inOrder } from '../refusal/verdict.ts';

/** Why a request may be carried out. Without one it may not. */
export type Basis =
  | { readonly kind: 'not_required' }
  | { readonly kind: 'approved'; readonly by: readonly Party[]; readonly quorum: number }
  | { readonly kind: 'break_glass'; readonly session: string };

/** What becomes of a request that is handed in, or approved. */
export interface Opening {
  readonly state: 'pending' | 'approved';
  /** To be carried out in the same step. */
  readonly executesNow: boolean;
  /** Approvals that are needed. */
  readonly needed: number;
  /** The session that bypasses the approval or the freeze. */
  readonly breakGlass: string | undefined;
  /** The freeze window that holds now although the request does not wait for it. */
  readonly duringFreeze: string | undefined;
  /** The freeze that it waits for. */
  readonly frozen: ActiveFreeze | undefined;
}

/** Do plan and flags let a request of this kind and mode be approved and carried out? Asked at every step. */
export const decideFeatures = (
  kind: RequestKind,
  scope: Pick<RequestScope, 'mode'>,
  approvals: number,
  { features }: Pick<Standing, 'features'>,
): Verdict =>
  inOrder([
    () => (kind === 'rollback' ? decideMode(features, scope.mode) : allow),
    () => decideApprovalGate(features, approvals),
  ]);

type Wish = Pick<Request, 'projectId' | 'kind' | 'scope'>;

/** The session that lets this account pass here and now, if there is one. */
export function passingSession(
  wish: Pick<Request, 'projectId' | 'scope'>,
  account: Account | undefined,
  policy: EnvironmentPolicy,
  { session, now }: Pick<Standing, 'session' | 'now'>,
): string | undefined {
  if (!account || !session) return undefined;
  const entitled = placesOf(wish).every(
    (place) => decideBreakGlassRole(account, policy.breakGlass, place).allowed,
  );
  const where = { projectId: wish.projectId, rule: policy.breakGlass, now };
  return entitled && sessionHolds(session, account, where) ? session.id : undefined;
}

/** The freeze that holds now, and whether this kind of request has to wait for its end. */
export function freezeFor(
  kind: RequestKind,
  policy: EnvironmentPolicy,
  now: number,
): { readonly active: ActiveFreeze | undefined; readonly waits: boolean } {
  const active = activeFreeze(policy.freezeWindows, now);
  return { active, waits: active !== undefined && !(kind === 'rollback' && policy.rollbackExempt) };
}

/**
 * What becomes of a request at submit: it runs, waits for approvals, or waits for somebody to execute it. A
 * break-glass session is used only where something stands in the way, and its token or session must let it.
 */
export function openingOf(
  wish: Wish,
  actor: Actor,
  standing: Pick<Standing, 'policies' | 'session' | 'now'>,
): Opening {
  const policy = strictest(standing.policies);
  const { active, waits } = freezeFor(wish.kind, policy, standing.now);
  const blocked = policy.approvals > 0 || waits;
  const may = blocked && decideAll(actor, 'break_glass', placesOf(wish)).allowed;
  const breakGlass = may ? passingSession(wish, actor, policy, standing) : undefined;
  const approved = policy.approvals === 0 || breakGlass !== undefined;
  const free = breakGlass !== undefined || (!waits && policy.execution === 'automatic');
  const frozen = waits && breakGlass === undefined;
  return {
    state: approved ? 'approved' : 'pending',
    executesNow: approved && free,
    needed: policy.approvals,
    breakGlass,
    duringFreeze: active && !frozen ? active.window.name : undefined,
    frozen: frozen ? active : undefined,
  };
}

/**
 * Why this request may be carried out now, or undefined when it may not. Asked when it is executed, and once more
 * before the ref moves, when a session may have run out or an approver lost the right.
 */
export function basisOf(request: Request, standing: Standing): Basis | undefined {
  const { policy, needed, counted, met } = countVotes(request, standing);
  if (request.breakGlass !== undefined) {
    const requester = standing.accounts.get(request.requester.accountId);
    const session = passingSession(request, requester, policy, standing);
    if (session === request.breakGlass) return { kind: 'break_glass', session };
  }
  if (needed === 0) return { kind: 'not_required' };
  return met ? { kind: 'approved', by: counted.map(({ by }) => by), quorum: needed } : undefined;
}

/** The basis as the commit message tells it. */
export const approvalNote = (basis: Basis): ApprovalNote =>
  basis.kind === 'approved' ? { kind: 'approved', by: basis.by.map(partyName), quorum: basis.quorum } : basis;
