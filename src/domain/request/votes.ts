import { type Account, personOf } from '../people/actor.ts';
import type { Features } from '../policy/features.ts';
import type { BreakGlassSession } from '../policy/break-glass.ts';
import { type EnvironmentPolicy, type PolicyChange, isEligible, strictest } from '../policy/policy.ts';
import type { Request, RequestScope, Review } from './request.ts';
import { type Place, decideAccount } from '../people/rights.ts';
import { policyFor } from './second-approver.ts';
import { inOrder } from '../refusal/verdict.ts';

/** How things stand at the moment of asking: nothing of it is pinned. */
export interface Standing {
  readonly features: Features;
  /** The policy of each environment that the request reaches. */
  readonly policies: readonly EnvironmentPolicy[];
  /** Changes of those policies, as far back as the longest wait (30 days). */
  readonly changes: readonly PolicyChange[];
  /** Reviewers, authors and requester as they are now, by account id. One that is gone has no rights. */
  readonly accounts: ReadonlyMap<string, Account>;
  /** The break-glass session that is open for the requester in this project, or that the request used. */
  readonly session: BreakGlassSession | undefined;
  readonly now: number;
}

const HOUR = 3_600_000;

export const placesOf = (request: {
  readonly projectId: string;
  readonly scope: Pick<RequestScope, 'where'>;
}): readonly Place[] =>
  request.scope.where.map(({ tenant, environment }) => ({
    projectId: request.projectId,
    tenant,
    environment,
  }));

/** The stricter of the policy pinned at submit and what the policies of now ask of its plan. */
export const effectivePolicy = (
  request: Pick<Request, 'policy'> & { readonly plan: Pick<Request['plan'], 'hazards'> },
  standing: Pick<Standing, 'policies'>,
): EnvironmentPolicy =>
  strictest([request.policy, ...standing.policies.map((policy) => policyFor(request.plan, policy))]);

/** Accounts may have been linked since: whom an id counts as now. */
export const personNow = (id: string, { accounts }: Standing): string => {
  const account = accounts.get(id);
  return account ? personOf(account) : id;
};

export const isAuthor = (request: Pick<Request, 'authors'>, personId: string, standing: Standing): boolean =>
  request.authors.some((author) => author === personId || personNow(author, standing) === personId);

/** Until when a change of policy keeps this person from approving at `at`; undefined when none does. */
export function changerWait(
  policy: EnvironmentPolicy,
  personId: string,
  standing: Standing,
  at: number,
): { readonly environment: string; readonly until: number } | undefined {
  return standing.changes
    .filter((change) => personNow(change.personId, standing) === personId)
    .map(({ environment, at: changed }) => ({
      environment,
      changed,
      until: changed + policy.changerWaitHours * HOUR,
    }))
    .find(({ changed, until }) => changed <= at && at < until);
}

/** A vote that does not count, and why, in words that follow "bob: ". */
export interface UncountedVote {
  readonly review: Review;
  readonly reason: string;
}

export interface Count {
  readonly policy: EnvironmentPolicy;
  readonly needed: number;
  /** One review for each person who counts. */
  readonly counted: readonly Review[];
  readonly uncounted: readonly UncountedVote[];
  readonly met: boolean;
}

function voteFault(request: Request, review: Review, standing: Standing): string | undefined {
  const account = standing.accounts.get(review.by.accountId);
  if (!account) return 'the account is gone';
  if (account.disabled) return 'the account is disabled';
  const right = inOrder(placesOf(request).map((place) => () => decideAccount(account, 'approve', place)));
  if (!right.allowed) return 'has no right to approve any more';
  const policy = effectivePolicy(request, standing);
  const person = personOf(account);
  if (!policy.selfApproval && isAuthor(request, person, standing)) return 'is an author of the request';
  if (!isEligible(policy, person, account.groups)) return 'is not an approver of the policy';
  if (changerWait(policy, person, standing, review.at)) return 'had just changed the policy';
  return review.digest === request.digest ? undefined : 'approved another plan';
}

/** Counts the approvals that hold now: distinct persons, each still entitled and none of them an author. */
export function countVotes(request: Request, standing: Standing): Count {
  const policy = effectivePolicy(request, standing);
  const counted = new Map<string, Review>();
  const uncounted: UncountedVote[] = [];
  for (const review of request.reviews) {
    if (review.decision !== 'approve' || review.voided) continue;
    const person = personNow(review.by.accountId, standing);
    const reason = counted.has(person)
      ? 'is the same person as another approver'
      : voteFault(request, review, standing);
    if (reason === undefined) counted.set(person, review);
    else uncounted.push({ review, reason });
  }
  return {
    policy,
    needed: policy.approvals,
    counted: [...counted.values()],
    uncounted,
    met: counted.size >= policy.approvals,
  };
}
