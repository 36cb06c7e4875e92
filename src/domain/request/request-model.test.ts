import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Account } from '../people/actor.ts';
import { checkExecution } from './execution.ts';
import { anyPolicy } from '../policy/policy.test-kit.ts';
import {
  type Ledger,
  type World,
  begin,
  hasReason,
  holding,
  isOpenTo,
  mayVote,
  needed,
  standingIn,
} from './request-model.test-kit.ts';
import { type CastName, HOUR, as, cast, sessionOf } from './request.test-kit.ts';
import {
  cancelRequest,
  completeRequest,
  expireRequest,
  failRequest,
  reopenRequest,
  reviewRequest,
  startExecution,
} from './request-life.ts';
import type { RequestState } from './request.ts';
import { Refusal } from '../refusal/refusal.ts';

type Step = (world: World, ledger: Ledger) => void;

/** Runs a rule: true when it let us, false when it refused. Anything else that is thrown is a bug. */
function lets(rule: () => void): boolean {
  try {
    rule();
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

const vote =
  (who: CastName, approves: boolean, stale: boolean): Step =>
  (world, ledger) => {
    const expected = mayVote(world, ledger, { who, approves, stale });
    const digest = stale ? 'sha256:0' : 'sha256:1';
    const decision = approves ? 'approve' : 'reject';
    const actor = as(world.accounts.get(who) ?? cast[who]);
    const allowed = lets(() => {
      const input = { decision, digest, comment: undefined } as const;
      world.request = reviewRequest(world.request, actor, input, standingIn(world)).request;
    });
    expect(allowed).toBe(expected);
    if (!allowed) return;
    ledger.votes.push({ who, at: world.now, void: false });
    const met = holding(world, ledger).length >= needed(world, ledger);
    ledger.state = approves ? (met ? 'approved' : 'pending') : 'rejected';
  };

const execute: Step = (world, ledger) => {
  const check = checkExecution(world.request, standingIn(world));
  const alive = ledger.state === 'approved' && world.now < world.request.expiresAt;
  const possible = alive || (ledger.state === 'failed' && ledger.retryable);
  if (!possible || !isOpenTo(world, ledger)) {
    expect(check.kind).toBe('refuse');
    return;
  }
  if (check.kind === 'go') {
    // The one property that matters most: nothing is carried out without a reason.
    expect(hasReason(world, ledger)).toBe(true);
    world.request = startExecution(world.request, world.now);
    ledger.state = 'executing';
  } else if (check.kind === 'reopen') {
    expect(hasReason(world, ledger)).toBe(false);
    const held = new Set(holding(world, ledger));
    for (const cast of ledger.votes) if (!held.has(cast)) cast.void = true;
    world.request = reopenRequest(world.request, check.uncounted, world.now);
    ledger.state = 'pending';
    ledger.bypass = false;
  } else {
    expect(check.refusal.code).toBe('freeze_window');
    expect(hasReason(world, ledger)).toBe(true);
  }
};

const finish =
  (how: 'completed' | 'again' | 'for good'): Step =>
  (world, ledger) => {
    const failure = {
      code: 'git_failed',
      message: 'x',
      retryable: how === 'again',
      paths: [],
      at: world.now,
    } as const;
    const allowed = lets(() => {
      world.request =
        how === 'completed'
          ? completeRequest(world.request, 'e'.repeat(40), world.now)
          : failRequest(world.request, failure, world.now);
    });
    expect(allowed).toBe(ledger.state === 'executing');
    if (!allowed) return;
    ledger.state = how === 'completed' ? 'completed' : 'failed';
    ledger.retryable = how === 'again';
    ledger.completions += how === 'completed' ? 1 : 0;
  };

const cancel =
  (who: CastName): Step =>
  (world, ledger) => {
    const account = world.accounts.get(who) ?? cast[who];
    const open = ['pending', 'approved', 'failed'].includes(ledger.state);
    const own = who === 'r' || (account.ownerId ?? who) === 'r';
    const role = account.role === 'admin' || account.role === 'owner' || (own && account.role === 'member');
    const entitled = !account.disabled && role;
    const allowed = lets(() => {
      world.request = cancelRequest(world.request, as(account), world.now);
    });
    expect(allowed).toBe(open && entitled);
    if (allowed) ledger.state = 'cancelled';
  };

const expire: Step = (world, ledger) => {
  const due = ['pending', 'approved'].includes(ledger.state) && world.now >= world.request.expiresAt;
  const allowed = lets(() => {
    world.request = expireRequest(world.request, world.now);
  });
  expect(allowed).toBe(due);
  if (allowed) ledger.state = 'expired';
};

const change =
  (apply: (world: World) => void): Step =>
  (world) =>
    apply(world);
const who = fc.constantFrom<CastName>('r', 'a', 'b', 'c', 'm', 's', 'r2');

const steps: fc.Arbitrary<{ readonly name: string; readonly step: Step }> = fc
  .oneof(
    { weight: 10, arbitrary: fc.tuple(who, fc.constant(true), fc.constant(false)) },
    { weight: 1, arbitrary: fc.tuple(who, fc.boolean(), fc.boolean()) },
  )
  .map(([name, approves, stale]) => ({
    name: `${name} ${approves ? 'approves' : 'rejects'}${stale ? ' an old plan' : ''}`,
    step: vote(name, approves, stale),
  }));

/** Mostly policies under which votes count for long enough that later events can take them back. */
const policies = fc.oneof(
  { weight: 2, arbitrary: anyPolicy.map((policy) => ({ ...policy, eligible: [], changerWaitHours: 0 })) },
  { weight: 1, arbitrary: anyPolicy },
);

const named = (name: string, step: Step) => ({ name, step });
/** An account changes. Whoever is linked takes along the accounts that it owned. */
const become = (name: CastName, parts: Partial<Account>) =>
  named(
    `${name} becomes ${JSON.stringify(parts)}`,
    change(({ accounts }) => {
      accounts.set(name, { ...(accounts.get(name) ?? cast[name]), ...parts });
      const { ownerId } = parts;
      for (const [id, account] of accounts) {
        if (ownerId !== undefined && account.ownerId === name) accounts.set(id, { ...account, ownerId });
      }
    }),
  );

const worldly: fc.Arbitrary<{ readonly name: string; readonly step: Step }> = fc.oneof(
  policies.chain((policy) =>
    who.map((by) =>
      named(
        `${by} changes the policy to ${JSON.stringify(policy)}`,
        change((world) => {
          world.policy = policy;
          world.changes.push({ environment: 'production', personId: by, at: world.now });
        }),
      ),
    ),
  ),
  fc
    .tuple(
      who,
      fc.constantFrom(
        { disabled: true },
        { disabled: false },
        { role: 'member' as const },
        { role: 'admin' as const },
        { ownerId: 'a' },
        { ownerId: undefined },
        { groups: ['dev'] },
      ),
    )
    .map(([name, parts]) => become(name, parts)),
  fc.constantFrom('b' as const, 'c' as const).map((name) => become(name, { ownerId: 'a' })),
  fc.constantFrom(1, HOUR / 2, HOUR, 25 * HOUR).map((by) =>
    named(
      `${by} ms pass`,
      change((world) => {
        world.now += by;
      }),
    ),
  ),
  fc.constantFrom('basic_rollback' as const, 'rollback_approval' as const).map((flag) =>
    named(
      `${flag} is turned`,
      change(({ off }) => {
        if (!off.delete(flag)) off.add(flag);
      }),
    ),
  ),
  fc.constant(
    named(
      'the session is revoked',
      change((world) => {
        world.session = world.session && { ...world.session, revokedAt: world.now };
      }),
    ),
  ),
);

const anyStep = fc.oneof(
  { weight: 6, arbitrary: steps },
  { weight: 3, arbitrary: worldly },
  { weight: 5, arbitrary: fc.constant(named('execute', execute)) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('completed' as const, 'again' as const, 'for good' as const)
      .map((how) => named(`it ends: ${how}`, finish(how))),
  },
  { weight: 1, arbitrary: who.map((name) => named(`${name} cancels`, cancel(name))) },
  { weight: 1, arbitrary: fc.constant(named('the sweep', expire)) },
);

const terminal: readonly RequestState[] = ['completed', 'rejected', 'cancelled', 'expired'];

/** Plays sequences and compares after each event. Tells which transitions were walked, and how many events there were. */
function play(runs: number, seed?: number): { readonly walked: string[]; readonly events: number } {
  const walked = new Set<string>();
  let events = 0;
  const sequences = fc.array(anyStep, { minLength: 1, maxLength: 40, size: 'max' });
  const property = fc.property(policies, fc.boolean(), sequences, (policy, urgent, sequence) => {
    const { world, ledger } = begin(policy, urgent ? sessionOf() : undefined);
    for (const { step } of sequence) {
      const before = world.request.state;
      step(world, ledger);
      events += 1;
      expect(world.request.state).toBe(ledger.state);
      const moved = before !== world.request.state;
      expect(moved && terminal.includes(before)).toBe(false);
      if (moved) walked.add(`${before} → ${world.request.state}`);
      const live = world.request.reviews.filter(({ voided }) => !voided);
      expect(new Set(live.map(({ by }) => by.accountId)).size).toBe(live.length);
      expect(ledger.completions).toBeLessThanOrEqual(1);
    }
  });
  fc.assert(property, { numRuns: runs, ...(seed === undefined ? {} : { seed }) });
  return { walked: [...walked].toSorted(), events };
}

// KNOWNGOOD_COMMANDS is how many events are played; a failure prints the seed that plays them again.
const commands = Number(process.env['KNOWNGOOD_COMMANDS'] ?? 10_000);

test(
  'no sequence of events carries out a request without a reason, counts a person twice, or wakes a closed one',
  { timeout: 60_000 + commands },
  () => {
    expect(play(Math.ceil(commands / 10)).events).toBeGreaterThan(commands);
  },
);

test('the sequences walk every legal transition, and no other', () => {
  expect(play(1000, 1).walked).toEqual([
    'approved → cancelled',
    'approved → executing',
    'approved → expired',
    'approved → pending',
    'executing → completed',
    'executing → failed',
    'failed → cancelled',
    'failed → executing',
    'failed → pending',
    'pending → approved',
    'pending → cancelled',
    'pending → expired',
    'pending → rejected',
  ]);
});
