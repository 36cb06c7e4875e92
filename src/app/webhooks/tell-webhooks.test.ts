import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { databases } from '../../../test/kit/databases.ts';
import { localWebhooks, makeHub, projectWith } from '../../../test/kit/hub.ts';
import { type Received, hookReceiver } from '../../../test/kit/receiver.ts';
import { makeShop, serviceWish } from '../../../test/kit/shop.ts';
import { addHook, happen, sendDue } from '../../../test/kit/webhooks.ts';
import { openBreakGlass } from '../break-glass/open-break-glass.ts';
import { reviewRequest } from '../requests/review-request.ts';
import { submitRollback } from '../requests/submit-request.ts';

/** Throws unless the library of Standard Webhooks takes it. */
const verify = ({ body, headers }: Received, secret: string): unknown =>
  new Webhook(secret).verify(body, headers as Record<string, string>);

const settings = { ...localWebhooks, publicUrl: 'https://knowngood.example.com' };

describe.each(databases)('events on $kind', (database) => {
  test('every step of a request is told in its order, signed, with a link for people', async () => {
    await using hub = await makeHub({ database, settings });
    const shop = await makeShop(hub, { approvals: 1 });
    await using channel = await hookReceiver();
    const { secret } = await addHook(hub, channel, { project: 'shop', events: ['request.*'] });
    const { id, digest } = await submitRollback(hub, shop.jane, serviceWish(shop));
    await sendDue(hub);
    const [submitted] = channel.received;
    const what = `acme/production api-gateway to ${shop.good.slice(0, 8)}`;
    const url = `https://knowngood.example.com/requests/${id}`;
    expect(submitted?.text).toBe(
      `jane asks to roll back ${what}: "Bad image tag v2.1.0 causing 500 errors"; it waits for 1 approval ${url}`,
    );
    const { commit } = await reviewRequest(hub, shop.bob, { id, decision: 'approve', digest, comment: 'go' });
    await sendDue(hub);
    expect(channel.received.map(({ type }) => type)).toEqual([
      'request.submitted',
      'request.approved',
      'request.executing',
      'request.completed',
    ]);
    expect(channel.received.map(({ text }) => text).slice(1)).toEqual([
      `bob approved jane's rollback of ${what} (1 of 1): "go" ${url}`,
      `jane's rollback of ${what} is being carried out ${url}`,
      `jane's rollback of ${what} is done: commit ${commit?.slice(0, 8)} ${url}`,
    ]);
    for (const message of channel.received) {
      expect(verify(message, secret)).toMatchObject({ type: message.type });
      expect(() => verify({ ...message, body: message.body.replace('jane', 'bob!') }, secret)).toThrow(
        'signature',
      );
    }
    expect(JSON.parse(submitted?.body ?? '')).toMatchObject({
      type: 'request.submitted',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+Z$/) as string,
      data: {
        project: 'shop',
        object: { type: 'request', id },
        actor: { id: shop.jane.id, name: 'jane' },
        request: { id, kind: 'rollback', mode: 'service', service: 'api-gateway', targetSha: shop.good },
        url,
      },
    });
  });

  test('each webhook hears what it asked for, of its project, and nothing from before it was there', async () => {
    const clock = { now: Date.UTC(2026, 5, 1) };
    await using hub = await makeHub({ database, settings, clock: () => clock.now });
    const { id: shop } = (await projectWith(hub, [])).project;
    const { id: other } = (await projectWith(hub, [], { slug: 'other' })).project;
    await happen(hub, 'policy.changed', shop);
    clock.now += 1;
    await using everything = await hookReceiver();
    await using policies = await hookReceiver();
    await addHook(hub, everything);
    await addHook(hub, policies, { project: 'shop', events: ['policy.changed', 'push.*'] });
    await addHook(hub, policies, { project: 'shop', enabled: false });
    clock.now += 1;
    for (const [action, project] of [
      ['policy.changed', shop],
      ['policy.changed', other],
      ['push.accepted', shop],
      ['account.created', undefined],
    ] as const)
      await happen(hub, action, project);
    await sendDue(hub);
    const heard = ({ received }: typeof policies) => received.map(({ type }) => type);
    expect(heard(policies)).toEqual(['policy.changed', 'push.accepted']);
    const own = 'webhook.created';
    // Itself, and those that were made after it.
    const all = [own, own, own, 'policy.changed', 'policy.changed', 'push.accepted', 'account.created'];
    expect(heard(everything)).toEqual(all);
    expect(await hub.store.outbox.counts()).toEqual({ waiting: 0, dead: 0 });
  });

  test('an event is told once although whoever told of it did not come to an end', async () => {
    await using hub = await makeHub({ database, settings });
    await using channel = await hookReceiver();
    await addHook(hub, channel, { events: ['policy.*'] });
    await happen(hub, 'policy.changed');
    const { newId } = hub;
    const broken = {
      ...hub,
      newId: (prefix: Parameters<typeof newId>[0]) => {
        if (prefix === 'dlv_') throw new Error('gone');
        return newId(prefix);
      },
    };
    await expect(sendDue(broken)).rejects.toThrow('gone');
    await sendDue(hub);
    await sendDue(hub);
    expect(channel.received).toHaveLength(1);
  });
});

test('who opens a break-glass session is told of at once, loudly', async () => {
  await using hub = await makeHub({ settings });
  const shop = await makeShop(hub);
  await using channel = await hookReceiver();
  await addHook(hub, channel, { events: ['break_glass.*'] });
  await openBreakGlass(hub, shop.jane, { slug: 'shop', justification: 'checkout is down', minutes: 10 });
  await sendDue(hub);
  expect(channel.received.map(({ text }) => text)).toEqual([
    'BREAK-GLASS: jane may act without approval in shop for 10 minutes: "checkout is down"',
  ]);
});

test('a project that was deleted since is told of by its id', async () => {
  await using hub = await makeHub({ settings });
  const { project } = await projectWith(hub, []);
  await using channel = await hookReceiver();
  await addHook(hub, channel, { events: ['project.*'] });
  await happen(hub, 'project.deleted', project.id);
  await hub.store.projects.remove(project.id, hub.clock());
  await sendDue(hub);
  const [message] = channel.received;
  expect(JSON.parse(message?.body ?? '')).toMatchObject({ data: { project: project.id, url: null } });
});
