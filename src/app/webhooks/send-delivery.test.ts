import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, test } from 'vitest';
import { databases } from '../../../test/kit/databases.ts';
import { type TestHub, localWebhooks, makeHub, person } from '../../../test/kit/hub.ts';
import { hookReceiver } from '../../../test/kit/receiver.ts';
import { addHook, happen, sendDue } from '../../../test/kit/webhooks.ts';
import { armFailPoints } from '../../std/fail-point.ts';
import { startForgetting } from '../instance/start-forgetting.ts';
import { deleteWebhook } from './delete-webhook.ts';
import { listDeliveries } from './list-deliveries.ts';
import { pingWebhook } from './ping-webhook.ts';
import { redeliver } from './redeliver.ts';

afterEach(() => armFailPoints(undefined));

const settings = localWebhooks;
const hour = 3_600_000;
const events = ['policy.*', 'push.*'];

async function at(database = databases[0]) {
  const clock = { now: Date.now() };
  const hub = await makeHub({ ...(database && { database }), settings, clock: () => clock.now });
  const admin = await person(hub, 'admin', { role: 'admin' });
  /** Deliveries of a webhook with their attempts, oldest first. */
  const logOf = async (id: string) => (await listDeliveries(hub, admin, { id })).items.toReversed();
  /** Waits for the next attempt of what waits, and makes it. */
  const next = async (id: string): Promise<number> => {
    const waiting = (await logOf(id)).find(({ delivery }) => delivery.state === 'pending');
    const before = clock.now;
    clock.now = waiting?.delivery.nextAt ?? clock.now;
    await sendDue(hub);
    return (clock.now - before) / 1000;
  };
  return { hub, clock, admin, logOf, next, [Symbol.asyncDispose]: hub.close };
}

const changesOf = async (hub: TestHub) =>
  (await hub.store.audit.list({ actions: ['webhook.changed'] }, { limit: 9 })).map(({ entry }) => entry);

