import { expect, test } from 'vitest';
import { indexHistory } from '../../src/app/projects/index-history.ts';
import { someHold } from '../../src/domain/hold/hold.test-kit.ts';
import { databases } from '../kit/databases.ts';
import { type TestHub, makeHub } from '../kit/hub.ts';
import { requestServer } from '../kit/request-server.ts';
import { apiGateway, makeShop, serviceText, serviceWish } from '../kit/shop.ts';

const DAY = 86_400_000;

/** The shop after the bad image was rolled back, and its only hold. */
async function rolledBack(hub: TestHub) {
  const shop = await makeShop(hub, {});
  await indexHistory(hub, shop.project.id);
  const server = requestServer(hub, shop.people);
  const { slug: _, ...wish } = serviceWish(shop);
  const done = await server.call('jane', 'POST', '/projects/shop/rollback-requests', wish);
  expect(done).toMatchObject({ status: 201, body: { state: 'completed' } });
  const { body } = await server.call('jane', 'GET', '/projects/shop/holds');
  const [hold] = body['items'] as readonly { readonly id: string; readonly commit: string }[];
  return { shop, server, hold, request: String(done.body['id']), items: body['items'] };
}

const release = (tag: string) => ({
  tenant: 'acme',
  environment: 'production',
  justification: 'once more',
  fields: [{ service: 'api-gateway', field: 'image.tag', value: tag }],
});

test.for(databases)(
  'what a rollback took away does not come back by a release until a person lifts the hold ($kind)',
  async (database) => {
    await using hub = await makeHub({ database });
    const { shop, server, hold, request, items } = await rolledBack(hub);
    await using _ = server;
    const { call } = server;
    // The image is held; the replicas, which came back too, are not.
    expect(items).toMatchObject([
      {
        service: 'api-gateway',
        field: 'image.tag',
        value: 'v2.1.0',
        requestId: request,
        state: 'in_force',
        commit: shop.git('rev-parse', 'main'),
      },
    ]);
    const refused = await call('bob', 'POST', '/projects/shop/releases', release('v2.1.0'));
    expect(refused).toMatchObject({ status: 409, code: 'value_held' });
    expect(refused.message).toContain(`since ${request} took it away`);
    expect(await call('bob', 'POST', '/projects/shop/releases', release('v2.1.1'))).toMatchObject({
      status: 201,
      body: { state: 'completed' },
    });
    const lift = `/holds/${hold?.id}/lift`;
    expect(await call('bob', 'POST', lift, { reason: ' ' })).toMatchObject({ status: 400 });
    expect(await call('bob', 'POST', lift, { reason: 'rebuilt with the fix' })).toMatchObject({
      status: 200,
      body: { state: 'lifted', lifted: { by: { name: 'bob' }, reason: 'rebuilt with the fix' } },
    });
    expect(await call('ann', 'POST', lift, { reason: 'me too' })).toMatchObject({
      status: 409,
      code: 'hold_ended',
    });
    expect(await call('bob', 'POST', '/projects/shop/releases', release('v2.1.0'))).toMatchObject({
      status: 201,
    });
    expect(shop.git('show', `main:${apiGateway}`)).toContain('tag: v2.1.0');
    const actions = (await hub.store.audit.after(0, 100)).map(({ entry }) => entry.action);
    expect(actions.filter((action) => action.startsWith('hold.'))).toEqual(['hold.set', 'hold.lifted']);
  },
);

