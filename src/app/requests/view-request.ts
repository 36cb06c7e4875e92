import { type Account, type Actor, personOf } from '../../domain/people/actor.ts';
import type { BreakGlassSession } from '../../domain/policy/break-glass.ts';
import type { Request } from '../../domain/request/request.ts';
import { type Press, decidePresses } from '../../domain/request/request-outlook.ts';
import type { Verdict } from '../../domain/refusal/verdict.ts';
import { type Standing, countVotes } from '../../domain/request/votes.ts';
import type { Tables } from '../../store/tables.ts';
import type { Hub } from '../hub.ts';
import { requireProject } from '../projects/find-project.ts';
import { type VerificationView, viewVerification } from '../verification/view-verification.ts';
import { type Approvers, findApprovers } from './find-approvers.ts';
import { recurring } from './recurring.ts';
import { type StandingReader, standingReader } from './standing-reader.ts';

/** A request as one person sees it: what counts now, and what they may do with it and, where not, why. */
export interface RequestView {
  readonly request: Request;
  /** The slug of its project. */
  readonly project: string;
  readonly needed: number;
  readonly counted: number;
  /** Who can still approve it: while it is pending, and not where several requests are shown. */
  readonly approvers: Approvers | undefined;
  readonly session: BreakGlassSession | undefined;
  readonly resubmittedAs: string | undefined;
  /** Which rollback of its tenant-environment it is within thirty days, from the third on. */
  readonly recurring: number | undefined;
  /** Of a completed request: whether it arrived in its clusters. */
  readonly verification: VerificationView | undefined;
  readonly actions: Readonly<Record<Press, Verdict>>;
  /** The accounts that the request names, as they are now. */
  readonly accounts: ReadonlyMap<string, Account>;
}

/** What several requests of one moment share. */
export interface SharedReads {
  readonly reader: StandingReader;
  /** By id, those of them that recur. */
  readonly recurring: ReadonlyMap<string, number>;
}

/** Shows a request to somebody. Several requests of one moment are shown with what they share. */
export async function viewRequest(
  hub: Hub,
  actor: Actor,
  request: Request,
  shared?: SharedReads,
): Promise<RequestView> {
  const reader = shared?.reader ?? standingReader(hub, hub.store);
  const standing = await reader.ofRequest(request, actor);
  const project = await requireProject(hub.store, request.projectId);
  return {
    request,
    project: project.slug,
    ...votesOf(request, standing),
    approvers:
      request.state === 'pending' && !shared
        ? await findApprovers(hub.store, actor, { request, standing })
        : undefined,
    session: standing.session,
    resubmittedAs: await newerOf(hub.store, request),
    recurring: shared ? shared.recurring.get(request.id) : await recurring(hub, request),
    verification: await viewVerification(hub, request),
    actions: decidePresses(request, actor, standing),
    accounts: standing.accounts,
  };
}

const newerOf = (tables: Tables, { id, state }: Request): Promise<string | undefined> =>
  ['rejected', 'failed', 'cancelled', 'expired'].includes(state)
    ? tables.requests.resubmittedAs(id)
    : Promise.resolve(undefined);

/** While a vote can still be lost, what counts now; afterwards, what counted then. */
function votesOf(request: Request, standing: Standing): Pick<RequestView, 'needed' | 'counted'> {
  if (request.state === 'pending' || request.state === 'approved') {
    const { needed, counted } = countVotes(request, standing);
    return { needed, counted: counted.length };
  }
  const kept = request.reviews.filter(({ decision, voided }) => decision === 'approve' && !voided);
  return { needed: request.policy.approvals, counted: new Set(kept.map(({ by }) => by.personId)).size };
}

/** True when the request waits for a review that this person can give. */
export const waitsFor = ({ actions }: Pick<RequestView, 'actions'>): boolean => actions.approve.allowed;

/** True for whoever submitted it, through any of their accounts. */
export const isOwn = (request: Request, actor: Actor): boolean =>
  request.requester.personId === personOf(actor);
