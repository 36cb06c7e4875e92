import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { changeWebhook } from '../src/app/webhooks/change-webhook.ts';
import { submitRollback } from '../src/app/requests/submit-request.ts';
import { auditActions } from '../src/domain/audit/audit-action.ts';
import { root } from './kit/fresh-clone.ts';
import { localWebhooks, makeHub } from './kit/hub.ts';
import { temporaryFolder } from './kit/repository.ts';
import { makeShop, serviceWish } from './kit/shop.ts';
import { addHook, sendDue } from './kit/webhooks.ts';

const page = readFileSync(join(root, 'docs/webhooks.md'), 'utf8');
const block = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';

/** The receiver of the page as a program of its own, and the lines that it prints. */
async function startReceiver(secret: string) {
  const file = join(temporaryFolder('receiver'), 'receiver.mjs');
  writeFileSync(file, block('js'));
  const env = { ...process.env, WEBHOOK_SECRET: secret, PORT: '0' };
  const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value);
  const url = `http://127.0.0.1:${/^listening on port (\d+)$/.exec(await next())?.[1]}/`;
  const ended = new Promise((resolve) => {
    child.once('close', resolve);
  });
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  return { url, next, [Symbol.asyncDispose]: stop };
}

/** The names of all members, however deep; what is in a list or in `details` depends on the event. */
const shapeOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [name, name === 'details' ? {} : shapeOf(inner)]),
      )
    : typeof value;

test('the receiver of the page takes what a hub sends, once, and nothing that is forged or old', async () => {
  await using hub = await makeHub({ settings: localWebhooks });
  const shop = await makeShop(hub, { approvals: 1 });
  const placeholder = { url: 'http://127.0.0.1:1025/' };
  const { id, secret } = await addHook(hub, placeholder, { events: ['request.*'] });
  await using receiver = await startReceiver(secret);
  await changeWebhook(hub, shop.bob, { id, change: { url: receiver.url } });
  await submitRollback(hub, shop.jane, serviceWish(shop));
  await sendDue(hub);
  expect(await receiver.next()).toMatch(/^jane asks to roll back acme\/production api-gateway to /);
  const [delivery] = await hub.store.deliveries.of(id, { limit: 1 });
  expect(delivery).toMatchObject({ state: 'delivered', status: 204 });

  const now = new Date();
  const bodyOf = (text: string): string => JSON.stringify({ text });
  const send = async (messageId: string, at: Date, said = messageId): Promise<number> => {
    const headers = {
      'webhook-id': messageId,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(messageId, at, bodyOf(messageId)),
    };
    return (await fetch(receiver.url, { method: 'POST', headers, body: bodyOf(said) })).status;
  };
  expect(await send('dlv_2', now, 'forged')).toBe(401);
  expect(await send('dlv_2', new Date(now.getTime() - 301_000))).toBe(401);
  expect((await fetch(receiver.url, { method: 'POST', body: bodyOf('unsigned') })).status).toBe(401);
  for (const messageId of ['dlv_2', 'dlv_2', 'dlv_3']) expect(await send(messageId, now)).toBe(204);
  // One line for each message, also for the one that came twice.
  expect([await receiver.next(), await receiver.next()]).toEqual(['dlv_2', 'dlv_3']);

  expect(shapeOf(JSON.parse(delivery?.payload ?? ''))).toEqual(shapeOf(JSON.parse(block('json'))));
});

test('every event that the page names exists', () => {
  const [, table = ''] = /## Events([\s\S]*?)## /.exec(page) ?? [];
  const named = [...table.matchAll(/`([a-z_]+\.[a-z_]+)`/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((name) => !auditActions.some((action) => action === name))).toEqual([]);
});
