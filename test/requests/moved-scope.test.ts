import { afterEach, describe, expect, test } from 'vitest';
import { executeRequest } from '../../src/app/requests/execute-request.ts';
import { recoverExecutions } from '../../src/app/requests/recover-executions.ts';
import { reviewRequest } from '../../src/app/requests/review-request.ts';
import { submitRollback } from '../../src/app/requests/submit-request.ts';
import { Refusal } from '../../src/domain/refusal/refusal.ts';
import { armFailPoints } from '../../src/std/fail-point.ts';
import { makeHub } from '../kit/hub.ts';
import { pushFile } from '../kit/push-file.ts';
import { checkInvariants } from '../kit/request-invariants.ts';
import {
  type Shop,
  apiGateway,
  checkout,
  globexApi,
  makeShop,
  serviceText,
  serviceWish,
  setPolicy,
} from '../kit/shop.ts';

afterEach(() => armFailPoints(undefined));

const inside = { path: apiGateway, text: serviceText('v2.2.0') };
const outside = [
  { name: 'another service', path: checkout, text: serviceText('v9') },
  { name: 'another tenant', path: globexApi, text: serviceText('v9') },
  { name: 'a shared file', path: 'variables.yaml', text: 'LOG_LEVEL: warn\n' },
  { name: 'a file of nobody', path: 'README.md', text: 'hello\n' },
];

/** A rollback that bob approved and nobody has executed yet. */
async function approvedRequest(shop: Shop) {
  const { hub, jane, bob } = shop;
  const { id, digest } = await submitRollback(hub, jane, serviceWish(shop));
  const vote = { id, decision: 'approve', digest, comment: undefined } as const;
  return reviewRequest(hub, bob, vote);
}

const manual = { approvals: 1, execution: 'manual' } as const;

describe('a push between approval and execution', () => {
  test('into the scope: 409, no commit, failed for good, the paths listed', async () => {
    await using hub = await makeHub();
    const shop = await makeShop(hub, manual);
    const { id } = await approvedRequest(shop);
    pushFile(shop, inside.path, inside.text);
    const head = shop.git('rev-parse', 'main');
    await expect(executeRequest(hub, shop.ann, { id })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'scope_moved',
      details: { paths: [apiGateway], requestId: id },
    });
    expect(shop.git('rev-parse', 'main')).toBe(head);
    expect(await hub.store.requests.get(id)).toMatchObject({
      state: 'failed',
      error: { code: 'scope_moved', retryable: false, paths: [apiGateway] },
    });
    await expect(executeRequest(hub, shop.ann, { id })).rejects.toMatchObject({ code: 'not_retryable' });
    await checkInvariants(shop);
  });

  test.each(outside)('to $name: it executes on top', async ({ path, text }) => {
    await using hub = await makeHub();
    const shop = await makeShop(hub, manual);
    const { id } = await approvedRequest(shop);
    pushFile(shop, path, text);
    const head = shop.git('rev-parse', 'main');
    const { commit, state } = await executeRequest(hub, shop.ann, { id });
    expect(state).toBe('completed');
    expect(shop.git('rev-parse', `${commit}^`)).toBe(head);
    expect(shop.git('diff', '--name-only', head, 'main')).toBe(apiGateway);
    await checkInvariants(shop);
  });
});

test('an answer that is lost after the failure was saved: it has failed, once, and recovery leaves it', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub, manual);
  const { id } = await approvedRequest(shop);
  pushFile(shop, inside.path, inside.text);
  armFailPoints((point) => {
    if (point === 'app.request.failed') throw new Error('the answer was lost');
  });
  await expect(executeRequest(hub, shop.ann, { id })).rejects.toThrow('the answer was lost');
  armFailPoints(undefined);
  expect(await recoverExecutions(hub, { olderThan: 0 })).toEqual([]);
  expect(await hub.store.requests.get(id)).toMatchObject({
    state: 'failed',
    error: { code: 'scope_moved', retryable: false },
  });
  const rows = await hub.store.audit.after(0, 100);
  expect(rows.filter(({ entry }) => entry.action === 'request.failed')).toHaveLength(1);
  await checkInvariants(shop);
});

describe('a push at any step of the execution', () => {
  const points = [
    'app.request.executing',
    'app.request.replanned',
    // Once all are placed, the branch may be locked already, and a push from outside has to wait for it.
    'git.object.placed',
    'app.request.written',
    'app.request.planned',
  ];
  const cases = points.flatMap((point) => [
    { point, where: 'outside', path: checkout, text: serviceText('v9') },
    { point, where: 'inside', ...inside },
  ]);
  test.each(cases)('$where the scope, at $point', async ({ point, where, path, text }) => {
    await using hub = await makeHub();
    const shop = await makeShop(hub, manual);
    const { id } = await approvedRequest(shop);
    armFailPoints((passed) => {
      if (passed !== point) return;
      armFailPoints(undefined);
      pushFile(shop, path, text);
    });
    const outcome = await executeRequest(hub, shop.ann, { id }).then(
      ({ state }) => state,
      (error: unknown) => (error instanceof Refusal ? error.code : error),
    );
    expect(outcome).toBe(where === 'inside' ? 'scope_moved' : 'completed');
    await checkInvariants(shop);
  });
});

describe('what allows it is gone right before the branch moves', () => {
  test.each(['app.request.replanned', 'app.request.planned'])(
    'an approver is disabled at %s',
    async (point) => {
      await using hub = await makeHub();
      const shop = await makeShop(hub, manual);
      const { id, digest } = await approvedRequest(shop);
      armFailPoints(async (passed) => {
        if (passed !== point) return;
        armFailPoints(undefined);
        const account = await hub.store.accounts.get(shop.bob.id);
        if (account) await hub.store.accounts.change({ ...account, disabledAt: hub.clock() });
      });
      await expect(executeRequest(hub, shop.ann, { id })).rejects.toMatchObject({ code: 'quorum_missing' });
      expect(shop.git('rev-parse', 'main')).toBe(shop.bad);
      expect(await hub.store.requests.get(id)).toMatchObject({
        state: 'pending',
        reviews: [{ voided: { reason: 'the account is disabled' } }],
      });
      const vote = { id, decision: 'approve', digest, comment: undefined } as const;
      expect(await reviewRequest(hub, shop.ann, vote)).toMatchObject({ state: 'approved' });
      expect(await executeRequest(hub, shop.ann, { id })).toMatchObject({ state: 'completed' });
      await checkInvariants(shop);
    },
  );

  test('the policy asks for more since', async () => {
    await using hub = await makeHub();
    const shop = await makeShop(hub, manual);
    const { id } = await approvedRequest(shop);
    await setPolicy(shop, { ...manual, approvals: 2 });
    await expect(executeRequest(hub, shop.ann, { id })).rejects.toThrow('has 1 of 2 approvals');
    expect(await hub.store.requests.get(id)).toMatchObject({ state: 'pending' });
    await checkInvariants(shop);
  });
});