test('other fields are held where the rollback says so', async () => {
  await using hub = await makeHub({});
  const shop = await makeShop(hub, {});
  await using server = requestServer(hub, shop.people);
  const { slug: _, ...wish } = serviceWish(shop);
  const ask = (hold: readonly string[]) =>
    server.call('jane', 'POST', '/projects/shop/rollback-requests', { ...wish, hold });
  expect(await ask(['#/replicas'])).toMatchObject({ status: 400, code: 'keep_malformed' });
  expect(await ask(['**#/replicas'])).toMatchObject({
    status: 201,
    body: { state: 'completed', scope: { hold: ['**#/replicas'] } },
  });
  const { body } = await server.call('jane', 'GET', '/projects/shop/holds');
  const held = (body['items'] as readonly { readonly field: string; readonly value: unknown }[]).map(
    ({ field, value }) => [field, value] as const,
  );
  const [, replicas] = held.find(([field]) => field === 'replicas') ?? [];
  expect(held.map(([field]) => field).toSorted()).toEqual(['image.tag', 'replicas']);
  const again = {
    ...release('v3'),
    fields: [{ service: 'api-gateway', field: 'replicas', value: replicas }],
  };
  expect(await server.call('bob', 'POST', '/projects/shop/releases', again)).toMatchObject({
    status: 409,
    code: 'value_held',
  });
});

test('a hold ends by itself after a week', async () => {
  let now = Date.now();
  await using hub = await makeHub({ clock: () => now });
  const { server } = await rolledBack(hub);
  await using _ = server;
  now += 7 * DAY - 1;
  expect(await server.call('bob', 'POST', '/projects/shop/releases', release('v2.1.0'))).toMatchObject({
    status: 409,
  });
  now += 1;
  expect((await server.call('bob', 'GET', '/projects/shop/holds')).body).toMatchObject({ items: [] });
  expect((await server.call('bob', 'GET', '/projects/shop/holds?state=all')).body).toMatchObject({
    items: [{ state: 'expired' }],
  });
  expect(await server.call('bob', 'POST', '/projects/shop/releases', release('v2.1.0'))).toMatchObject({
    status: 201,
  });
});

test('undoing the rollback brings the value back and lifts its own hold', async () => {
  await using hub = await makeHub();
  const { shop, server, hold } = await rolledBack(hub);
  await using _ = server;
  const undo = { commit: hold?.commit, justification: 'it was not the image' };
  const undone = await server.call('jane', 'POST', '/projects/shop/undo-requests', undo);
  expect(undone).toMatchObject({ status: 201, body: { state: 'completed' } });
  expect(shop.git('show', `main:${apiGateway}`)).toBe(serviceText('v2.1.0', 5).trim());
  expect((await server.call('bob', 'GET', `/holds/${hold?.id}`)).body).toMatchObject({
    state: 'lifted',
    lifted: { by: { name: 'jane' }, reason: `${String(undone.body['id'])} undid the rollback` },
  });
});

test('a release that was approved before the rollback took its value away is not carried out', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub, { approvals: 1, execution: 'manual' });
  await indexHistory(hub, shop.project.id);
  await using server = requestServer(hub, shop.people);
  const { call } = server;
  const waiting = await call('jane', 'POST', '/projects/shop/releases', {
    ...release('v2.0.7'),
    fields: [{ service: 'checkout', field: 'image.tag', value: 'v2.0.7' }],
  });
  expect(waiting.status).toBe(201);
  const id = String(waiting.body['id']);
  await call('bob', 'POST', `/requests/${id}/approve`, { digest: waiting.body['digest'] });
  const file = 'tenants/acme/production/checkout/service.yaml';
  const times = { setAt: hub.clock(), expiresAt: hub.clock() + DAY };
  const held = { service: 'checkout', file, address: `${file}#/image/tag`, value: 'v2.0.7' };
  await hub.store.holds.add([
    someHold({ id: 'hld-x', projectId: shop.project.id, requestId: 'rbk-x', ...held, ...times }),
  ]);
  const before = shop.git('rev-parse', 'main');
  const executed = await call('bob', 'POST', `/requests/${id}/execute`, {});
  expect(executed.status).toBeGreaterThanOrEqual(400);
  expect((await call('bob', 'GET', `/requests/${id}`)).body).toMatchObject({
    state: 'failed',
    error: { code: 'value_held' },
  });
  expect(shop.git('rev-parse', 'main')).toBe(before);
});
