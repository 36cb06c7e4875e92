import { afterEach, describe, expect, test } from 'vitest';
import { recoverExecutions } from '../../src/app/requests/recover-executions.ts';
import { armFailPoints } from '../../src/std/fail-point.ts';
import { databases } from '../kit/databases.ts';
import { type TestHub, localWebhooks, makeHub } from '../kit/hub.ts';
import { type KeyedWish, keyedServer } from '../kit/keyed-server.ts';
import type { KeyedVictimOrder } from '../kit/keyed-victim.ts';
import { checkInvariants } from '../kit/request-invariants.ts';
import { runProgram } from '../kit/run-program.ts';
import { makeShop, serviceWish } from '../kit/shop.ts';

afterEach(() => armFailPoints(undefined));

/** Throws the first time that a point is passed. */
function throwOnceAt(wanted: string): void {
  let struck = false;
  armFailPoints((point) => {
    if (point !== wanted || struck) return;
    struck = true;
    throw new Error(`a fault was injected at ${point}`);
  });
}

const audited = async (hub: TestHub): Promise<readonly string[]> =>
  (await hub.store.audit.after(0, 1000)).map(({ entry }) => entry.action);

async function setUp(hub: TestHub) {
  const shop = await makeShop(hub, { approvals: 1 });
  const { slug: _slug, ...body } = serviceWish(shop);
  const submit: KeyedWish = { path: '/projects/shop/rollback-requests', body, key: 'submit' };
  return { shop, submit };
}

