import { expect, test } from 'vitest';
import { browserSuite } from '../kit/browser-suite.ts';
import { inspect } from '../kit/browser.ts';

const { open } = browserSuite();

test('the simulated cluster of the demo is listed and looked into, and says what it is', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto('/clusters');
  const row = page.getByRole('row', { name: /simulated/ });
  await row.getByText('connected').waitFor();
  expect(await inspect(page, 'clusters-1280')).toEqual([]);
  await row.getByRole('link').click();
  await page.getByText('Made up for the demo: nothing runs there.').waitFor();
  await page.getByRole('link', { name: 'shop acme/production' }).first().waitFor();
  expect(await inspect(page, 'cluster-overview-1280')).toEqual([]);
  await page.getByRole('tab', { name: 'Applications' }).click();
  await page.waitForURL(/tab=applications/);
  await page
    .getByRole('row', { name: /api-gateway/ })
    .first()
    .waitFor();
  expect(await inspect(page, 'cluster-applications-1280')).toEqual([]);
  await page.getByRole('tab', { name: 'Inventory' }).click();
  await page.getByLabel('Kind, name or status').fill('api-gateway');
  await page
    .getByRole('row', { name: /api-gateway/ })
    .first()
    .waitFor();
  expect(await inspect(page, 'cluster-inventory-1280')).toEqual([]);
  await page.getByRole('tab', { name: 'Drift' }).click();
  await page.getByText(/Nothing differs from Git|There is no report yet/).waitFor();
});

test('an admin makes room for a cluster; the token is shown once, and the room can be taken back', async (context) => {
  const page = await open(context, { as: 'admin' });
  await page.goto('/clusters');
  await page.getByLabel('Name', { exact: true }).fill('eu-west-1');
  await page.getByRole('button', { name: 'Make a registration token' }).click();
  await page.getByText('It is shown now and never again').waitFor();
  await page.getByText(/knowngood agent --hub .* --cluster eu-west-1/).waitFor();
  expect(await inspect(page, 'cluster-registration-1280')).toEqual([]);
  await page.getByRole('button', { name: 'I have it' }).click();
  const row = page.getByRole('row', { name: /eu-west-1/ });
  await row.getByText('waiting for its agent').waitFor();
  await row.getByRole('link').click();
  await page.getByText('never came').waitFor();
  await page.getByRole('button', { name: 'Remove eu-west-1' }).click();
  await page.getByRole('button', { name: 'Remove eu-west-1 for good' }).click();
  await page.waitForURL(/\/clusters$/);
  await page.getByRole('link', { name: 'eu-west-1' }).waitFor({ state: 'detached' });
});

test('whoever may only look sees clusters, and not the door for one more', async (context) => {
  const page = await open(context, { as: 'jane', width: 390 });
  await page.goto('/clusters');
  const button = page.getByRole('button', { name: 'Make a registration token' });
  await button.waitFor();
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
});

test('a rollback of the bad release goes from Degraded to verified before one’s eyes', async (context) => {
  const jane = await open(context, { as: 'jane' });
  const path = '/api/v2/projects/shop/rollback-requests';
  const history = '/api/v2/projects/shop/deployments?tenant=acme&environment=production&limit=2';
  const { items } = (await (await jane.request.get(history)).json()) as {
    readonly items: readonly { readonly revision: string }[];
  };
  const where = { tenant: 'acme', environment: 'production', service: 'api-gateway' };
  const wish = { mode: 'service', ...where, targetSha: items[1]?.revision, justification: 'v2.1.0 fails' };
  const submitted = (await (await jane.request.post(path, { data: wish })).json()) as {
    readonly id: string;
    readonly digest: string;
  };
  await jane.goto(`/requests/${submitted.id}`);
  const way = jane.getByRole('list', { name: 'The way of this request' });
  await way.getByText('0/1').waitFor();
  const bob = await open(context, { as: 'bob' });
  const vote = { data: { digest: submitted.digest } };
  expect((await bob.request.post(`/api/v2/requests/${submitted.id}/approve`, vote)).status()).toBe(200);
  const verified = way.getByRole('listitem').filter({ hasText: 'Verified' });
  await verified.getByRole('img', { name: 'done' }).waitFor({ timeout: 120_000 });
  expect(await inspect(jane, 'request-verified-1280')).toEqual([]);
  await jane.goto(`/requests/${submitted.id}?tab=checklist`);
  await jane.getByRole('listitem').filter({ hasText: 'sync status' }).getByText('done').waitFor();
  expect(await inspect(jane, 'request-checklist-filled-1280')).toEqual([]);
}, 240_000);
