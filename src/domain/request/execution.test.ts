import { describe, expect, test } from 'vitest';
import { checkExecution, checkPublication } from './execution.ts';
import { featuresOf } from '../policy/features.ts';
import { policyOf } from '../policy/policy.test-kit.ts';
import {
  HOUR,
  NOON,
  approvalBy,
  cast,
  requestOf,
  sessionOf,
  standingOf,
  withAccounts,
} from './request.test-kit.ts';
import { requestStates } from './request.ts';

const approved = requestOf({ state: 'approved', reviews: [approvalBy('a')] });
const error = { code: 'git_failed', message: 'git failed', retryable: true, paths: [], at: NOON } as const;
const words = (...input: Parameters<typeof checkExecution>) => {
  const check = checkExecution(...input);
  return check.kind === 'go' ? 'go' : `${check.kind}: ${check.refusal.message}`;
};

test('an approved request goes, and so does a failed one that may be tried again, with its approvals', () => {
  expect(checkExecution(approved, standingOf())).toMatchObject({ kind: 'go', basis: { kind: 'approved' } });
  expect(words({ ...approved, state: 'failed', error }, standingOf())).toBe('go');
  expect(words({ ...approved, state: 'failed', error: { ...error, retryable: false } }, standingOf())).toBe(
    'refuse: this rollback request cannot be executed again: git failed; resubmit it',
  );
});

test.each(requestStates.filter((state) => state !== 'approved' && state !== 'failed'))(
  'nothing else is executed: %s',
  (state) => {
    expect(words({ ...approved, state }, standingOf())).toBe(
      `refuse: cannot execute a rollback request that is ${state}`,
    );
  },
);

test('an approved request that has expired stays where it is', () => {
  expect(words(approved, standingOf({}, { now: NOON + 24 * HOUR }))).toContain(
    'refuse: this rollback request expired',
  );
});

describe('without its basis a request goes back to pending', () => {
  test('when the approver lost the right, was disabled, or the quorum grew', () => {
    const gone = 'reopen: this rollback request has 0 of 1 approvals';
    expect(words(approved, withAccounts(standingOf(), { ...cast.a, role: 'viewer' }))).toBe(gone);
    const disabled = checkExecution(approved, withAccounts(standingOf(), { ...cast.a, disabled: true }));
    expect(disabled).toMatchObject({ kind: 'reopen', uncounted: [{ reason: 'the account is disabled' }] });
    expect(words(approved, standingOf({ approvals: 3 }))).toBe(
      'reopen: this rollback request has 1 of 3 approvals',
    );
  });

  test('when the break-glass session ended before', () => {
    const bypassed = requestOf({ state: 'approved', breakGlass: 'bgs-1' });
    expect(words(bypassed, standingOf({}, { session: sessionOf() }))).toBe('go');
    const after = { session: sessionOf(), now: NOON + HOUR };
    expect(words(bypassed, standingOf({}, after))).toBe('reopen: this rollback request has 0 of 1 approvals');
  });

  test('when nothing was needed at submit but is now', () => {
    const open = requestOf({ state: 'approved', policy: policyOf() });
    expect(words(open, standingOf())).toBe('go');
    expect(words(open, standingOf({ approvals: 1 }))).toBe(
      'reopen: this rollback request has 0 of 1 approvals',
    );
  });
});

test('a feature that was switched off meanwhile stops it, even with its quorum', () => {
  expect(words(approved, standingOf({}, { features: featuresOf('pro') }))).toBe(
    'refuse: rollback_approval is not part of the pro plan',
  );
  const features = featuresOf('enterprise', ['selective_rollback']);
  expect(words(approved, standingOf({}, { features }))).toBe(
    'refuse: selective_rollback is switched off on this server',
  );
});

describe('in a freeze', () => {
  const freezeWindows = [
    { kind: 'weekly' as const, name: 'quiet day', from: 'Thu 00:00', to: 'Fri 00:00', offset: 'Z' },
  ];

  test('a rollback goes and is flagged, unless the policy says otherwise', () => {
    expect(checkExecution(approved, standingOf({ freezeWindows }))).toMatchObject({
      kind: 'go',
      duringFreeze: 'quiet day',
    });
    expect(words(approved, standingOf({ freezeWindows, rollbackExempt: false }))).toBe(
      'refuse: production is frozen until 2025-06-13T00:00:00Z (quiet day); execute it then',
    );
  });

  test('a release waits, break-glass passes', () => {
    const release = { ...approved, kind: 'release' as const };
    expect(words(release, standingOf({ freezeWindows }))).toContain('refuse: production is frozen');
    const bypassed = { ...release, reviews: [], breakGlass: 'bgs-1' };
    expect(words(bypassed, standingOf({ freezeWindows }, { session: sessionOf() }))).toBe('go');
  });
});

describe('before the ref moves it is asked again', () => {
  const executing = { ...approved, state: 'executing' as const };
  const freezeWindows = [
    { kind: 'single' as const, name: 'xmas', from: '2025-06-12T12:30:00Z', to: '2025-06-12T13:00:00Z' },
  ];
  const answer = (...input: Parameters<typeof checkPublication>) => {
    const check = checkPublication(...input);
    return check.kind === 'refuse' ? check.refusal.message : check.kind;
  };

  test('whether its basis still holds', () => {
    expect(checkPublication(executing, standingOf())).toMatchObject({
      kind: 'go',
      basis: { kind: 'approved' },
    });
    expect(answer(executing, standingOf({ approvals: 3 }))).toBe('no_basis');
  });

  test('whether a freeze has begun that it is not exempt from', () => {
    const strict = { freezeWindows, rollbackExempt: false };
    const at = (time: string) => ({ now: Date.parse(time) });
    expect(answer(executing, standingOf(strict, at('2025-06-12T12:29:59.999Z')))).toBe('go');
    expect(answer(executing, standingOf(strict, at('2025-06-12T12:30:00Z')))).toBe(
      'production is frozen until 2025-06-12T13:00:00Z (xmas); execute it then',
    );
    expect(answer(executing, standingOf({ freezeWindows }, at('2025-06-12T12:30:00Z')))).toBe('go');
  });

  test('whether its features are still there', () => {
    expect(answer(executing, standingOf({}, { features: featuresOf('pro') }))).toBe(
      'rollback_approval is not part of the pro plan',
    );
  });
});