describe.each(databases)('on $kind', (database) => {
  test('a change whose answer was lost is not made again, and answered from what was saved', async () => {
    await using hub = await makeHub({ database, settings: localWebhooks });
    const { shop, submit } = await setUp(hub);
    await using server = keyedServer(hub);
    const { body: requestText } = await server.ask(shop.jane.id, submit);
    const { id, digest } = JSON.parse(requestText) as { id: string; digest: string };
    const hook = { name: 'chat', project: null, url: 'https://127.0.0.1/hook', events: ['*'] };
    const { body: hookText } = await server.ask(shop.ann.id, { path: '/webhooks', body: hook, key: 'hook' });
    const { webhook } = JSON.parse(hookText) as { webhook: { id: string } };
    const grant = { subject: { kind: 'account', id: shop.bob.id }, verb: 'approve', project: 'shop' };
    const steps: readonly (readonly [who: string, path: string, body?: object | undefined])[] = [
      ['jane', '/projects/shop/rollback-requests', submit.body],
      ['bob', `/requests/${id}/notes`, { text: 'I look at it' }],
      ['bob', `/requests/${id}/approve`, { digest }],
      ['ann', '/projects', { slug: 'other' }],
      ['ann', '/projects/shop/reindex'],
      ['bob', '/projects/shop/break-glass', { justification: 'the shop is down' }],
      ['ann', '/grants', grant],
      ['ann', '/service-accounts', { name: 'release-bot', role: 'viewer' }],
      ['ann', `/webhooks/${webhook.id}/ping`],
    ];
    for (const [at, [who, path, body]] of steps.entries()) {
      const wish = { path, key: `k${at}`, ...(body ? { body } : {}) };
      const { id: accountId = '' } = shop.people[who] ?? {};
      await server.doorOf(accountId);
      throwOnceAt('http.reply.made');
      const lost = await server.ask(accountId, wish);
      const before = await audited(hub);
      const again = await server.ask(accountId, wish);
      expect({ path, lost: lost.status, ...again }).toMatchObject({ path, lost: 500, replayed: true });
      expect([200, 201, 202], `${path} ${again.body}`).toContain(again.status);
      expect(await server.ask(accountId, wish)).toEqual(again);
      expect(await audited(hub)).toEqual(before);
    }
    const requests = await hub.store.requests.list({}, { limit: 10 });
    expect(requests.map(({ state }) => state).toSorted()).toEqual(['completed', 'pending']);
    await checkInvariants({ ...shop, only: shop.project.id });
  });

  test('an answer with a secret needs no second change either', async () => {
    await using hub = await makeHub({ database });
    const { shop } = await setUp(hub);
    await using server = keyedServer(hub);
    const token = { path: '/tokens', body: { name: 'laptop', scopes: ['read'] }, key: 'token' };
    throwOnceAt('http.reply.made');
    expect(await server.ask(shop.jane.id, token)).toMatchObject({ status: 500 });
    for (let time = 0; time < 2; time += 1) {
      const again = await server.ask(shop.jane.id, token);
      expect([again.status, again.body]).toEqual([409, expect.stringContaining('answer_shown_once')]);
    }
    expect((await audited(hub)).filter((action) => action === 'token.created')).toHaveLength(1);
  });

  test('a failure after a change is the answer for ever, one before it is none', async () => {
    await using hub = await makeHub({ database });
    const { shop, submit } = await setUp(hub);
    await using server = keyedServer(hub);
    await server.doorOf(shop.jane.id);
    throwOnceAt('store.commit.before');
    expect(await server.ask(shop.jane.id, { ...submit, key: 'first' })).toMatchObject({ status: 500 });
    const { body } = await server.ask(shop.jane.id, submit);
    const { id, digest } = JSON.parse(body) as { id: string; digest: string };
    const approve = { path: `/requests/${id}/approve`, body: { digest }, key: 'approve' };
    throwOnceAt('git.ref.prepared');
    const failed = await server.ask(shop.bob.id, approve);
    expect([failed.status, failed.body]).toEqual([500, expect.stringContaining('execution_failed')]);
    expect(await server.ask(shop.bob.id, approve)).toEqual({ ...failed, replayed: true });
    const execute = { path: `/requests/${id}/execute`, key: 'execute' };
    expect(await server.ask(shop.ann.id, execute)).toMatchObject({ status: 200 });
    await checkInvariants(shop);
  });

  test('while nobody knows what comes of a change, asking again says so', async () => {
    await using hub = await makeHub({ database });
    const { shop, submit } = await setUp(hub);
    await using server = keyedServer(hub);
    const { body } = await server.ask(shop.jane.id, submit);
    const { id, digest } = JSON.parse(body) as { id: string; digest: string };
    const approve = { path: `/requests/${id}/approve`, body: { digest }, key: 'approve' };
    throwOnceAt('app.request.voted');
    expect(await server.ask(shop.bob.id, approve)).toMatchObject({ status: 500 });
    expect(await server.ask(shop.bob.id, approve)).toMatchObject({
      status: 409,
      body: expect.stringContaining('in_flight') as string,
    });
    await recoverExecutions(hub, { olderThan: 0 });
    const again = await server.ask(shop.bob.id, approve);
    expect(again).toMatchObject({ status: 200, replayed: true });
    expect(JSON.parse(again.body)).toMatchObject({ state: 'completed' });
    await checkInvariants(shop);
  });

  test.for(['app.request.submitted', 'http.reply.made'])(
    'a server that is killed at %s, between a change and its kept answer, does it once',
    async (point) => {
      const first = await makeHub({ database });
      const { shop, submit } = await setUp(first);
      const order: KeyedVictimOrder = {
        database: first.url,
        settings: first.settings,
        secretKey: Buffer.from(first.secretKey).toString('hex'),
        accountId: shop.jane.id,
        wish: submit,
      };
      await first.close();
      const ended = await runProgram(
        process.execPath,
        [`${import.meta.dirname}/../kit/keyed-victim.ts`, JSON.stringify(order)],
        { env: { KNOWNGOOD_FAIL_AT: `${point}:1:kill` } },
      );
      expect(ended).toMatchObject({ signal: 'SIGKILL' });
      // Alone on its data, the next server knows at its start that nobody works on it; else, after ten minutes.
      const alone = database.kind === 'sqlite';
      const later = (): number => Date.now() + (alone ? 0 : 11 * 60_000);
      await using hub = await makeHub({ like: first, clock: later });
      if (alone) await hub.store.idempotencyKeys.letGoAll();
      await using server = keyedServer(hub);
      const again = await server.ask(shop.jane.id, submit);
      expect(again).toMatchObject({ status: 201, replayed: true });
      expect(await server.ask(shop.jane.id, submit)).toEqual(again);
      const requests = await hub.store.requests.list({}, { limit: 10 });
      expect(requests.map(({ id }) => id)).toEqual([(JSON.parse(again.body) as { id: string }).id]);
    },
  );
});
