import { expect, test } from 'vitest';
import { browserSuite } from '../kit/browser-suite.ts';
import { inspect } from '../kit/browser.ts';

const { open } = browserSuite();
const production = '/projects/shop/acme/production';

test('the history says who, when, what, whence, and what became of it; a rollback says why', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto(production);
  const newest = page.getByRole('row').filter({ hasText: 'api-gateway v2.1.0, checkout v1.9.0' });
  await newest.waitFor();
  for (const text of ['bob', 'api-gateway, checkout', 'release', 'current'])
    expect(await newest.textContent()).toContain(text);
  const rollback = page.getByRole('row').filter({ hasText: 'Rollback: tenant/acme' });
  await rollback.getByRole('link', { name: '“web v5.2.0 shows an empty basket after sign-in”' }).waitFor();
  const undone = page.getByRole('row').filter({ hasText: 'Release web v5.2.0' });
  for (const text of ['jane', 'via release-bot', '#115', 'rolled back'])
    expect(await undone.textContent()).toContain(text);
  const timeline = page.getByRole('figure', {
    name: /^Timeline: 7 deployments since .*, 1 of them rollbacks$/,
  });
  await timeline.getByText('6 without a report').waitFor();
});

test('its columns and what can be done with a row are called what everybody calls them', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto(production);
  const row = page.getByRole('row').filter({ hasText: 'Release web v5.2.0' });
  await row.waitFor();
  const history = page.getByRole('table').filter({ has: row });
  expect(await history.getByRole('columnheader').allInnerTexts()).toEqual([
    'Revision',
    'Timestamp',
    'Author',
    'Changes',
    'Source',
    'Status',
    'Actions',
  ]);
  const actions = row.getByRole('cell').last();
  for (const words of ['Rollback to this revision', 'Compare with current', 'Undo this commit'])
    await actions.getByText(words, { exact: true }).waitFor();
});

test('filters stand in the address, outlive a reload, and the server applies them', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto(production);
  await page.getByRole('row').first().waitFor();
  // The first answer is held back until the page has said that it waits.
  const waiting = page.getByText('Waiting for the hub…');
  await page.route(
    /source=promotion/,
    async (route) => {
      await waiting.waitFor();
      await route.continue();
    },
    { times: 1 },
  );
  await page.getByLabel('Source').selectOption('promotion');
  await page.getByText('2 deployments').waitFor();
  await waiting.waitFor({ state: 'detached' });
  await page.keyboard.press('/');
  await page.keyboard.type('CATALOG');
  await page.getByText('1 deployment;').waitFor();
  expect(new URL(page.url()).search).toBe('?source=promotion&text=CATALOG');
  await page.reload();
  await page.getByText('1 deployment;').waitFor();
  expect(await page.getByLabel('Summary or revision').inputValue()).toBe('CATALOG');
  await page.getByLabel('Author').fill('nobody');
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await page.getByText('7 deployments').waitFor();
});

test('a row opens with Enter into its message and its fields', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto(production);
  await page.getByRole('button', { name: /env\/production: api-gateway v2\.0\.9$/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('v2.0.8').first().waitFor();
  expect(await inspect(page, 'history-row-open-1280')).toEqual([]);
});

test('from a row one click leads to the wizard and one to the comparison; the present one says why not', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto(production);
  const row = (text: string) => page.getByRole('row').filter({ hasText: text });
  const current = row('checkout v1.9.0').getByRole('button', { name: 'Rollback to this revision' });
  await current.focus();
  await page.getByRole('tooltip', { name: 'There is nothing to change' }).waitFor();
  await page.keyboard.press('Enter');
  expect(new URL(page.url()).pathname).toBe(production);
  await row('catalog v1.4.0').getByRole('button', { name: 'Rollback to this revision' }).click();
  await page.waitForURL(/\/rollback\?project=shop&tenant=acme&environment=production&target=[0-9a-f]{40}$/);
  await page.goBack();
  await row('catalog v1.4.0').getByRole('button', { name: 'Undo this commit' }).click();
  await page.waitForURL(/\/rollback\?.*undo=[0-9a-f]{40}$/);
});

