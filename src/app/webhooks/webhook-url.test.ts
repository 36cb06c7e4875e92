import { describe, expect, test } from 'vitest';
import { databases } from '../../../test/kit/databases.ts';
import { localWebhooks, makeHub, person } from '../../../test/kit/hub.ts';
import { hookReceiver } from '../../../test/kit/receiver.ts';
import { addHook, happen, sendDue } from '../../../test/kit/webhooks.ts';
import { changeWebhook } from './change-webhook.ts';
import { getWebhook } from './get-webhook.ts';
import { listWebhooks } from './list-webhooks.ts';
import { sealWebhookUrls } from './seal-webhook-urls.ts';
import { openWebhookUrl, shownUrl } from './webhook-url.ts';

test.each([
  ['https://hooks.example.com/T/B', 'https://hooks.example.com/T/B'],
  ['https://hooks.example.com', 'https://hooks.example.com'],
  ['https://hooks.example.com/x?token=s3cret', 'https://hooks.example.com/x?***'],
  ['https://hooks.example.com/x#s3cret', 'https://hooks.example.com/x?***'],
  ['https://hooks.example.com:8443?a=1&b=s3cret', 'https://hooks.example.com:8443/?***'],
  ['https://jane:s3cret@hooks.example.com/x', 'https://***@hooks.example.com/x'],
  ['https://s3cret@hooks.example.com/x?y', 'https://***@hooks.example.com/x?***'],
])('%s is shown as %s', (url, shown) => {
  expect(shownUrl(url)).toBe(shown);
});

describe.each(databases)('on $kind', (database) => {
  test('an address is kept sealed, shown without its query, and used whole', async () => {
    await using hub = await makeHub({ database, settings: localWebhooks });
    await using receiver = await hookReceiver(() => 204);
    const admin = await person(hub, 'admin', { role: 'admin' });
    const url = `${receiver.url}?token=s3cret`;
    const { id } = await addHook(hub, { url });
    const stored = await hub.store.webhooks.get(id);
    expect(JSON.stringify(stored)).not.toMatch(/127\.0\.0\.1|s3cret/);
    const shown = `${receiver.url}?***`;
    expect(await getWebhook(hub, admin, id)).toMatchObject({ url: shown });
    expect((await listWebhooks(hub, admin, {})).items).toMatchObject([{ url: shown }]);
    // A form sends back what it was shown.
    await changeWebhook(hub, admin, { id, change: { url: shown, name: 'alarms' } });
    await happen(hub, 'policy.changed');
    expect(await sendDue(hub)).toBeGreaterThan(0);
    expect(receiver.received.map(({ path }) => path)).toContain(new URL(url).pathname + new URL(url).search);
    const { view } = await changeWebhook(hub, admin, { id, change: { url: receiver.url } });
    expect(view.url).toBe(receiver.url);
  });

  test('an address from before it was sealed is sealed by the next start, once', async () => {
    await using hub = await makeHub({ database, settings: localWebhooks });
    await using receiver = await hookReceiver(() => 204);
    const { id } = await addHook(hub, receiver);
    const webhook = await hub.store.webhooks.get(id);
    if (!webhook) throw new Error('there is no webhook');
    const plain = { ...webhook, sealedUrl: 'HTTPS://hooks.example.com/x?token=s3cret' };
    await hub.store.tx((tx) => tx.webhooks.change(plain));
    await sealWebhookUrls(hub);
    const sealed = await hub.store.webhooks.get(id);
    expect(JSON.stringify(sealed)).not.toContain('hooks.example.com');
    expect(sealed && openWebhookUrl(hub, sealed)).toBe(plain.sealedUrl);
    await sealWebhookUrls(hub);
    expect(await hub.store.webhooks.get(id)).toEqual(sealed);
  });
});
