import { expect, test } from 'vitest';
import { databases } from '../kit/databases.ts';
import { makeHub } from '../kit/hub.ts';
import { pushCommit } from '../kit/push-file.ts';
import { requestServer } from '../kit/request-server.ts';
import { apiGateway, checkout, makeShop, serviceText, serviceWish } from '../kit/shop.ts';

const rollbacks = '/projects/shop/rollback-requests';

test.for(databases)(
  'a rollback behind a commit that says it is irreversible waits for a second person ($kind)',
  async (database) => {
    await using hub = await makeHub({ database });
    const shop = await makeShop(hub, {});
    await using server = requestServer(hub, shop.people);
    const { call } = server;
    const bad = pushCommit(shop, {
      path: apiGateway,
      text: serviceText('v2.2.0'),
      message: 'Release 2.2.0\n\nIrreversible: drops the table orders',
    });
    const { slug: _, ...wish } = serviceWish(shop);
    const preview = await call('jane', 'POST', '/projects/shop/rollback/preview', wish);
    expect(preview).toMatchObject({
      status: 200,
      body: {
        outcome: 'awaits_approval',
        approvalsNeeded: 1,
        plan: { hazards: [{ code: 'irreversible_commit', paths: [apiGateway] }] },
      },
    });
    const { body } = await call('jane', 'POST', rollbacks, wish);
    const hazard = `${bad.slice(0, 8)} cannot be taken back by a rollback alone: drops the table orders`;
    expect(body).toMatchObject({
      state: 'pending',
      plan: { hazards: [{ message: expect.stringContaining(hazard) }] },
    });
    const at = `/requests/${String(body['id'])}`;
    expect(await call('jane', 'POST', `${at}/execute`, {})).toMatchObject({ code: 'state_forbids' });
    const approval = { digest: body['digest'] };
    expect(await call('jane', 'POST', `${at}/approve`, approval)).toMatchObject({ status: 403 });
    expect(await call('bob', 'POST', `${at}/approve`, approval)).toMatchObject({
      body: { state: 'completed' },
    });
    expect(shop.git('show', `main:${apiGateway}`)).toContain('v2.0.9');
  },
);

test('what such a commit did not touch is rolled back as ever', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub, {});
  await using server = requestServer(hub, shop.people);
  const message = 'Release\n\nIrreversible: drops a table';
  pushCommit(shop, { path: checkout, text: serviceText('v9'), message });
  const { slug: _, ...wish } = serviceWish(shop);
  expect(await server.call('jane', 'POST', rollbacks, wish)).toMatchObject({
    status: 201,
    body: { state: 'completed', plan: { hazards: [] } },
  });
});