test('from the recommendation one click leads to its preview', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto(production);
  const recommended = page.getByRole('region', { name: 'Recommended rollback' });
  await recommended.getByText('it is the state before the last change').waitFor();
  expect(await inspect(page, 'recommended-1280')).toEqual([]);
  await recommended.getByRole('button', { name: 'Preview this rollback' }).click();
  await page.waitForURL(/step=preview/);
  await page.getByText('v2.0.9').first().waitFor();
});

test('a comparison shows fields first, then the texts side by side or as one, with secrets masked', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto(production);
  const row = page.getByRole('row').filter({ hasText: 'env/production: api-gateway v2.0.9' });
  await row.getByRole('link', { name: 'Compare with current' }).click();
  await page.getByRole('heading', { level: 1, name: 'Compare in shop / acme / production' }).waitFor();
  await page.getByText('v2.1.0').first().waitFor();
  await page.getByRole('link', { name: /^Text of .*api-gateway\/service\.yaml/ }).click();
  await page.getByRole('textbox', { name: /before$/ }).waitFor();
  expect(await inspect(page, 'compare-split-1280')).toEqual([]);
  await page.getByText('Unified', { exact: true }).click();
  await page.locator('.cm-deletedChunk').first().waitFor();
  // The focus rests on what was clicked, and keys are heard nevertheless.
  await page.keyboard.press('n');
  await page.getByText('Change 1 of 1', { exact: true }).waitFor();
  expect(new URL(page.url()).searchParams.get('view')).toBe('unified');
  expect(await inspect(page, 'compare-unified-1280')).toEqual([]);
});

test('a comparison can be read on a phone', async (context) => {
  const page = await open(context, { as: 'jane', width: 390 });
  await page.goto(production);
  await page.getByRole('link', { name: 'Compare with current' }).nth(3).click();
  await page.getByText('v2.1.0').first().waitFor();
  await page
    .getByRole('link', { name: /^Text of / })
    .first()
    .click();
  await page.locator('.cm-editor').first().waitFor();
  expect(await inspect(page, 'compare-390')).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
});

test('a project that one may not see, or that is not there, is refused in the words of the server', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto('/projects/nothing/acme/production');
  const alert = page.getByRole('alert');
  await alert.waitFor();
  expect(await alert.textContent()).toMatch(
    /This project does not exist, or is not visible to you.*not_visible/,
  );
  expect(await inspect(page, 'refused-1280')).toEqual([]);
});

test('whoever may only look finds the buttons disabled, with the reason of the rules', async (context) => {
  const owner = await open(context, { as: 'admin' });
  const invitation = { email: 'vera@example.com', name: 'vera', role: 'viewer' };
  const answer = await owner.request.post('/api/v2/members', { data: invitation });
  const { link } = (await answer.json()) as { readonly link: { readonly url: string } };
  const page = await open(context);
  await page.goto(link.url);
  await page.getByLabel('New password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Set it and sign in' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await page.goto(production);
  const button = page.getByRole('button', { name: 'Roll back…' });
  await button.focus();
  await page.getByRole('tooltip', { name: /You may not submit a request in acme\/production/ }).waitFor();
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await page.getByRole('heading', { name: 'Deployment history' }).click();
  expect(await inspect(page, 'viewer-1280')).toEqual([]);
});

test('what variables are for a service, and which file says so, is one click away and stands in the address', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto(production);
  await page.getByRole('link', { name: 'Variables', exact: true }).click();
  const section = page.getByRole('region', { name: 'Variables', exact: true });
  await section.getByRole('combobox', { name: 'Variables of' }).selectOption('payments');
  const secret = section.getByRole('row').filter({ hasText: 'DB_PASSWORD' });
  await secret.getByText('password of the secret payments-db').waitFor();
  await secret.getByText('tenants/acme/production/payments/variables.yaml:1').waitFor();
  await section.getByRole('row').filter({ hasText: 'LOG_LEVEL' }).getByText('the repository, in').waitFor();
  expect(await inspect(page, 'variables-1280')).toEqual([]);
  expect(new URL(page.url()).search).toBe('?variables=payments');
  await page.reload();
  await secret.waitFor();
  await section.getByRole('link', { name: 'Hide variables' }).click();
  await section.waitFor({ state: 'detached' });
  expect(new URL(page.url()).search).toBe('');
});
