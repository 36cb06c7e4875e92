import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { indexHistory } from '../../src/app/projects/index-history.ts';
import { databases } from '../kit/databases.ts';
import { git } from '../kit/git.ts';
import { makeHub } from '../kit/hub.ts';
import { checkInvariants } from '../kit/request-invariants.ts';
import { requestServer } from '../kit/request-server.ts';
import { temporaryFolder } from '../kit/repository.ts';
import { apiGateway, makeShop, serviceText, serviceWish } from '../kit/shop.ts';

test.for(databases)(
  'from the bad release to the approved rollback in a clone, as the page tells it ($kind)',
  async (database) => {
    await using hub = await makeHub({ database });
    const shop = await makeShop(hub, { approvals: 1 });
    await indexHistory(hub, shop.project.id);
    await using server = requestServer(hub, shop.people);
    const { call } = server;
    const { slug: _slug, ...wish } = serviceWish(shop);

    const preview = await call('jane', 'POST', '/projects/shop/rollback/preview', wish);
    expect(preview).toMatchObject({
      status: 200,
      body: {
        outcome: 'awaits_approval',
        approvalsNeeded: 1,
        openRequests: [],
        plan: {
          impact: { services: 1, fields: 2, files: 1 },
          services: [
            {
              service: 'api-gateway',
              fields: [
                { field: 'image.tag', before: 'v2.1.0', after: 'v2.0.9' },
                { field: 'replicas', before: 5, after: 3 },
              ],
            },
          ],
          shared: [{ path: 'variables.yaml', included: false }],
        },
      },
    });
    expect(preview.body['approvers']).toMatchObject({ people: [{ name: 'bob' }, { name: 'ann' }], more: 0 });
    const { digest } = preview.body['plan'] as { digest: string };

    const submitted = await call('jane', 'POST', '/projects/shop/rollback-requests', { ...wish, digest });
    expect(submitted).toMatchObject({ status: 201, body: { state: 'pending', digest, commit: null } });
    const { id } = submitted.body as { id: string };
    const path = `/rollback-requests/${id}`;
    expect(await call('jane', 'POST', `${path}/approve`, { digest })).toMatchObject({
      status: 403,
      message: 'cannot approve/reject your own rollback request',
    });
    expect(await call('bob', 'GET', '/rollback-requests?waitsForMe=true')).toMatchObject({
      status: 200,
      body: { items: [{ id, waitsForMe: true }], nextCursor: null },
    });

    const approved = await call('bob', 'POST', `${path}/approve`, { digest, comment: 'go' });
    const commit = shop.git('rev-parse', 'main');
    expect(approved).toMatchObject({
      status: 200,
      body: { state: 'completed', commit, approvalsCounted: 1 },
    });
    expect(shop.git('log', '-1', '--format=%an <%ae>, %cn <%ce>%n%B')).toBe(
      `jane <jane@example.com>, Knowngood <knowngood@localhost>
Rollback: tenant/acme env/production → revision ${shop.good.slice(0, 8)}

Mode: service
Service: api-gateway
Justification: Bad image tag v2.1.0 causing 500 errors
Author: jane@example.com
Approval: Approved by bob@example.com (quorum: 1/1)
Rollback Request ID: ${id}

Rollback-Request-Id: ${id}
Rollback-Target: ${shop.good}
Plan-Digest: ${digest}
`,
    );
    const clone = temporaryFolder('clone');
    git(clone, 'clone', '-q', hub.repositories.pathOf(shop.project.id), '.');
    expect(readFileSync(join(clone, apiGateway), 'utf8')).toBe(serviceText('v2.0.9'));
    expect(git(clone, 'diff', '--name-only', 'HEAD^', 'HEAD')).toBe(apiGateway);

    const where = { tenant: 'acme', environment: 'production' };
    const { deployments } = await hub.store.deployments.list(shop.project.id, where, { limit: 9 });
    expect(deployments).toMatchObject([
      { revision: commit, source: 'rollback', requestId: id, status: 'success', services: ['api-gateway'] },
      { revision: shop.bad, status: 'rolled_back', statusServices: ['api-gateway'] },
      { revision: shop.good, status: 'success' },
      { status: 'success' },
    ]);
    const note = await call('jane', 'POST', `${path}/notes`, { text: 'The tag was never built.' });
    expect(note).toMatchObject({ status: 201, body: { notes: [{ text: 'The tag was never built.' }] } });
    const { items } = (await call('bob', 'GET', '/requests?project=shop')).body as {
      items: { id: string }[];
    };
    expect(items.map((item) => item.id)).toEqual([id]);
    expect((await call('bob', 'GET', `/requests/${id}/plan`)).body).toMatchObject({ digest, empty: false });
    await checkInvariants(shop);
  },
);

test('the audit tells the story in order, and each row holds the hash of the one before', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub, { approvals: 1 });
  await using server = requestServer(hub, shop.people);
  const { slug: _slug, ...wish } = serviceWish(shop);
  const { id, digest } = (await server.call('jane', 'POST', '/projects/shop/rollback-requests', wish))
    .body as {
    id: string;
    digest: string;
  };
  await server.call('bob', 'POST', `/requests/${id}/approve`, { digest });
  const rows = await hub.store.audit.after(0, 100);
  expect(rows.map(({ entry }) => `${entry.actor.name} ${entry.action}`)).toEqual([
    'jane request.submitted',
    'bob request.approved',
    'bob request.executing',
    'Knowngood request.completed',
    'Knowngood hold.set',
  ]);
  expect(rows.every(({ entry }) => entry.requestId === id)).toBe(true);
  await checkInvariants(shop);
});
