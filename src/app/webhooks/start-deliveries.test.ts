import { describe, expect, test } from 'vitest';
import { databases } from '../../../test/kit/databases.ts';
import { localWebhooks, makeHub } from '../../../test/kit/hub.ts';
import { hookReceiver } from '../../../test/kit/receiver.ts';
import { addHook, happen, sendDue } from '../../../test/kit/webhooks.ts';
import { startDeliveries } from './start-deliveries.ts';

const settings = localWebhooks;
const events = ['policy.*'];
const refuse = (error: unknown): void => {
  throw error;
};

describe.each(databases)('the loop of deliveries on $kind', (database) => {
  test('a receiver that does not answer holds up nobody else, and stop does not wait for it long', async () => {
    await using hub = await makeHub({ database, settings });
    await using slow = await hookReceiver(() => undefined);
    await using quick = await hookReceiver();
    const { id } = await addHook(hub, slow, { events });
    await addHook(hub, quick, { events });
    const loop = startDeliveries(hub, refuse);
    for (let event = 1; event <= 5; event += 1) await happen(hub, 'policy.changed');
    await quick.until(5);
    await slow.until(1);
    await loop.stop();
    expect(slow.received).toHaveLength(1);
    // Whoever comes next does not have to wait until the hold is over: it was given back, as if never sent.
    const [first] = (await hub.store.deliveries.of(id, { limit: 9 })).toReversed();
    expect(first).toMatchObject({ state: 'pending', attempts: 0 });
    expect(slow.received[0]?.id).toBe(first?.id);
    expect(await hub.store.outbox.due('delivery', hub.clock())).toBe(true);
    expect(await hub.store.outbox.counts()).toEqual({ waiting: 5, dead: 0 });
  });

  test('what fails in one delivery is told, and others go on', async () => {
    await using hub = await makeHub({ database, settings });
    await using one = await hookReceiver();
    await using two = await hookReceiver();
    const { id } = await addHook(hub, one, { events });
    await addHook(hub, two, { events });
    const { deliveries } = hub.store;
    const get: typeof deliveries.get = async (deliveryId) => {
      const found = await deliveries.get(deliveryId);
      if (found?.webhookId === id) throw new Error('unreadable');
      return found;
    };
    const errors: unknown[] = [];
    const broken = { ...hub, store: { ...hub.store, deliveries: { ...deliveries, get } } };
    const loop = startDeliveries(broken, (error) => errors.push(error));
    await happen(hub, 'policy.changed');
    await two.until(1);
    await loop.stop();
    expect(errors).toMatchObject([{ message: 'unreadable' }]);
    expect(one.received).toEqual([]);
  });
});

describe.each(databases.filter(({ kind }) => kind === 'postgres'))('two hubs on one $kind', (database) => {
  test('send every event once, in its order', async () => {
    await using hub = await makeHub({ database, settings });
    await using other = await makeHub({ like: hub, settings });
    await using channel = await hookReceiver();
    await addHook(hub, channel, { events });
    const loops = [startDeliveries(hub, refuse), startDeliveries(other, refuse)];
    const told = 30;
    for (let event = 1; event <= told; event += 1) await happen(event % 2 ? hub : other, 'policy.changed');
    await channel.until(told);
    await Promise.all(loops.map((loop) => loop.stop()));
    expect(await sendDue(hub)).toBe(0);
    const order = channel.received.map(
      ({ body }) => (JSON.parse(body) as { data: { seq: number } }).data.seq,
    );
    expect(order).toHaveLength(told);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(new Set(order).size).toBe(told);
  });
});