describe.each(databases)('deliveries on $kind', (database) => {
  test('what failed is tried again later and later, and what came after it waits its turn', async () => {
    await using here = await at(database);
    const { hub, logOf, next } = here;
    await using away = await hookReceiver((_, index, reply) => {
      if (index > 2) return 204;
      reply.writeHead(503).end(index === 0 ? 'away\u001b[2J for \u202elunch' : '');
      return undefined;
    });
    const { id } = await addHook(hub, away, { events });
    await happen(hub, 'policy.changed');
    await happen(hub, 'push.accepted');
    expect(await sendDue(hub)).toBe(1);
    expect([await next(id), await next(id)]).toEqual([5, 30]);
    expect((await logOf(id)).map(({ delivery }) => delivery.state)).toEqual(['pending', 'pending']);
    expect(await next(id)).toBe(120);
    expect(away.received.map(({ type }) => type)).toEqual([
      'policy.changed',
      'policy.changed',
      'policy.changed',
      'policy.changed',
      'push.accepted',
    ]);
    expect(new Set(away.received.map((message) => message.id)).size).toBe(2);
    const [first, second] = await logOf(id);
    expect(first).toMatchObject({ delivery: { state: 'delivered', status: 204, attempts: 4 } });
    expect(first?.attempts.map(({ status, error }) => [status, error])).toEqual([
      ...[503, 503, 503].map((status) => [status, `answered ${status}`]),
      [204, undefined],
    ]);
    expect(first?.attempts[0]?.answer).toBe('away\\u{1b}[2J for \\u{202e}lunch');
    expect(second).toMatchObject({ delivery: { state: 'delivered', attempts: 1 } });
  });

  test('what was sent when somebody died is sent again under the same id, and not before their time is over', async () => {
    await using here = await at(database);
    const { hub, clock, logOf } = here;
    await using channel = await hookReceiver();
    const { id, secret } = await addHook(hub, channel, { events });
    await happen(hub, 'policy.changed');
    armFailPoints((point) => {
      if (point === 'app.delivery.posted') throw new Error('killed');
    });
    await expect(sendDue(hub)).rejects.toThrow('killed');
    armFailPoints(undefined);
    clock.now += 59_999;
    expect(await sendDue(hub)).toBe(0);
    clock.now += 1;
    expect(await sendDue(hub)).toBe(1);
    expect(channel.received).toHaveLength(2);
    expect(channel.received[1]?.id).toBe(channel.received[0]?.id);
    for (const { body, headers } of channel.received)
      new Webhook(secret).verify(body, headers as Record<string, string>);
    expect(await logOf(id)).toMatchObject([{ delivery: { state: 'delivered' } }]);
  });

  test('after a day it is given up and kept as a dead letter, until somebody sends it again', async () => {
    await using here = await at(database);
    const { hub, clock, admin, logOf, next } = here;
    const says = { status: 500 };
    await using away = await hookReceiver(() => says.status);
    const { id } = await addHook(hub, away, { events });
    await happen(hub, 'policy.changed');
    await sendDue(hub);
    const began = clock.now;
    while ((await logOf(id))[0]?.delivery.state === 'pending') await next(id);
    expect(clock.now - began).toBe(24 * hour);
    expect(await hub.store.outbox.counts()).toEqual({ waiting: 0, dead: 1 });
    const attempts = away.received.length;
    expect(attempts).toBeGreaterThan(24);

    says.status = 200;
    await happen(hub, 'push.accepted');
    await sendDue(hub);
    const [dead, later] = await logOf(id);
    expect(dead?.delivery).toMatchObject({ state: 'failed', nextAt: undefined, attempts });
    expect(later?.delivery.state).toBe('delivered');

    const deliveryId = dead?.delivery.id ?? '';
    expect((await redeliver(hub, admin, deliveryId)).delivery.state).toBe('pending');
    expect(await hub.store.outbox.counts()).toMatchObject({ dead: 0 });
    await sendDue(hub);
    expect(away.received.at(-1)?.id).toBe(deliveryId);
    expect((await logOf(id))[0]?.delivery).toMatchObject({ state: 'delivered', attempts: attempts + 1 });
  });

  test('a receiver that wants nothing any more switches its webhook off, which is in the log', async () => {
    await using here = await at(database);
    const { hub, logOf } = here;
    await using gone = await hookReceiver(() => 410);
    const { id } = await addHook(hub, gone, { events });
    await happen(hub, 'policy.changed');
    await happen(hub, 'push.accepted');
    await sendDue(hub);
    expect(await sendDue(hub)).toBe(0);
    expect(gone.received).toHaveLength(1);
    expect(await hub.store.webhooks.get(id)).toMatchObject({ enabled: false });
    expect((await logOf(id)).map(({ delivery }) => delivery.state)).toEqual(['failed', 'failed']);
    expect(await hub.store.outbox.counts()).toEqual({ waiting: 0, dead: 0 });
    expect(await changesOf(hub)).toMatchObject([
      { actor: { accountId: 'system' }, details: { enabled: false, reason: 'answered 410' } },
    ]);
  });

  test('a test event and a repetition overtake what waits for a receiver that was away', async () => {
    await using here = await at(database);
    const { hub, admin, logOf } = here;
    const says = { status: 500 };
    await using channel = await hookReceiver(() => says.status);
    const { id } = await addHook(hub, channel, { events });
    await happen(hub, 'policy.changed');
    await sendDue(hub);
    says.status = 204;
    await pingWebhook(hub, admin, id);
    expect(await sendDue(hub)).toBe(1);
    expect(channel.received.at(-1)?.text).toBe('Test event: admin asked whether events arrive here');
    const [waiting] = await logOf(id);
    await redeliver(hub, admin, waiting?.delivery.id ?? '');
    expect(await sendDue(hub)).toBe(1);
    expect((await logOf(id)).map(({ delivery }) => delivery.state)).toEqual(['delivered', 'delivered']);
  });

  test('with a webhook goes what waits for it', async () => {
    await using here = await at(database);
    const { hub, admin } = here;
    await using away = await hookReceiver(() => 500);
    const { id } = await addHook(hub, away, { events });
    await happen(hub, 'policy.changed');
    await pingWebhook(hub, admin, id);
    await sendDue(hub);
    await deleteWebhook(hub, admin, id);
    await sendDue(hub);
    expect(await hub.store.outbox.counts()).toEqual({ waiting: 0, dead: 0 });
    expect(away.received).toHaveLength(2);
  });

  test('deliveries are forgotten after 30 days', async () => {
    await using here = await at(database);
    const { hub, clock, logOf } = here;
    await using channel = await hookReceiver();
    const { id } = await addHook(hub, channel, { events });
    await happen(hub, 'policy.changed');
    await sendDue(hub);
    const forget = async () => startForgetting(hub, (error) => expect.unreachable(String(error))).stop();
    clock.now += 30 * 24 * hour;
    await forget();
    expect(await logOf(id)).toHaveLength(1);
    clock.now += 1;
    await forget();
    expect(await logOf(id)).toEqual([]);
  });
});

test('a redirect is not followed, and counts as a failure', async () => {
  await using here = await at();
  const { hub, logOf } = here;
  await using inside = await hookReceiver();
  await using redirecting = await hookReceiver((_message, _index, reply) => {
    reply.writeHead(307, { location: inside.url }).end();
    return undefined;
  });
  const { id } = await addHook(hub, redirecting, { events });
  await happen(hub, 'policy.changed');
  await sendDue(hub);
  expect(inside.received).toEqual([]);
  expect((await logOf(id))[0]?.attempts).toMatchObject([
    { status: 307, error: 'answered 307; redirects are not followed' },
  ]);
});

test('an address that may not be reached any more is not called, and its path is in no message', async () => {
  await using here = await at();
  await using channel = await hookReceiver();
  const { id } = await addHook(here.hub, channel, { events });
  await happen(here.hub, 'policy.changed');
  const stricter = {
    ...here.hub,
    settings: { ...here.hub.settings, webhooks: { networks: [], plainHttp: true } },
  };
  await sendDue(stricter);
  expect(channel.received).toEqual([]);
  const log = JSON.stringify(await here.logOf(id));
  expect(log).toContain('127.0.0.1 does not lead to an address that may be used');
  expect(log).not.toContain('s3cret-path');
});
