import { describe, expect, test } from 'vitest';
import { databases } from '../../../test/kit/databases.ts';
import { type TestHub, localWebhooks, makeHub, person, projectWith } from '../../../test/kit/hub.ts';
import { type Reply, caller, hubServer, signedIn } from '../../../test/kit/hub-server.ts';
import { sealWebhookUrl } from '../../app/webhooks/webhook-url.ts';
import { webhookHandlers } from './webhooks.ts';

const hookInput = { name: 'incidents', project: null, url: 'http://127.0.0.1:9999/T/s3cret', events: ['*'] };

/** A hub with an admin who calls it. */
async function at(hub: TestHub, role: 'admin' | 'member' = 'admin') {
  const server = hubServer(hub, webhookHandlers(hub));
  const who = await person(hub, role, { role });
  return { server, call: caller(server, await signedIn(hub, who)), [Symbol.asyncDispose]: server.stop };
}

const changesOf = async (hub: TestHub) =>
  (await hub.store.audit.list({}, { limit: 100 }))
    .filter(({ entry }) => entry.object.type === 'webhook')
    .map(({ entry }) => ({ action: entry.action, ...entry.details }))
    .toReversed();

const made = ({ body }: Reply) => body as unknown as { webhook: { id: string }; secret: string | null };

describe.each(databases)('webhooks on $kind', (database) => {
  test('one is created, changed and deleted; its secret is shown once, and each change is in the log', async () => {
    await using hub = await makeHub({ database, settings: localWebhooks });
    await projectWith(hub, []);
    await using door = await at(hub);
    const { call } = door;
    const created = await call('POST', '/webhooks', { ...hookInput, project: 'shop' });
    expect(created).toMatchObject({
      outcome: '201',
      body: { webhook: { name: 'incidents', project: 'shop', enabled: true, lastDelivery: null } },
    });
    const { webhook, secret } = made(created);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const path = `/webhooks/${webhook.id}`;
    expect(await call('GET', path)).toEqual({ outcome: '200', body: webhook });

    const renamed = await call('PATCH', path, { name: 'alarms', events: ['request.*', 'request.*'] });
    expect(renamed.body).toMatchObject({ webhook: { name: 'alarms', events: ['request.*'] }, secret: null });
    const rotated = made(await call('PATCH', path, { rotateSecret: true }));
    expect(rotated.secret).toMatch(/^whsec_/);
    expect(rotated.secret).not.toBe(secret);

    expect((await call('DELETE', path)).outcome).toBe('204');
    expect((await call('GET', path)).outcome).toBe('404 not_visible');
    const changes = await changesOf(hub);
    expect(changes).toMatchObject([
      { action: 'webhook.created', name: 'incidents', host: '127.0.0.1:9999' },
      { action: 'webhook.changed', changed: ['name', 'events'], name: 'alarms', events: ['request.*'] },
      { action: 'webhook.changed', changed: ['rotateSecret'] },
      { action: 'webhook.deleted', name: 'alarms' },
    ]);
    // Chat services put a secret into the path.
    for (const text of [JSON.stringify(changes), ...door.server.log])
      for (const hidden of ['s3cret', secret ?? '', rotated.secret ?? '']) expect(text).not.toContain(hidden);
  });

  test('the list comes in pages and can be of one project; deliveries likewise', async () => {
    await using hub = await makeHub({ database, settings: localWebhooks });
    await projectWith(hub, []);
    await using door = await at(hub);
    const { call } = door;
    const ids: string[] = [];
    for (const project of [null, 'shop', null])
      ids.push(made(await call('POST', '/webhooks', { ...hookInput, project })).webhook.id);
    const idsOf = ({ body }: Reply) =>
      (body as unknown as { items: { id: string }[] }).items.map(({ id }) => id);
    expect(idsOf(await call('GET', '/webhooks?project=shop'))).toEqual([ids[1]]);
    const first = await call('GET', '/webhooks?limit=2');
    expect(idsOf(first)).toEqual(ids.slice(0, 2));
    const rest = await call('GET', `/webhooks?limit=2&cursor=${String(first.body['nextCursor'])}`);
    expect(idsOf(rest)).toEqual(ids.slice(2));
    expect(rest.body['nextCursor']).toBeNull();

    const path = `/webhooks/${ids[0]}`;
    const pings = [await call('POST', `${path}/ping`), await call('POST', `${path}/ping`)];
    expect(pings[0]).toMatchObject({
      outcome: '202',
      body: { event: 'webhook.pinged', state: 'waiting', attempts: [] },
    });
    expect(idsOf(await call('GET', `${path}/deliveries`))).toEqual(
      pings.map(({ body }) => body.id).toReversed(),
    );
    expect(idsOf(await call('GET', `${path}/deliveries?state=failed`))).toEqual([]);
    expect(idsOf(await call('GET', `${path}/deliveries?state=waiting&limit=1`))).toEqual([pings[1]?.body.id]);
  });

  test('switching one off gives up what waits, and nothing is sent by hand until it is on again', async () => {
    await using hub = await makeHub({ database, settings: localWebhooks });
    await using door = await at(hub);
    const { call } = door;
    const path = `/webhooks/${made(await call('POST', '/webhooks', hookInput)).webhook.id}`;
    const { id } = (await call('POST', `${path}/ping`)).body;
    await call('PATCH', path, { enabled: false });
    expect((await hub.store.outbox.counts()).dead).toBe(0);
    expect(await hub.store.deliveries.get(id)).toMatchObject({ state: 'failed' });
    expect((await call('POST', `${path}/ping`)).outcome).toBe('409 webhook_off');
    expect((await call('POST', `/deliveries/${id}/redeliver`)).outcome).toBe('409 webhook_off');
    await call('PATCH', path, { enabled: true });
    const again = await call('POST', `/deliveries/${id}/redeliver`);
    expect(again).toMatchObject({ outcome: '202', body: { id, state: 'waiting', event: 'webhook.pinged' } });
    expect((await changesOf(hub)).map(({ action }) => action).slice(-2)).toEqual([
      'webhook.changed',
      'webhook.redelivered',
    ]);
  });

  test('what two change at the same time is kept of both', async () => {
    await using hub = await makeHub({ database, settings: localWebhooks });
    await using door = await at(hub);
    const { call } = door;
    const path = `/webhooks/${made(await call('POST', '/webhooks', hookInput)).webhook.id}`;
    await Promise.all([{ name: 'a' }, { events: ['push.*'] }].map((change) => call('PATCH', path, change)));
    expect((await call('GET', path)).body).toMatchObject({ name: 'a', events: ['push.*'] });
  });
});

