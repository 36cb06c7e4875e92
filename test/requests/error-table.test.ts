import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { armFailPoints } from '../../src/std/fail-point.ts';
import { makeHub } from '../kit/hub.ts';
import { checkInvariants } from '../kit/request-invariants.ts';
import { requestServer } from '../kit/request-server.ts';
import { makeShop, serviceWish } from '../kit/shop.ts';

/** A hub where production needs one approval, and jane's rollback waits for it. */
async function waiting() {
  const hub = await makeHub();
  const shop = await makeShop(hub, { approvals: 1 });
  const server = requestServer(hub, shop.people);
  const { slug: _slug, ...wish } = serviceWish(shop);
  const submit = (parts: object = {}) =>
    server.call('jane', 'POST', '/projects/shop/rollback-requests', { ...wish, ...parts });
  const { id, digest } = (await submit()).body as { id: string; digest: string };
  const act = (who: string, action: string, body: object = { digest }) =>
    server.call(who, 'POST', `/rollback-requests/${id}/${action}`, body);
  return {
    hub,
    shop,
    server,
    wish,
    submit,
    id,
    digest,
    act,
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await hub[Symbol.asyncDispose]();
    },
  };
}

const refused = (status: number, message: string) => ({ status, message });

test('400 targetSha is required', async () => {
  await using at = await waiting();
  for (const targetSha of ['', ' ', null, undefined])
    expect(await at.submit({ targetSha })).toMatchObject(refused(400, 'targetSha is required'));
  expect(
    await at.server.call('jane', 'POST', '/projects/shop/rollback/preview', { ...at.wish, targetSha: null }),
  ).toMatchObject(refused(400, 'targetSha is required'));
});

test('400 rollback request is not pending approval', async () => {
  await using at = await waiting();
  expect((await at.act('bob', 'reject')).status).toBe(200);
  for (const action of ['approve', 'reject'])
    expect(await at.act('ann', action)).toMatchObject(
      refused(400, 'rollback request is not pending approval'),
    );
});

test('400 selected fields cannot be empty for field mode', async () => {
  await using at = await waiting();
  for (const selectedFields of [[], null, undefined])
    expect(await at.submit({ mode: 'field', selectedFields })).toMatchObject(
      refused(400, 'selected fields cannot be empty for field mode'),
    );
});

test('403 cannot approve/reject your own rollback request', async () => {
  await using at = await waiting();
  for (const action of ['approve', 'reject'])
    expect(await at.act('jane', action)).toMatchObject(
      refused(403, 'cannot approve/reject your own rollback request'),
    );
});

test('409 you have already reviewed this rollback request', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub, { approvals: 2 });
  await using server = requestServer(hub, shop.people);
  const { slug: _slug, ...wish } = serviceWish(shop);
  const { body } = await server.call('jane', 'POST', '/projects/shop/rollback-requests', wish);
  const { id, digest } = body as { id: string; digest: string };
  const approve = () => server.call('bob', 'POST', `/rollback-requests/${id}/approve`, { digest });
  expect(await approve()).toMatchObject({ status: 200, body: { state: 'pending', approvalsCounted: 1 } });
  expect(await approve()).toMatchObject(refused(409, 'you have already reviewed this rollback request'));
});

test('500 approval saved but rollback execution failed: the approval stays, and execute tries again', async () => {
  await using at = await waiting();
  // A lock that is not ours: Git cannot move the branch while it is there.
  const lock = join(at.hub.repositories.pathOf(at.shop.project.id), 'refs/heads/main.lock');
  writeFileSync(lock, '');
  expect(await at.act('bob', 'approve')).toMatchObject(
    refused(500, 'approval saved but rollback execution failed'),
  );
  expect((await at.server.call('bob', 'GET', `/requests/${at.id}`)).body).toMatchObject({
    state: 'failed',
    error: { code: 'ref_locked', retryable: true },
    approvalsCounted: 1,
    reviews: [{ decision: 'approve', by: { name: 'bob' }, voided: null }],
  });
  expect(await at.act('ann', 'execute', {})).toMatchObject(
    refused(500, 'approval saved but rollback execution failed'),
  );
  rmSync(lock);
  expect(await at.act('ann', 'execute', {})).toMatchObject({ status: 200, body: { state: 'completed' } });
  await checkInvariants(at.shop);
});

test('409 for concurrent changes: the rollback names what moved, and nobody’s vote is saved', async () => {
  await using at = await waiting();
  expect((await at.submit()).status).toBe(201);
  expect((await at.act('bob', 'approve')).status).toBe(200);
  const { body } = await at.server.call('bob', 'GET', '/requests?state=pending');
  const [{ id = '' } = {}] = (body as { items: { id?: string }[] }).items;
  const second = await at.server.call('bob', 'POST', `/requests/${id}/approve`, { digest: at.digest });
  expect(second).toMatchObject({
    status: 409,
    code: 'scope_moved',
    body: { error: { details: { paths: ['tenants/acme/production/api-gateway/service.yaml'] } } },
  });
  expect((await at.server.call('bob', 'GET', `/requests/${id}`)).body).toMatchObject({
    state: 'pending',
    reviews: [],
  });
  await checkInvariants(at.shop);
});

test('400 for a target that does not exist, is not of this branch, or never was its state', async () => {
  await using at = await waiting();
  const codes = await Promise.all(
    ['f'.repeat(40), '-x', 'HEAD@{1}', 'main:README.md', '0123abc'].map(
      async (targetSha) => (await at.submit({ targetSha })).status,
    ),
  );
  expect(codes).toEqual([400, 400, 400, 400, 400]);
});

test('no right is a 403 before any input is looked at, and an unknown project a 404', async () => {
  await using at = await waiting();
  expect(await at.server.call('', 'POST', '/projects/shop/rollback-requests', {})).toMatchObject({
    status: 401,
  });
  expect(await at.server.call('jane', 'POST', '/projects/nope/rollback-requests', {})).toMatchObject({
    status: 404,
  });
  const readOnly = await at.server.call('jane:token:read', 'POST', '/projects/shop/rollback-requests', {});
  expect(readOnly).toMatchObject({ status: 403, code: 'token_scope_missing' });
});

test('the branch has the commit although the answer was lost: the approval says completed', async () => {
  await using at = await waiting();
  armFailPoints((point) => {
    if (point === 'git.ref.durable') throw new Error('the answer was lost');
  });
  try {
    expect(await at.act('bob', 'approve')).toMatchObject({ status: 200, body: { state: 'completed' } });
  } finally {
    armFailPoints(undefined);
  }
  await checkInvariants(at.shop);
});
