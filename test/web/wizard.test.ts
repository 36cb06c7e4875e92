import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserSuite } from '../kit/browser-suite.ts';
import { inspect } from '../kit/browser.ts';

const { open } = browserSuite();

const place = 'project=shop&tenant=acme&environment=production';
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const step = (page: Page, name: string) => page.getByRole('heading', { level: 2, name });

test('from a row of the history to a request that waits for its approval', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto('/projects/shop/acme/production');
  await page.getByText('env/production: api-gateway v2.0.9').waitFor();
  const row = page.locator('tbody', { hasText: 'Rollback: tenant/acme env/production' });
  await row.getByRole('button', { name: /Rollback to this revision/ }).click();
  await step(page, 'What would change').waitFor();
  await page.getByText('v2.1.0').waitFor();
  expect(await inspect(page, 'wizard-preview-1280')).toEqual([]);
  await page.getByRole('link', { name: 'api-gateway', exact: true }).click();
  await page.getByText(/^1 service · /).waitFor();
  await button(page, 'Next: submit').click();
  await step(page, 'Submit').waitFor();
  await page.getByLabel('Justification').fill('Bad image tag v2.1.0 causing 500 errors');
  await page.getByText('You cannot approve your own').waitFor();
  expect(await inspect(page, 'wizard-submit-1280')).toEqual([]);
  await page.reload();
  expect(await page.getByLabel('Justification').inputValue()).toBe('Bad image tag v2.1.0 causing 500 errors');
  await button(page, 'Submit for approval').click();
  await page.waitForURL(/\/requests\/rbk-/);
});

test('the text of a file opens within the preview, by keyboard, and is kept by the address', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto(`/go?${place}&service=api-gateway`);
  await step(page, 'What would change').waitFor();
  await button(page, /^Show text of .*service\.yaml/).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: /before$/ }).waitFor();
  await page.keyboard.press('n');
  expect(await inspect(page, 'wizard-text-1280')).toEqual([]);
  await page.reload();
  await page.getByRole('textbox', { name: /after$/ }).waitFor();
  await button(page, /^Hide text of .*service\.yaml/).click();
  await page.getByRole('textbox', { name: /after$/ }).waitFor({ state: 'detached' });
});

test('rendered objects are shown when they are asked for, or which layer is missing', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto(`/go?${place}&service=api-gateway`);
  const section = page.getByRole('region', { name: 'Rendered objects' });
  await section.getByRole('button', { name: 'Render with kustomize and helm' }).click();
  await section.getByText(/ as before$|A layer is missing/).waitFor();
  expect(await inspect(page, 'wizard-rendered-1280')).toEqual([]);
  const clusters = page.getByRole('region', { name: 'Server dry-run' });
  await clusters.getByRole('button', { name: 'Ask the clusters by dry run' }).click();
  await clusters
    .getByText(/ is missing$/)
    .first()
    .waitFor();
  expect(await inspect(page, 'wizard-dry-run-1280')).toEqual([]);
  await button(page, 'Next: submit').click();
  await step(page, 'Submit').waitFor();
  await page.goBack();
  await clusters.getByRole('button', { name: 'Ask the clusters by dry run' }).waitFor();
  expect(await clusters.getByText(/ is missing$/).count()).toBe(0);
  const asked = page.waitForRequest(/\/rollback\/dry-run$/);
  await clusters.getByRole('button', { name: 'Ask the clusters by dry run' }).click();
  await asked;
  await clusters.getByRole('button', { name: 'Ask again' }).waitFor();
});

test('the text of a file can be read within the preview on a phone', async (context) => {
  const page = await open(context, { as: 'jane', width: 390 });
  await page.goto(`/go?${place}&service=api-gateway`);
  await button(page, /^Show text of .*service\.yaml/).click();
  await page.locator('.cm-deletedChunk').first().waitFor();
  await button(page, 'Next change').click();
  expect(await inspect(page, 'wizard-text-390')).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
});

test('each step by itself, kept by the address through Back and reload', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto('/rollback');
  await step(page, 'How much goes back?').waitFor();
  await page.getByRole('radio', { name: /One service/ }).click();
  expect(await inspect(page, 'wizard-scope-1280')).toEqual([]);
  await button(page, 'Next: tenant-environment').click();
  await page.getByRole('radio', { name: 'acme/dev' }).click();
  await page.getByRole('radio', { name: 'payments', exact: true }).click();
  expect(await inspect(page, 'wizard-place-1280')).toEqual([]);
  await button(page, 'Next: revision').click();
  await page.getByText(/^Recommended: /).waitFor();
  expect(await inspect(page, 'wizard-revision-1280')).toEqual([]);
  await page.goBack();
  await step(page, 'Where?').waitFor();
  expect(await page.getByRole('radio', { name: 'acme/dev' }).isChecked()).toBe(true);
  await page.goForward();
  await page.reload();
  await button(page, 'Preview it').click();
  await page.getByText(/^1 service · /).waitFor();
  await button(page, 'Next: submit').click();
  await page.getByLabel('Justification').fill('payments v3.4.0 refuses every card');
  await page.getByText('Executes at once').waitFor();
  await button(page, 'Roll back now').click();
  await page.waitForURL(/\/requests\/rbk-/);
});

