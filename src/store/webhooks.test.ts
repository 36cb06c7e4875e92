import { describe, expect, test } from 'vitest';
import { databases, freshStore } from '../../test/kit/databases.ts';
import type { Webhook } from './webhooks.ts';

const hook = (id: string, said: Partial<Webhook> = {}): Webhook => ({
  id,
  projectId: undefined,
  url: 'https://hooks.example.com/x',
  events: ['request.completed'],
  sealedSecret: 'sealed',
  enabled: true,
  version: 1,
  createdBy: 'usr_1',
  createdAt: 1,
  ...said,
});

describe.each(databases)('webhooks on $kind', (database) => {
  test('an event goes to the enabled webhooks that ask for it, of its project or of all', async () => {
    await using store = await freshStore(database);
    const { webhooks } = store;
    await webhooks.add(hook('whk_1'));
    await webhooks.add(hook('whk_2', { projectId: 'prj_1', events: ['*'] }));
    await webhooks.add(hook('whk_3', { projectId: 'prj_2' }));
    await webhooks.add(hook('whk_4', { enabled: false }));
    const ids = async (...asked: Parameters<typeof webhooks.hearing>) =>
      (await webhooks.hearing(...asked)).map(({ id }) => id);
    expect(await ids('prj_1', 'request.completed')).toEqual(['whk_1', 'whk_2']);
    expect(await ids('prj_2', 'request.failed')).toEqual([]);
    expect(await ids(undefined, 'request.completed')).toEqual(['whk_1']);
    expect(await webhooks.get('whk_2')).toStrictEqual(hook('whk_2', { projectId: 'prj_1', events: ['*'] }));
    expect(await webhooks.change(hook('whk_1', { enabled: false }))).toBe(true);
    expect(await webhooks.change(hook('whk_1'))).toBe(false);
    expect(await webhooks.list()).toHaveLength(4);
  });

  test('each attempt of a delivery is written down; the log goes with its webhook', async () => {
    await using store = await freshStore(database);
    const { webhooks, deliveries } = store;
    await webhooks.add(hook('whk_1'));
    for (const id of ['dlv_1', 'dlv_2'])
      await deliveries.add({ id, webhookId: 'whk_1', event: 'x', payload: '{}', createdAt: 5 });
    const failed = { state: 'pending', status: 500, answer: 'oops', finishedAt: undefined } as const;
    expect(await deliveries.tried('dlv_1', failed)).toBe(true);
    const done = { state: 'delivered', status: 204, answer: undefined, finishedAt: 9 } as const;
    await deliveries.tried('dlv_1', done);
    expect(await deliveries.get('dlv_1')).toMatchObject({ ...done, attempts: 2, event: 'x' });
    expect((await deliveries.of('whk_1', { limit: 9 })).map(({ id }) => id)).toEqual(['dlv_2', 'dlv_1']);
    expect(await deliveries.of('whk_1', { limit: 9, before: 'dlv_1' })).toEqual([]);
    await deliveries.forget(5);
    expect(await webhooks.remove('whk_1')).toBe(true);
    expect(await webhooks.remove('whk_1')).toBe(false);
    expect(await deliveries.get('dlv_2')).toBeUndefined();
  });
});
