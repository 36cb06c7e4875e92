import { afterEach, expect, test } from 'vitest';
import { openBreakGlass } from '../../src/app/break-glass/open-break-glass.ts';
import { executeRequest } from '../../src/app/requests/execute-request.ts';
import { reviewRequest } from '../../src/app/requests/review-request.ts';
import { submitRollback } from '../../src/app/requests/submit-request.ts';
import type { EnvironmentPolicy } from '../../src/domain/policy/policy.ts';
import { Refusal } from '../../src/domain/refusal/refusal.ts';
import { armFailPoints } from '../../src/std/fail-point.ts';
import { databases } from '../kit/databases.ts';
import { makeHub } from '../kit/hub.ts';
import { checkInvariants } from '../kit/request-invariants.ts';
import { makeShop, serviceWish, setPolicy } from '../kit/shop.ts';

afterEach(() => armFailPoints(undefined));

const MINUTE = 60_000;
const begin = Date.UTC(2026, 11, 24, 11);
const freezeBegins = begin + 60 * MINUTE;
const freezeEnds = freezeBegins + 60 * MINUTE;
const iso = (time: number): string => new Date(time).toISOString();

/** A freeze that even rollbacks wait for. */
const frozen = {
  freezeWindows: [{ kind: 'single', name: 'xmas', from: iso(freezeBegins), to: iso(freezeEnds) }],
  rollbackExempt: false,
} as const;

async function stage(policy: Partial<EnvironmentPolicy>, database = databases[0]) {
  const clock = { now: begin };
  const hub = await makeHub({ clock: () => clock.now, ...(database ? { database } : {}) });
  const shop = await makeShop(hub, policy);
  clock.now += MINUTE;
  return { clock, hub, shop, [Symbol.asyncDispose]: hub.close };
}

/** What the log says of each step of a request that happened in a freeze. */
async function flagged({ hub }: Awaited<ReturnType<typeof stage>>): Promise<readonly string[]> {
  const rows = await hub.store.audit.after(0, 1_000);
  return rows.flatMap(({ entry }) => (entry.flags.includes('during_freeze') ? [entry.action] : []));
}