test('single fields are ticked, and the preview follows', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto(`/go?${place}&service=api-gateway`);
  await step(page, 'What would change').waitFor();
  const url = new URL(page.url());
  url.searchParams.set('mode', 'field');
  await page.goto(url.href);
  await page.getByText(/^0 of /).waitFor();
  expect(await button(page, 'Next: submit').isDisabled()).toBe(true);
  await page.getByRole('checkbox', { name: /^image\.tag v2\.1\.0 becomes v2\.0\.9/ }).click();
  await page.getByText(/^1 service · 1 field · /).waitFor();
  expect(await inspect(page, 'wizard-fields-1280')).toEqual([]);
  expect(new URL(page.url()).searchParams.getAll('field')).toHaveLength(1);
  await button(page, 'Next: submit').click();
  await step(page, 'Submit').waitFor();
});

test('what becomes of shared values is chosen, kept by the address, and submitted; a pin can be removed', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto('/rollback?mode=full&project=shop&tenant=globex&environment=dev');
  await page.getByRole('radio', { name: /Begin the shop/ }).click();
  const pins = page.getByRole('region', { name: 'Pins' });
  await pins.getByText('stays 30s, as variables.yaml said then').waitFor();
  expect(await page.getByRole('radio', { name: 'Pin them here' }).isChecked()).toBe(true);
  expect(await inspect(page, 'wizard-shared-1280')).toEqual([]);
  await page.getByRole('radio', { name: 'Leave them' }).click();
  await pins.waitFor({ state: 'detached' });
  await page.reload();
  await step(page, 'What would change').waitFor();
  expect(await page.getByRole('radio', { name: 'Leave them' }).isChecked()).toBe(true);
  await page.getByRole('radio', { name: 'Pin them here' }).click();
  await page.getByRole('link', { name: 'checkout', exact: true }).click();
  await page.getByText(/^1 service · /).waitFor();
  await pins.getByText('tenants/globex/dev/checkout/variables.yaml').waitFor();
  await button(page, 'Next: submit').click();
  await page.getByLabel('Justification').fill('checkout gives up after ten seconds');
  await button(page, 'Roll back now').click();
  await page.waitForURL(/\/requests\/rbk-/);
  const sent = await page.request.get(`/api/v2${new URL(page.url()).pathname}`);
  expect(await sent.json()).toMatchObject({ scope: { mode: 'service', shared: 'pin' } });
  await page.getByText('completed', { exact: true }).waitFor();
  const address = 'tenants/globex/dev/checkout/variables.yaml#/REQUEST_TIMEOUT';
  const command = `knowngood pins remove -p shop -t globex -e dev 'checkout:${address}'`;
  await pins.getByRole('button', { name: `Copy ${command}` }).waitFor();
  expect(await inspect(page, 'request-pins-1280')).toEqual([]);
  await page.goto('/projects/shop/globex/dev');
  await button(page, 'Remove the pin REQUEST_TIMEOUT of checkout').click();
  await page.getByRole('heading', { level: 1, name: 'Release to shop / globex / dev' }).waitFor();
  await page.getByText('30s').waitFor();
  expect(await page.getByLabel('Field', { exact: true }).inputValue()).toBe(address);
  await page.getByLabel('Justification').fill('The timeout is right again');
  await button(page, 'Release now').click();
  await page.waitForURL(/\/requests\/rel-/);
});

test('a stable link asks to sign in and then leads to the preview', async (context) => {
  const page = await open(context);
  await page.goto(`/go?${place}&service=api-gateway`);
  await page.getByRole('button', { name: /jane/ }).first().click();
  await step(page, 'What would change').waitFor();
  await page.getByText('v2.0.9').first().waitFor();
  expect(new URL(page.url()).pathname).toBe('/rollback');
});

test('by keyboard alone, from the preview to the request', async (context) => {
  const page = await open(context, { as: 'bob' });
  await page.goto('/go?project=shop&tenant=globex&environment=dev&service=payments');
  await page.getByText(/^1 service · /).waitFor();
  await button(page, 'Next: submit').focus();
  await page.keyboard.press('Enter');
  await step(page, 'Submit').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type('By keyboard');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/requests\/rbk-/);
  expect(new URL(page.url()).pathname).toMatch(/^\/requests\/rbk-/);
});

test('every step fits a phone', async (context) => {
  const page = await open(context, { as: 'jane', width: 390 });
  for (const [name, path, heading] of [
    ['scope', '/rollback', 'How much goes back?'],
    ['place', '/rollback?mode=service', 'Where?'],
    ['revision', `/rollback?mode=full&${place}`, 'Back to which revision?'],
    ['preview', `/go?${place}`, 'What would change'],
  ] as const) {
    await page.goto(path);
    await step(page, heading).waitFor();
    await page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'detached' });
    expect(await inspect(page, `wizard-${name}-390`)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  }
  await button(page, 'Next: submit').click();
  await step(page, 'Submit').waitFor();
  await page.getByText(/^acme\/production: from the present state back to /).waitFor();
});

test('an undo has its preview and form on one page', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto('/projects/shop/acme/production');
  const row = page.locator('tbody', { hasText: 'checkout v1.9.0' });
  await row.getByRole('button', { name: /Undo this commit/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Undo a commit' }).waitFor();
  await page.getByText('v2.1.0', { exact: true }).waitFor();
  const section = page.getByRole('region', { name: 'Rendered objects' });
  await section.getByRole('button', { name: 'Render with kustomize and helm' }).click();
  await section
    .getByText(/ as before$|A layer is missing/)
    .first()
    .waitFor();
  expect(await inspect(page, 'undo-1280')).toEqual([]);
});
