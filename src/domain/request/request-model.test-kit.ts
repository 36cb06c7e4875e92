import { type Account, personOf } from '../people/actor.ts';
import type { FeatureFlag } from '../policy/features.ts';
import { featuresOf } from '../policy/features.ts';
import { policyOf } from '../policy/policy.test-kit.ts';
import type { EnvironmentPolicy, PolicyChange } from '../policy/policy.ts';
import {
  HOUR,
  NOON,
  cast,
  type CastName,
  scopeOf,
  standingOf,
  submissionOf,
  as,
  requestOf,
} from './request.test-kit.ts';
import type { BreakGlassSession } from '../policy/break-glass.ts';
import type { Request, RequestState } from './request.ts';
import { submitRequest } from './submission.ts';
import type { Standing } from './votes.ts';

/** Everything outside the request, as a plain record that commands change. */
export interface World {
  request: Request;
  now: number;
  policy: EnvironmentPolicy;
  readonly changes: PolicyChange[];
  readonly accounts: Map<string, Account>;
  session: BreakGlassSession | undefined;
  readonly off: Set<FeatureFlag>;
}

interface LoggedVote {
  readonly who: CastName;
  readonly at: number;
  void: boolean;
}

/** What the test itself wrote down, in its own words: the rules are counted again from it, by other code. */
export interface Ledger {
  state: RequestState;
  readonly pinned: EnvironmentPolicy;
  readonly votes: LoggedVote[];
  retryable: boolean;
  bypass: boolean;
  completions: number;
}

export const standingIn = (world: World): Standing => ({
  ...standingOf(),
  policies: [world.policy],
  changes: world.changes,
  accounts: world.accounts,
  session: world.session,
  features: featuresOf('enterprise', [...world.off]),
  now: world.now,
});

/** A world in which `r` has just submitted, under this policy, perhaps with a session open. */
export function begin(
  policy: EnvironmentPolicy,
  session: BreakGlassSession | undefined,
): { readonly world: World; readonly ledger: Ledger } {
  const accounts = new Map<string, Account>(Object.values(cast).map((account) => [account.id, account]));
  const bare: World = {
    request: requestOf(),
    now: NOON,
    policy,
    changes: [],
    accounts,
    session,
    off: new Set(),
  };
  const planned = { id: 'rbk-1', baseSha: 'd'.repeat(40), digest: 'sha256:1', plan: requestOf().plan };
  const submission = submissionOf({ scope: scopeOf({ mode: 'full', service: undefined }) });
  const { request } = submitRequest(as('r'), submission, planned, standingIn(bare));
  const { state, breakGlass } = request;
  return {
    world: { ...bare, request },
    ledger: {
      state,
      pinned: policyOf(policy),
      votes: [],
      retryable: false,
      bypass: breakGlass !== undefined,
      completions: 0,
    },
  };
}

const person = (world: World, who: string): string => {
  const account = world.accounts.get(who);
  return account ? personOf(account) : who;
};

const isAdmin = (world: World, who: string): boolean => {
  const account = world.accounts.get(who);
  if (!account || account.disabled || account.kind !== 'person') return false;
  return account.role === 'admin' || account.role === 'owner';
};

const both = (world: World, ledger: Ledger): EnvironmentPolicy[] => [ledger.pinned, world.policy];

export const needed = (world: World, ledger: Ledger): number =>
  both(world, ledger).reduce((most, { approvals }) => (approvals > most ? approvals : most), 0);

export const mayOwn = (world: World, ledger: Ledger): boolean =>
  both(world, ledger).every(({ selfApproval }) => selfApproval);

export const isOwn = (world: World, who: string): boolean => person(world, who) === person(world, 'r');

export function isNamed(world: World, ledger: Ledger, who: string): boolean {
  const account = world.accounts.get(who);
  return both(world, ledger).every(({ eligible }) =>
    eligible.every(
      (set) =>
        set.people.includes(person(world, who)) ||
        (account?.groups ?? []).some((group) => set.groups.includes(group)),
    ),
  );
}

export function hadChanged(world: World, ledger: Ledger, who: string, at: number): boolean {
  const hours = both(world, ledger).map(({ changerWaitHours }) => changerWaitHours);
  const wait = Math.max(...hours) * HOUR;
  return world.changes.some(
    (change) =>
      person(world, change.personId) === person(world, who) && change.at <= at && at < change.at + wait,
  );
}

/** The ledger's votes that hold, one for each person, in the order in which they were cast. */
export function holding(world: World, ledger: Ledger): LoggedVote[] {
  const seen = new Set<string>();
  return ledger.votes.filter((vote) => {
    if (vote.void || seen.has(person(world, vote.who)) || !isAdmin(world, vote.who)) return false;
    if (isOwn(world, vote.who) && !mayOwn(world, ledger)) return false;
    if (!isNamed(world, ledger, vote.who) || hadChanged(world, ledger, vote.who, vote.at)) return false;
    seen.add(person(world, vote.who));
    return true;
  });
}

function bypassHolds(world: World, ledger: Ledger): boolean {
  const { session, now } = world;
  if (!ledger.bypass || !session || session.revokedAt !== undefined || !isAdmin(world, 'r')) return false;
  if (person(world, 'r') !== session.by.personId) return false;
  const role = world.accounts.get('r')?.role;
  return both(world, ledger).every(
    ({ breakGlass }) =>
      breakGlass.roles.some((name) => name === role) &&
      now < session.expiresAt &&
      now < session.openedAt + breakGlass.minutes * 60_000,
  );
}

/** Is there any reason at all to carry it out now? */
export const hasReason = (world: World, ledger: Ledger): boolean =>
  needed(world, ledger) === 0 ||
  bypassHolds(world, ledger) ||
  holding(world, ledger).length >= needed(world, ledger);

export const isOpenTo = (world: World, ledger: Ledger): boolean =>
  !world.off.has('basic_rollback') &&
  !world.off.has('rollback') &&
  (needed(world, ledger) === 0 || !world.off.has('rollback_approval'));

/** What the ledger says about a vote: may it be cast? */
export function mayVote(
  world: World,
  ledger: Ledger,
  vote: { readonly who: CastName; readonly approves: boolean; readonly stale: boolean },
): boolean {
  const { who, approves, stale } = vote;
  const live = ledger.votes.some((cast) => !cast.void && person(world, cast.who) === person(world, who));
  return (
    ledger.state === 'pending' &&
    world.now < world.request.expiresAt &&
    isAdmin(world, who) &&
    isOpenTo(world, ledger) &&
    (mayOwn(world, ledger) || !isOwn(world, who)) &&
    isNamed(world, ledger, who) &&
    !(approves && hadChanged(world, ledger, who, world.now)) &&
    !live &&
    !stale
  );
}
