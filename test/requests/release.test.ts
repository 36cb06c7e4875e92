import { describe, expect, test } from 'vitest';
import { indexHistory } from '../../src/app/projects/index-history.ts';
import { databases } from '../kit/databases.ts';
import { makeHub, person } from '../kit/hub.ts';
import { checkInvariants } from '../kit/request-invariants.ts';
import { requestServer } from '../kit/request-server.ts';
import { apiGateway, checkout, globexApi, makeShop, serviceText } from '../kit/shop.ts';

const place = { tenant: 'acme', environment: 'production' };
const field = (name: string, value: unknown, service = 'api-gateway') => ({ service, field: name, value });
const release = (parts: object) => ({ ...place, justification: 'Fixes the cache of v2.1.0', ...parts });

type Body = Readonly<Record<string, unknown>>;
const idOf = (body: Body): string => String(body['id']);
const digestOf = (body: Body): string => String(body['digest'] ?? (body['plan'] as Body)['digest']);

test.for(databases)(
  'a release waits for its approval, becomes one commit, and a rollback takes it back to the byte ($kind)',
  async (database) => {
    await using hub = await makeHub({ database });
    const shop = await makeShop(hub, { approvals: 1 });
    await indexHistory(hub, shop.project.id);
    await using server = requestServer(hub, shop.people);
    const { call } = server;
    const wish = release({
      fields: [
        field('image.tag', 'v2.1.1'),
        { service: 'api-gateway', field: 'replicas', text: '4' },
        field('image.tag', 'v2.2.0', 'checkout'),
      ],
    });
    const preview = await call('jane', 'POST', '/projects/shop/releases/preview', wish);
    expect(preview).toMatchObject({
      status: 200,
      body: {
        outcome: 'awaits_approval',
        approvalsNeeded: 1,
        plan: {
          kind: 'release',
          mode: 'field',
          target: null,
          service: null,
          impact: { services: 2, fields: 3, files: 2 },
          services: [
            {
              service: 'api-gateway',
              fields: [
                { field: 'image.tag', before: 'v2.1.0', after: 'v2.1.1' },
                { field: 'replicas', before: 5, after: 4 },
              ],
            },
            { service: 'checkout', fields: [{ field: 'image.tag', after: 'v2.2.0' }] },
          ],
        },
      },
    });
    const digest = digestOf(preview.body);
    const submitted = await call('jane', 'POST', '/projects/shop/releases', { ...wish, digest });
    expect(submitted).toMatchObject({ status: 201, body: { kind: 'release', state: 'pending', digest } });
    const id = idOf(submitted.body);
    expect(id).toMatch(/^rel-/);
    expect(await call('jane', 'POST', `/requests/${id}/approve`, { digest })).toMatchObject({
      status: 403,
      message: 'cannot approve/reject your own release request',
    });
    // An address for rollbacks alone does not know it.
    expect((await call('bob', 'GET', `/rollback-requests/${id}`)).status).toBe(404);
    expect((await call('bob', 'GET', `/requests/${id}/plan`)).body).toMatchObject({
      digest,
      kind: 'release',
    });
    const approved = await call('bob', 'POST', `/requests/${id}/approve`, { digest });
    const commit = shop.git('rev-parse', 'main');
    expect(approved).toMatchObject({ status: 200, body: { state: 'completed', commit } });
    expect(shop.git('log', '-1', '--format=%an <%ae>%n%B')).toBe(`jane <jane@example.com>
Release: tenant/acme env/production → api-gateway v2.1.1, checkout v2.2.0

Fields: image.tag, replicas, image.tag
Justification: Fixes the cache of v2.1.0
Author: jane@example.com
Approval: Approved by bob@example.com (quorum: 1/1)
Release Request ID: ${id}

Release-Request-Id: ${id}
Plan-Digest: ${digest}
`);
    expect(shop.git('show', `main:${apiGateway}`)).toBe(serviceText('v2.1.1', 4).trimEnd());
    expect(shop.git('diff', '--name-only', 'HEAD^', 'HEAD').split('\n')).toEqual([apiGateway, checkout]);
    const { deployments } = await hub.store.deployments.list(shop.project.id, place, { limit: 1 });
    expect(deployments).toMatchObject([{ revision: commit, source: 'release', requestId: id }]);
    expect((await call('bob', 'GET', `/requests/${id}/evidence`)).body).toMatchObject({
      change: { lost: null, diff: expect.stringContaining('+  tag: v2.1.1') },
      commit: { id: commit },
    });

    const back = { ...place, mode: 'full', targetSha: shop.bad, justification: 'worse than before' };
    const undone = await call('jane', 'POST', '/projects/shop/rollback-requests', back);
    await call('bob', 'POST', `/requests/${idOf(undone.body)}/approve`, { digest: digestOf(undone.body) });
    expect(shop.git('rev-parse', 'main^{tree}')).toBe(shop.git('rev-parse', `${shop.bad}^{tree}`));
    const rows = await hub.store.deployments.list(shop.project.id, place, { limit: 2 });
    expect(rows.deployments[1]).toMatchObject({ revision: commit, status: 'rolled_back' });
    await checkInvariants(shop);
  },
);

