import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserSuite } from '../kit/browser-suite.ts';
import { inspect } from '../kit/browser.ts';

const { open } = browserSuite();

/** On the page of a request: the text of its first file, in place. */
async function openText(page: Page) {
  await page.getByRole('tab', { name: 'Changes' }).click();
  await page
    .getByRole('button', { name: /^Show text of .*service\.yaml$/ })
    .first()
    .click();
  return page.getByRole('region', { name: /^Text of .*service\.yaml$/ });
}

test('from the page of a tenant-environment to a release, by keyboard alone', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto('/projects/shop/acme/dev');
  await page.getByRole('button', { name: 'Release…' }).press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Release to shop / acme / dev' }).waitFor();
  await page.getByLabel('Service').selectOption('api-gateway');
  await page.getByLabel('Field', { exact: true }).fill('image.tag');
  await page.getByLabel('Value').fill('v9.9.9');
  await page.keyboard.press('Enter');
  const plan = page.getByRole('region', { name: 'What would change' });
  await plan.getByText('v9.9.9').first().waitFor();
  expect(await page.getByText('1 service · 1 field · ').count()).toBe(1);
  await plan.getByRole('button', { name: 'Render with kustomize and helm' }).click();
  await plan
    .getByText(/ as before$|A layer is missing|Nothing that is rendered changes/)
    .first()
    .waitFor();
  expect(await inspect(page, 'release-preview-1280')).toEqual([]);
  await page.reload();
  await plan.getByText('v9.9.9').first().waitFor();
  expect(await page.getByLabel('Value').inputValue()).toBe('v9.9.9');
  await page.getByLabel('Justification').fill('Fixes the cache');
  await page.getByRole('button', { name: 'Release now' }).press('Enter');
  await page.waitForURL(/\/requests\/rel-/);
  const text = await openText(page);
  await text.getByText('tag: v9.9.9').first().waitFor();
  expect(await inspect(page, 'release-text-1280')).toEqual([]);
  await page.reload();
  await text.getByText('tag: v9.9.9').first().waitFor();
});

test('services are carried to a later environment, and what stays says why', async (context) => {
  const page = await open(context, { as: 'jane', width: 390 });
  await page.goto('/projects/shop/acme/dev');
  await page.getByRole('button', { name: 'Promote…' }).click();
  await page.getByLabel('To', { exact: true }).selectOption('production');
  await page.getByRole('checkbox', { name: 'api-gateway' }).click();
  await page.waitForURL(/services=api-gateway/);
  const plan = page.getByRole('region', { name: 'What would change' });
  await plan.getByRole('status').first().waitFor();
  await plan.getByRole('button', { name: 'Render with kustomize and helm' }).click();
  await plan
    .getByText(/ as before$|A layer is missing|Nothing that is rendered changes/)
    .first()
    .waitFor();
  expect(await inspect(page, 'promote-preview-390')).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await page.getByLabel('Justification').fill('A week in dev without an incident');
  await page.getByRole('button', { name: 'Submit for approval' }).click();
  await page.waitForURL(/\/requests\/prm-/);
  await page.getByText('pending', { exact: true }).first().waitFor();
  await (await openText(page)).getByRole('button', { name: 'Next change' }).waitFor();
  expect(await inspect(page, 'promotion-text-390')).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
});
