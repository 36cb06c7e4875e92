import { expect, test } from 'vitest';
import { observedOf } from './verification.test-kit.ts';
import type { Verification } from './verification.ts';
import { type RecoveryFacts, verifyRecovery } from './verify-recovery.ts';

const minute = 60_000;

const facts = (said: Partial<RecoveryFacts> = {}): RecoveryFacts => ({
  now: 0,
  completedAt: 0,
  delivered: true,
  branch: 'main',
  applications: [],
  silent: [],
  settle: minute,
  patience: 30 * minute,
  ...said,
});

type Said = Parameters<typeof observedOf>;

/** A story: at each minute what one Application was seen to be; the states in their order. */
function story(looks: readonly (readonly [minute: number, ...said: Said])[]): readonly Verification[] {
  const verdicts: Verification[] = [];
  for (const [at, said, of] of looks) {
    const now = at * minute;
    const application = observedOf(said, { reportedAt: now, ...of });
    verdicts.push(verifyRecovery(facts({ now, applications: [application] }), verdicts.at(-1)));
  }
  return verdicts;
}
const states = (looks: Parameters<typeof story>[0]): readonly string[] =>
  story(looks).map(({ state }) => state);

test('a recovery goes from the commit to its proof, step by step', () => {
  const looks = [
    [0, {}, { relation: 'behind' }],
    [1, { healthStatus: 'Progressing' }],
    [2, {}],
    [2.5, {}],
    [3, {}],
  ] as const;
  expect(states(looks)).toEqual(['delivered', 'synced', 'healthy', 'healthy', 'verified']);
  const last = story(looks).at(-1);
  expect(last).toMatchObject({
    healthySince: 2 * minute,
    verifiedAt: 3 * minute,
    bound: true,
    closed: false,
  });
});

test('the window begins anew when health breaks off, and silence does not fill it', () => {
  expect(
    states([
      [0, {}],
      [0.5, { healthStatus: 'Progressing' }],
      [0.7, {}],
      [1.2, {}],
      [1.8, {}],
    ]),
  ).toEqual(['healthy', 'synced', 'healthy', 'healthy', 'verified']);
  const silent = { reportedAt: 0 };
  expect(
    states([
      [0, {}],
      [5, {}, silent],
    ]),
  ).toEqual(['healthy', 'healthy']);
});

test('with an agent away it is safe in Git, and unconfirmed after a while; its return settles it', () => {
  const offline = { presence: 'offline', relation: 'behind', reportedAt: 0 } as const;
  const looks = [
    [6, {}, offline],
    [31, {}, offline],
    [1440, { healthStatus: 'Progressing' }],
    [1441, {}],
    [1442, {}],
  ] as const;
  const verdicts = story(looks);
  expect(verdicts.map(({ state }) => state)).toEqual([
    'delivered',
    'unconfirmed',
    'unconfirmed',
    'unconfirmed',
    'verified',
  ]);
  expect(verdicts[0]?.reason).toBe('safe in Git; sync will occur when the agent reconnects');
  expect(verdicts[1]?.reason).toBe(verdicts[0]?.reason);
});

test('what was healthy and breaks has regressed, until it is proven again', () => {
  const degraded = { healthStatus: 'Degraded' };
  expect(
    states([
      [0, {}],
      [1, {}],
      [2, degraded],
      [3, {}],
      [4, {}],
    ]),
  ).toEqual(['healthy', 'verified', 'regressed', 'regressed', 'verified']);
  expect(
    states([
      [0, {}],
      [0.5, degraded],
    ]),
  ).toEqual(['healthy', 'regressed']);
  // Somebody took the cluster back to what it ran before.
  expect(
    states([
      [0, {}],
      [1, {}],
      [2, {}, { relation: 'behind' }],
    ]).at(-1),
  ).toBe('regressed');
  // Never healthy: nothing to regress from.
  expect(
    states([
      [0, degraded],
      [1, degraded],
    ]),
  ).toEqual(['synced', 'synced']);
});

test('what is proven stays so while a cluster is busy or away', () => {
  expect(
    states([
      [0, {}],
      [1, {}],
      [2, { healthStatus: 'Progressing' }],
      [9, {}, { presence: 'offline', reportedAt: minute }],
    ]),
  ).toEqual(['healthy', 'verified', 'verified', 'verified']);
});

test('a later change of the same scope ends it, proven or not', () => {
  const later = { relation: 'superseded' } as const;
  expect(
    story([
      [0, {}],
      [1, {}],
      [2, {}, later],
    ]).at(-1),
  ).toMatchObject({ state: 'verified', closed: true });
  expect(
    story([
      [0, {}],
      [0.5, {}, later],
    ]).at(-1),
  ).toMatchObject({ state: 'unconfirmed', closed: true });
});

test('drift that was reported before has to be looked at again', () => {
  const looks = [
    [0, {}, { findings: [], driftAt: -minute }],
    [1, {}, { findings: [], driftAt: -minute }],
    [2, {}, { findings: [], driftAt: minute }],
  ] as const;
  expect(states(looks)).toEqual(['healthy', 'settled', 'verified']);
});

test('the slowest of several decides', () => {
  const well = observedOf({ name: 'a' });
  const behind = observedOf({ name: 'b' }, { relation: 'behind' });
  const verdict = verifyRecovery(facts({ applications: [well, behind] }));
  expect(verdict).toMatchObject({ state: 'delivered', reason: 'argocd/b in eu-1: it still runs nothing' });
});

test('without a cluster, or before delivery, there is nothing to prove', () => {
  expect(verifyRecovery(facts({ delivered: false }))).toMatchObject({ state: 'committed', bound: false });
  expect(verifyRecovery(facts({ now: 99 * minute }))).toMatchObject({ state: 'delivered', bound: false });
  expect(verifyRecovery(facts({ silent: ['eu-1'] }))).toMatchObject({
    state: 'delivered',
    bound: true,
    reason: 'eu-1: no Application of it is reported',
  });
});

test('it is watched for a day after its proof, and for a week without', () => {
  const day = 24 * 60;
  expect(
    story([
      [0, {}],
      [1, {}],
      [day, {}],
      [day + 2, {}],
    ]).map(({ closed }) => closed),
  ).toEqual([false, false, false, true]);
  const late = facts({ now: 8 * day * minute });
  expect(verifyRecovery(late).closed).toBe(true);
});

test('an agent that says nothing but good words about an unknown revision proves nothing', () => {
  expect(
    states([
      [0, {}, { relation: 'unknown' }],
      [40, {}, { relation: 'unknown' }],
    ]),
  ).toEqual(['delivered', 'unconfirmed']);
});

test('images are proof where they are reported, from a look that is newer than the recovery', () => {
  const looks = [
    [0, {}, { relation: 'behind', images: { reportedAt: 0 } }],
    [1, {}, { images: { reportedAt: 0 } }],
    [2, {}, { images: { reportedAt: 0 } }],
    [2.5, {}, { images: { reportedAt: 2 * minute } }],
  ] as const;
  expect(states(looks)).toEqual(['delivered', 'healthy', 'settled', 'verified']);
  expect(
    story(looks)
      .map(({ reason }) => reason)
      .slice(-2),
  ).toEqual([
    'it waits for a look at running images that is newer than the sync',
    'every Application runs this change, in sync and healthy; its image is as expected',
  ]);
});
