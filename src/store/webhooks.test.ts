import { describe, expect, test } from 'vitest';
import { databases, freshStore } from '../../test/kit/databases.ts';
import type { Webhook } from './webhooks.ts';

const hook = (id: string, said: Partial<Webhook> = {}): Webhook => ({
  id,
  name: 'a channel',
  projectId: undefined,
  sealedUrl: 'sealed',
  events: ['request.completed'],
  sealedSecret: 'sealed',
  enabled: true,
  version: 1,
  createdBy: 'usr_1',
  createdAt: 1,
  ...said,
});

describe.each(databases)('webhooks on $kind', (database) => {
  test('webhooks are listed page by page, of one project or of all, and those that are switched on', async () => {
    await using store = await freshStore(database);
    const { webhooks } = store;
    await webhooks.add(hook('whk_1'));
    await webhooks.add(hook('whk_2', { projectId: 'prj_1', events: ['*'] }));
    await webhooks.add(hook('whk_3', { projectId: 'prj_2' }));
    await webhooks.add(hook('whk_4', { enabled: false }));
    const ids = async (page: Omit<Parameters<typeof webhooks.list>[0], 'limit'>, limit = 9) =>
      (await webhooks.list({ ...page, limit })).map(({ id }) => id);
    expect(await ids({}, 2)).toEqual(['whk_1', 'whk_2']);
    expect(await ids({ after: 'whk_2' })).toEqual(['whk_3', 'whk_4']);
    expect(await ids({ projectId: 'prj_2' })).toEqual(['whk_3']);
    expect((await webhooks.enabled()).map(({ id }) => id)).toEqual(['whk_1', 'whk_2', 'whk_3']);
    expect(await webhooks.get('whk_2')).toStrictEqual(hook('whk_2', { projectId: 'prj_1', events: ['*'] }));
    expect(await webhooks.change(hook('whk_1', { enabled: false }))).toBe(true);
    expect(await webhooks.change(hook('whk_1'))).toBe(false);
    expect((await webhooks.enabled()).map(({ id }) => id)).toEqual(['whk_2', 'whk_3']);
  });

  test('each attempt of a delivery is written down; the log goes with its webhook', async () => {
    await using store = await freshStore(database);
    const { webhooks, deliveries } = store;
    await webhooks.add(hook('whk_1'));
    for (const id of ['dlv_1', 'dlv_2'])
      await deliveries.add({ id, webhookId: 'whk_1', event: 'x', payload: '{}', createdAt: 5 });
    expect(await deliveries.lastTried('whk_1')).toBeUndefined();
    const failed = { at: 6, milliseconds: 12, status: 500, error: 'answered 500', answer: 'oops' };
    expect(await deliveries.tried('dlv_1', failed, { state: 'pending', nextAt: 8 })).toBe(true);
    expect(await deliveries.get('dlv_1')).toMatchObject({ state: 'pending', nextAt: 8, attempts: 1 });
    const done = { at: 8, milliseconds: 3, status: 204, error: undefined, answer: '' };
    await deliveries.tried('dlv_1', done, { state: 'delivered', finishedAt: 9 });
    const log = {
      state: 'delivered',
      status: 204,
      attempts: 2,
      nextAt: undefined,
      finishedAt: 9,
      triedAt: 8,
    };
    expect(await deliveries.lastTried('whk_1')).toMatchObject({ ...log, id: 'dlv_1', event: 'x' });
    const attempts = await deliveries.attemptsAt(['dlv_1', 'dlv_2']);
    expect(attempts.get('dlv_1')).toEqual([failed, done]);
    expect(attempts.get('dlv_2')).toBeUndefined();
    const ids = async (page: Omit<Parameters<typeof deliveries.of>[1], 'limit'>) =>
      (await deliveries.of('whk_1', { ...page, limit: 9 })).map(({ id }) => id);
    expect(await ids({})).toEqual(['dlv_2', 'dlv_1']);
    expect(await ids({ before: 'dlv_2' })).toEqual(['dlv_1']);
    expect(await ids({ state: 'pending' })).toEqual(['dlv_2']);
    await deliveries.forget(5);
    expect(await webhooks.remove('whk_1')).toBe(true);
    expect(await webhooks.remove('whk_1')).toBe(false);
    expect(await deliveries.get('dlv_2')).toBeUndefined();
    expect((await deliveries.attemptsAt(['dlv_1'])).size).toBe(0);
    expect(await deliveries.tried('dlv_1', done, { state: 'failed', finishedAt: 9 })).toBe(false);
  });

  test('what waits for a webhook is given up at once, and one of it can wait again', async () => {
    await using store = await freshStore(database);
    const { webhooks, deliveries } = store;
    for (const id of ['whk_1', 'whk_2']) await webhooks.add(hook(id));
    for (const [id, webhookId] of [
      ['dlv_1', 'whk_1'],
      ['dlv_2', 'whk_1'],
      ['dlv_3', 'whk_2'],
    ] as const)
      await deliveries.add({ id, webhookId, event: 'x', payload: '{}', createdAt: 5 });
    expect(await deliveries.giveUp('whk_1', 7)).toBe(2);
    expect(await deliveries.get('dlv_1')).toMatchObject({
      state: 'failed',
      finishedAt: 7,
      nextAt: undefined,
    });
    expect(await deliveries.get('dlv_3')).toMatchObject({ state: 'pending' });
    expect(await deliveries.reopen('dlv_1', 8)).toBe(true);
    expect(await deliveries.get('dlv_1')).toMatchObject({
      state: 'pending',
      finishedAt: undefined,
      nextAt: 8,
    });
  });
});
