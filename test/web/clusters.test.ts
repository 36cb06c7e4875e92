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