const outcomeOf = (work: Promise<{ readonly state: string }>): Promise<string> =>
  work.then(
    ({ state }) => state,
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

/** From the start of an execution to the last question before the branch moves. */
const moments = [
  'app.request.submitted',
  'app.request.executing',
  'app.request.replanned',
  'git.objects.staged',
  'app.request.written',
];
const last = 'app.request.planned';
const cases = [
  ...databases.map((database) => ({ ...database, moment: last })),
  ...databases.slice(0, 1).flatMap((database) => moments.map((moment) => ({ ...database, moment }))),
];

test.each(cases)(
  'a freeze that begins at $moment stops the execution, which is tried again after it ($kind)',
  async ({ moment, ...database }) => {
    await using scene = await stage(frozen, database);
    const { clock, hub, shop } = scene;
    armFailPoints((point) => {
      if (point === moment) clock.now = freezeBegins;
    });
    expect(await outcomeOf(submitRollback(hub, shop.jane, serviceWish(shop)))).toBe('freeze_window');
    armFailPoints(undefined);
    const [request] = await hub.store.requests.list({}, { limit: 1 });
    expect(request).toMatchObject({
      state: 'failed',
      error: {
        code: 'freeze_window',
        retryable: true,
        message: 'production is frozen until 2026-12-24T13:00:00Z (xmas); execute it then',
      },
    });
    expect(shop.git('rev-parse', 'main')).toBe(shop.bad);
    const { id = '' } = request ?? {};
    clock.now = freezeEnds - 1;
    expect(await outcomeOf(executeRequest(hub, shop.ann, { id }))).toBe('freeze_window');
    clock.now = freezeEnds;
    expect(await outcomeOf(executeRequest(hub, shop.ann, { id }))).toBe('completed');
    await checkInvariants(shop);
  },
);

test('a millisecond before it begins, the branch still moves', async () => {
  await using scene = await stage(frozen);
  const { clock, hub, shop } = scene;
  armFailPoints((point) => {
    if (point === last) clock.now = freezeBegins - 1;
    // What happens after the last question is later than the commit.
    if (point === 'git.ref.prepared') clock.now = freezeBegins;
  });
  expect(await outcomeOf(submitRollback(hub, shop.jane, serviceWish(shop)))).toBe('completed');
});

test('a freeze that somebody sets in the middle stops it too, and its approvals are kept', async () => {
  await using scene = await stage({ approvals: 1 });
  const { clock, hub, shop } = scene;
  const { id, digest } = await submitRollback(hub, shop.jane, serviceWish(shop));
  clock.now = freezeBegins;
  armFailPoints(async (point) => {
    if (point !== last) return;
    armFailPoints(undefined);
    await setPolicy(shop, { ...frozen, approvals: 1 });
  });
  const vote = { id, decision: 'approve', digest, comment: undefined } as const;
  expect(await outcomeOf(reviewRequest(hub, shop.bob, vote))).toBe('freeze_window');
  expect(await hub.store.requests.get(id)).toMatchObject({
    state: 'failed',
    reviews: [{ voided: undefined }],
  });
  clock.now = freezeEnds;
  expect(await outcomeOf(executeRequest(hub, shop.ann, { id }))).toBe('completed');
  expect(shop.git('log', '-1', '--format=%b')).toContain('Approved by bob@example.com (quorum: 1/1)');
  await checkInvariants(shop);
});

test('rollbacks that are exempt, and a break-glass session, pass a freeze that begins in the middle', async () => {
  await using exempt = await stage({ ...frozen, rollbackExempt: true });
  await using bypass = await stage({ ...frozen, approvals: 1 });
  await openBreakGlass(bypass.hub, bypass.shop.jane, {
    slug: 'shop',
    justification: 'Checkout is down',
    minutes: 60,
  });
  for (const { clock, hub, shop } of [exempt, bypass]) {
    armFailPoints((point) => {
      if (point === last) clock.now = freezeBegins;
    });
    expect(await outcomeOf(submitRollback(hub, shop.jane, serviceWish(shop)))).toBe('completed');
    armFailPoints(undefined);
    await checkInvariants(shop);
  }
  for (const scene of [exempt, bypass]) {
    expect((await scene.hub.store.requests.list({}, { limit: 1 }))[0]?.duringFreeze).toBe('xmas');
    // It had begun to execute before the freeze did.
    expect(await flagged(scene)).toEqual(['request.completed']);
  }
});

test.each(databases)(
  'an exempt rollback that was approved before a freeze and is carried out in it is flagged ($kind)',
  async (database) => {
    const policy = { ...frozen, rollbackExempt: true, approvals: 1 };
    await using scene = await stage({ ...policy, execution: 'manual' }, database);
    const { clock, hub, shop } = scene;
    const { id, digest } = await submitRollback(hub, shop.jane, serviceWish(shop));
    await reviewRequest(hub, shop.bob, { id, decision: 'approve', digest, comment: undefined });
    expect((await hub.store.requests.get(id))?.duringFreeze).toBeUndefined();
    clock.now = freezeBegins;
    expect(await executeRequest(hub, shop.ann, { id })).toMatchObject({ duringFreeze: 'xmas' });
    expect(await hub.store.requests.get(id)).toMatchObject({ state: 'completed', duringFreeze: 'xmas' });
    expect(await flagged(scene)).toEqual(['request.executing', 'request.completed']);
    await checkInvariants(shop);
  },
);

test('the approval that carries an exempt rollback out in a freeze flags it', async () => {
  await using scene = await stage({ ...frozen, rollbackExempt: true, approvals: 1 });
  const { clock, hub, shop } = scene;
  const { id, digest } = await submitRollback(hub, shop.jane, serviceWish(shop));
  clock.now = freezeBegins;
  await reviewRequest(hub, shop.bob, { id, decision: 'approve', digest, comment: undefined });
  expect(await flagged(scene)).toEqual(['request.executing', 'request.completed']);
});
