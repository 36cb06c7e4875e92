import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserSuite } from '../kit/browser-suite.ts';

const { open } = browserSuite();

const asked = (page: Page, name: string): readonly string[] => new URL(page.url()).searchParams.getAll(name);

test('what narrows the places and the fields of the wizard stays in the address', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto('/rollback?mode=service&project=shop&step=place');
  const places = page.getByLabel('Filter tenant-environments');
  await places.pressSequentially('globex');
  await page.waitForURL(/findPlace=globex$/);
  await page.reload();
  await page.getByRole('radio', { name: 'globex/dev' }).waitFor();
  expect(await places.inputValue()).toBe('globex');
  expect(await page.getByRole('radio', { name: 'acme/dev' }).count()).toBe(0);

  await page.goto('/go?project=shop&tenant=acme&environment=production&service=api-gateway');
  await page.getByText(/^1 service · /).waitFor();
  const url = new URL(page.url());
  url.searchParams.set('mode', 'field');
  await page.goto(url.href);
  const fields = page.getByLabel('Filter fields');
  await fields.fill('no such field');
  await page.waitForURL(/findField=no/);
  await page.reload();
  await page.getByText(/^0 of /).waitFor();
  expect(await fields.inputValue()).toBe('no such field');
  expect(await page.getByRole('checkbox', { name: /^image\.tag/ }).count()).toBe(0);
});

test('rows that stand open do so again after a reload, and close again', async (context) => {
  const page = await open(context, { as: 'bob' });
  await page.goto('/projects/shop/acme/production');
  const row = page.locator('tbody', { hasText: 'checkout v1.9.0' });
  const summary = row.locator('button[aria-expanded]');
  await summary.click();
  await page.waitForURL(/open=[0-9a-f]{8}$/);
  await page.reload();
  await row.locator('button[aria-expanded=true]').waitFor();
  expect(asked(page, 'open')).toHaveLength(1);
  await summary.click();
  await page.waitForURL((url) => !url.searchParams.has('open'));

  await page.goto('/audit');
  await page
    .getByRole('button', { name: /, row \d+$/ })
    .first()
    .click();
  await page.waitForURL(/open=\d+$/);
  const [number = ''] = asked(page, 'open');
  await page.reload();
  await page.getByRole('group', { name: `Particulars of row ${number}` }).waitFor();
});

test('a search of the inventory, and a form that is open, are in the address', async (context) => {
  const page = await open(context, { as: 'admin' });
  await page.goto('/settings?tab=members');
  await page.getByRole('button', { name: 'Change role of bob' }).click();
  await page.waitForURL(/member=/);
  await page.reload();
  await page.getByRole('button', { name: 'Save', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.waitForURL((url) => !url.searchParams.has('member'));
  expect(asked(page, 'tab')).toEqual(['members']);

  await page.goto('/clusters');
  await page
    .getByRole('link', { name: /simulated/ })
    .first()
    .click();
  await page.getByRole('tab', { name: 'Inventory' }).click();
  await page.getByLabel('Kind, name or status').fill('api-gateway');
  await page.waitForURL(/tab=inventory&find=api-gateway$/);
  await page.reload();
  await page.getByRole('status').filter({ hasText: ' in all.' }).waitFor();
  expect(await page.getByLabel('Kind, name or status').inputValue()).toBe('api-gateway');
});