test.each([
  ['http://127.0.0.1/x', 'the address must begin with https://'],
  ['https://127.0.0.1/x', '127.0.0.1 does not lead to an address that may be used'],
  ['https://0x7f.1/x', '127.0.0.1 does not lead to an address that may be used'],
  ['https://localhost/x', 'localhost does not lead to an address that may be used'],
  ['https://169.254.169.254/latest', '169.254.169.254 does not lead to an address that may be used'],
  ['https://nowhere.invalid/x', 'nowhere.invalid does not lead to an address that may be used'],
  ['https://jane:secret@example.com/x', 'the address must not hold a user name or password'],
])('%s is refused when a webhook is made, and when it is changed', async (url, reason) => {
  await using hub = await makeHub();
  await using door = await at(hub);
  const refused = await door.call('POST', '/webhooks', { ...hookInput, url });
  expect(refused).toMatchObject({
    outcome: '400 webhook_url',
    body: { error: { message: `events cannot be sent to this address: ${reason}` } },
  });
  expect(await hub.store.webhooks.list({ limit: 1 })).toEqual([]);

  const id = hub.newId('whk_');
  await hub.store.webhooks.add({
    id,
    name: 'x',
    projectId: undefined,
    sealedUrl: sealWebhookUrl(hub, id, 'https://192.0.2.1/'),
    events: ['*'],
    sealedSecret: 'x',
    enabled: true,
    version: 1,
    createdBy: 'usr_1',
    createdAt: 1,
  });
  expect((await door.call('PATCH', `/webhooks/${id}`, { url })).outcome).toBe('400 webhook_url');
});

test('only admins know of webhooks, and a project that nobody may see is not there', async () => {
  await using hub = await makeHub({ settings: localWebhooks });
  await using admin = await at(hub);
  await using member = await at(hub, 'member');
  const { id } = made(await admin.call('POST', '/webhooks', hookInput)).webhook;
  for (const path of [`/webhooks/${id}`, '/webhooks/whk_1', '/webhooks', `/webhooks/${id}/deliveries`])
    expect((await member.call('GET', path)).outcome).toBe('403 role_missing');
  expect((await admin.call('GET', '/webhooks/whk_1')).outcome).toBe('404 not_visible');
  const elsewhere = await admin.call('POST', '/webhooks', { ...hookInput, project: 'nowhere' });
  expect(elsewhere.outcome).toBe('404 not_visible');
});
