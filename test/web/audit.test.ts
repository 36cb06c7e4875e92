import { expect, test } from 'vitest';
import { browserSuite } from '../kit/browser-suite.ts';
import { inspect } from '../kit/browser.ts';

const { open } = browserSuite();

test('the log says who did what, filters stand in the address, and a row opens into its particulars', async (context) => {
  const page = await open(context, { as: 'admin' });
  await page.goto('/audit');
  await page.getByLabel('Action').selectOption('request.submitted');
  await page.waitForURL(/\?action=request\.submitted$/);
  const submitted = page.getByRole('button', { name: /^request\.submitted, row \d+$/ });
  await submitted.first().waitFor();
  await page.getByRole('button', { name: /^project\.created/ }).waitFor({ state: 'detached' });
  await page.reload();
  await submitted.first().click();
  const particulars = page.getByRole('group', { name: /^Particulars of row/ });
  await particulars.waitFor();
  expect(JSON.parse((await particulars.textContent()) ?? '')).toBeTypeOf('object');
  await page.getByRole('link', { name: /^rbk-/ }).first().click();
  await page.waitForURL(/\/requests\/rbk-/);
});

test('verifying says that the log holds, and the exports are files with the filters applied', async (context) => {
  const page = await open(context, { as: 'admin' });
  await page.goto('/audit?action=request.*');
  await page.getByRole('button', { name: 'Verify the log' }).click();
  await page.getByText('The log holds').waitFor();
  for (const [name, file] of [
    ['JSON Lines', 'audit.jsonl'],
    ['CSV', 'audit.csv'],
  ] as const) {
    const link = page.getByRole('link', { name });
    expect(await link.getAttribute('href')).toContain('action=request.');
    const coming = page.waitForEvent('download');
    await link.click();
    expect((await coming).suggestedFilename()).toBe(file);
  }
});

test('whoever may not read the log is told why', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto('/audit');
  await page.getByText(/You may not read the audit log/).waitFor();
  expect(await page.getByRole('button', { name: 'Verify the log' }).count()).toBe(0);
});

test('a row of break-glass stands out, and is found by its flag', async (context) => {
  const page = await open(context, { as: 'admin' });
  const data = { justification: 'Checkout is down', minutes: 5 };
  const opened = await page.request.post('/api/v2/projects/shop/break-glass', { data });
  expect(opened.status()).toBe(201);
  await page.goto('/audit');
  await page.getByLabel('Flag').selectOption('break-glass');
  await page.getByRole('button', { name: /^project\.created/ }).waitFor({ state: 'detached' });
  const row = page.getByRole('row').filter({ hasText: 'break_glass.opened' });
  await row.getByText('break-glass', { exact: true }).waitFor();
  expect(await row.getAttribute('data-alarm')).toBe('true');
});

test.for([1280, 390])(
  'axe finds nothing on the log at %i pixels, in both schemes',
  async (width, context) => {
    const page = await open(context, { as: 'admin', width });
    await page.goto('/audit');
    await page.getByRole('button', { name: 'Verify the log' }).click();
    await page.getByText('The log holds').waitFor();
    await page
      .getByRole('button', { name: /, row \d+$/ })
      .first()
      .click();
    expect(await inspect(page, `audit-admin-${width}`)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  },
);