test.for(databases)(
  'another change of the same field stops an approved release, of another one does not ($kind)',
  async (database) => {
    await using hub = await makeHub({ database });
    const shop = await makeShop(hub, { approvals: 1 });
    await using server = requestServer(hub, shop.people);
    const submit = async (fields: readonly object[]) =>
      (await server.call('jane', 'POST', '/projects/shop/releases', release({ fields }))).body;
    const approve = async (body: Body) =>
      server.call('bob', 'POST', `/requests/${idOf(body)}/approve`, { digest: digestOf(body) });
    const [tag, replicas, again] = [
      await submit([field('image.tag', 'v2.1.1')]),
      await submit([field('replicas', 9)]),
      await submit([field('image.tag', 'v2.1.2')]),
    ];
    expect(await approve(tag)).toMatchObject({ status: 200 });
    expect(await approve(replicas)).toMatchObject({ status: 200 });
    expect(shop.git('show', `main:${apiGateway}`)).toBe(serviceText('v2.1.1', 9).trimEnd());
    const moved = await approve(again);
    expect(moved).toMatchObject({ status: 409, code: 'scope_moved' });
    expect(moved.message).toContain(apiGateway);
    expect((await server.call('jane', 'POST', `/requests/${idOf(again)}/cancel`, {})).status).toBe(200);
    const anew = await server.call('jane', 'POST', `/requests/${idOf(again)}/resubmit`, {});
    expect(anew).toMatchObject({ status: 201, body: { kind: 'release', resubmitOf: idOf(again) } });
    expect(await approve(anew.body)).toMatchObject({ status: 200, body: { state: 'completed' } });
    expect(shop.git('show', `main:${apiGateway}`)).toBe(serviceText('v2.1.2', 9).trimEnd());
    await checkInvariants(shop);
  },
);

describe('of whole files', () => {
  test('files come, change and go; a shared one takes the right to push, and concerns all who read it', async () => {
    await using hub = await makeHub();
    const shop = await makeShop(hub);
    const dave = await person(hub, 'dave', { role: undefined });
    for (const verb of ['request', 'preview', 'read'] as const)
      await hub.store.grants.add({
        id: hub.newId('grt_'),
        to: { accountId: dave.id },
        verb,
        projectId: shop.project.id,
        tenant: undefined,
        environment: undefined,
        createdAt: hub.clock(),
      });
    await using server = requestServer(hub, { ...shop.people, dave });
    const submit = (who: string, files: readonly object[]) =>
      server.call(who, 'POST', '/projects/shop/releases', release({ files }));
    const patch = apiGateway.replace('service.yaml', 'patch.yaml');
    const own = [
      { path: patch, content: 'a: 1\n' },
      { path: checkout, content: null },
    ];
    expect(await submit('dave', own)).toMatchObject({ status: 201, body: { state: 'completed' } });
    expect(shop.git('diff', '--name-status', 'HEAD^', 'HEAD').split('\n')).toEqual([
      `A\t${patch}`,
      `D\t${checkout}`,
    ]);
    const shared = [{ path: 'variables.yaml', content: 'LOG_LEVEL: warn\n' }];
    expect(await submit('dave', shared)).toMatchObject({ status: 403, code: 'role_missing' });
    const done = await submit('jane', shared);
    expect(done).toMatchObject({ status: 201, body: { state: 'completed' } });
    expect((done.body['scope'] as { where: object[] }).where).toHaveLength(4);
    expect(await submit('jane', shared)).toMatchObject({ status: 409, code: 'nothing_to_change' });
    await checkInvariants(shop);
  });

  test.each([
    [{ files: [{ path: globexApi, content: 'x' }] }, 400, 'release_path'],
    [{ files: [{ path: 'knowngood.yaml', content: 'x' }] }, 400, 'release_path'],
    [{ fields: [] }, 400, 'release_empty'],
    [{ fields: [{ service: 'api-gateway', field: 'image.tag' }] }, 400, 'input_invalid'],
    [{ fields: [field('image.tag', 'v2.1.0')] }, 409, 'nothing_to_change'],
    [{ fields: [field('image.tgo', 'v2')], justification: '' }, 400, 'justification_required'],
  ])('%j is refused', async (parts, status, code) => {
    await using hub = await makeHub();
    const shop = await makeShop(hub);
    await using server = requestServer(hub, shop.people);
    const answer = await server.call('jane', 'POST', '/projects/shop/releases', release(parts));
    expect(answer).toMatchObject({ status, code });
    expect(shop.git('rev-parse', 'main')).toBe(shop.bad);
  });
});

test('a release waits where it needs an approval that the plan does not have: nothing runs', async () => {
  await using hub = await makeHub({ settings: { switchedOff: ['rollback_approval'] } });
  const shop = await makeShop(hub, { approvals: 1 });
  await using server = requestServer(hub, shop.people);
  const wish = release({ fields: [field('image.tag', 'v2.1.1')] });
  expect(await server.call('jane', 'POST', '/projects/shop/releases', wish)).toMatchObject({
    status: 403,
    code: 'feature_disabled',
  });
  expect(shop.git('rev-parse', 'main')).toBe(shop.bad);
});
