import { describe, expect, test } from 'vitest';
import { indexHistory } from '../../src/app/projects/index-history.ts';
import { databases } from '../kit/databases.ts';
import { makeHub, person } from '../kit/hub.ts';
import { pushFile } from '../kit/push-file.ts';
import { checkInvariants } from '../kit/request-invariants.ts';
import { requestServer } from '../kit/request-server.ts';
import { type Shop, apiGateway, makeShop, serviceText } from '../kit/shop.ts';

const projectFile =
  'apiVersion: knowngood.dev/v1\nkind: Project\nenvironments: [dev, production]\nlayout:\n  - path: tenants/{tenant}/{environment}/{service}/**\n  - path: variables.yaml\n';
const inDev = apiGateway.replace('production', 'dev');

/** What dev has is newer: another tag, fewer replicas. */
function prepare(shop: Shop): void {
  pushFile(shop, 'knowngood.yaml', projectFile);
  pushFile(shop, inDev, serviceText('v2.2.0', 1));
}

const wish = {
  tenant: 'acme',
  from: 'dev',
  to: 'production',
  services: ['api-gateway'],
  justification: 'A week in dev without an incident',
};
type Body = Readonly<Record<string, unknown>>;
const idOf = (body: Body): string => String(body['id']);
const digestOf = (body: Body): string => String(body['digest'] ?? (body['plan'] as Body)['digest']);

test.for(databases)(
  'a promotion shows what is carried and what stays, waits for its approval and becomes one commit ($kind)',
  async (database) => {
    await using hub = await makeHub({ database });
    const shop = await makeShop(hub, { approvals: 1 });
    prepare(shop);
    await indexHistory(hub, shop.project.id);
    await using server = requestServer(hub, shop.people);
    const { call } = server;
    const preview = await call('jane', 'POST', '/projects/shop/promotions/preview', wish);
    expect(preview).toMatchObject({
      status: 200,
      body: {
        outcome: 'awaits_approval',
        plan: {
          kind: 'promotion',
          environment: 'production',
          from: 'dev',
          service: 'api-gateway',
          services: [
            { service: 'api-gateway', fields: [{ field: 'image.tag', before: 'v2.1.0', after: 'v2.2.0' }] },
          ],
          kept: [
            {
              path: apiGateway,
              address: '#/replicas',
              pattern: null,
              reason: 'it is no image, chart version, value or variable',
            },
          ],
        },
      },
    });
    const digest = digestOf(preview.body);
    const submitted = await call('jane', 'POST', '/projects/shop/promotions', { ...wish, digest });
    expect(submitted).toMatchObject({ status: 201, body: { kind: 'promotion', state: 'pending', digest } });
    const id = idOf(submitted.body);
    expect(id).toMatch(/^prm-/);
    expect(await call('jane', 'POST', `/requests/${id}/approve`, { digest })).toMatchObject({
      status: 403,
      message: 'cannot approve/reject your own promotion request',
    });
    const approved = await call('bob', 'POST', `/requests/${id}/approve`, { digest });
    const commit = shop.git('rev-parse', 'main');
    expect(approved).toMatchObject({ status: 200, body: { state: 'completed', commit } });
    expect(shop.git('show', `main:${apiGateway}`)).toBe(serviceText('v2.2.0', 5).trimEnd());
    expect(shop.git('log', '-1', '--format=%B'))
      .toBe(`Promotion: tenant/acme env/dev → env/production: api-gateway v2.2.0

From: dev
Service: api-gateway
Justification: A week in dev without an incident
Author: jane@example.com
Approval: Approved by bob@example.com (quorum: 1/1)
Promotion Request ID: ${id}

Promotion-Request-Id: ${id}
Plan-Digest: ${digest}
`);
    const where = { tenant: 'acme', environment: 'production' };
    const { deployments } = await hub.store.deployments.list(shop.project.id, where, { limit: 1 });
    expect(deployments).toMatchObject([{ revision: commit, source: 'promotion', requestId: id }]);
    expect(await call('jane', 'POST', '/projects/shop/promotions', wish)).toMatchObject({
      status: 409,
      code: 'nothing_to_change',
      message:
        'there is nothing to change: acme/production api-gateway has all of it already; 1 other differences stay',
    });
    await checkInvariants(shop);
  },
);

describe('a promotion is refused', () => {
  test('when the earlier environment has moved since it was looked at', async () => {
    await using hub = await makeHub();
    const shop = await makeShop(hub, { approvals: 1 });
    prepare(shop);
    await using server = requestServer(hub, shop.people);
    const { body } = await server.call('jane', 'POST', '/projects/shop/promotions', wish);
    pushFile(shop, inDev, serviceText('v2.3.0', 1));
    const vote = { digest: digestOf(body) };
    expect(await server.call('bob', 'POST', `/requests/${idOf(body)}/approve`, vote)).toMatchObject({
      status: 409,
      code: 'scope_moved',
    });
    await checkInvariants(shop);
  });

  test('backwards, and where the order is not declared', async () => {
    await using hub = await makeHub();
    const shop = await makeShop(hub);
    await using server = requestServer(hub, shop.people);
    const submit = (parts: object) =>
      server.call('jane', 'POST', '/projects/shop/promotions', { ...wish, ...parts });
    expect(await submit({})).toMatchObject({ status: 400, code: 'promotion_order' });
    prepare(shop);
    expect(await submit({ from: 'production', to: 'dev' })).toMatchObject({
      status: 400,
      message:
        'a promotion goes from an earlier environment to a later one: production to dev is none (dev, production)',
    });
  });

  test('to who may not see the environment that it comes from', async () => {
    await using hub = await makeHub();
    const shop = await makeShop(hub);
    prepare(shop);
    const dave = await person(hub, 'dave', { role: undefined });
    for (const verb of ['request', 'preview', 'read'] as const)
      await hub.store.grants.add({
        id: hub.newId('grt_'),
        to: { accountId: dave.id },
        verb,
        projectId: shop.project.id,
        tenant: 'acme',
        environment: 'production',
        createdAt: hub.clock(),
      });
    await using server = requestServer(hub, { ...shop.people, dave });
    for (const path of ['promotions', 'promotions/preview'])
      expect((await server.call('dave', 'POST', `/projects/shop/${path}`, wish)).status).toBe(403);
    expect(shop.git('show', `main:${apiGateway}`)).toBe(serviceText('v2.1.0', 5).trimEnd());
  });
});
