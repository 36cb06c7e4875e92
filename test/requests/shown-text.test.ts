import { expect, test } from 'vitest';
import { indexHistory } from '../../src/app/projects/index-history.ts';
import { makeHub } from '../kit/hub.ts';
import { requestServer } from '../kit/request-server.ts';
import { apiGateway, checkout, makeShop, serviceText, serviceWish } from '../kit/shop.ts';

test('a preview shows the text of a file that it would change, before and after', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  await indexHistory(hub, shop.project.id);
  await using server = requestServer(hub, shop.people);
  const { slug: _slug, ...wish } = serviceWish(shop);
  const look = async (showText: string | undefined, more: object = {}) =>
    (await server.call('jane', 'POST', '/projects/shop/rollback/preview', { ...wish, ...more, showText }))
      .body['text'];
  expect(await look(undefined)).toBeNull();
  expect(await look(checkout)).toBeNull();
  const before = serviceText('v2.1.0', 5);
  expect(await look(apiGateway)).toEqual({
    path: apiGateway,
    before,
    after: serviceText('v2.0.9'),
    opaque: null,
  });
  const oneField = { mode: 'field', selectedFields: ['image.tag'] };
  expect(await look(apiGateway, oneField)).toMatchObject({ before, after: serviceText('v2.0.9', 5) });
});

test('of a file that holds a secret nothing is shown', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  await using server = requestServer(hub, shop.people);
  const path = apiGateway.replace('service.yaml', 'login.yaml');
  const content = 'apiVersion: v1\nkind: Secret\nstringData:\n  password: hunter2\n';
  const { body } = await server.call('jane', 'POST', '/projects/shop/releases/preview', {
    tenant: 'acme',
    environment: 'production',
    files: [{ path, content }],
    showText: path,
  });
  expect(body['text']).toEqual({ path, before: null, after: null, opaque: 'it holds a secret' });
  expect(JSON.stringify(body)).not.toContain('hunter2');
});
