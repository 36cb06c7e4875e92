import { expect, test } from 'vitest';
import { browserSuite } from '../kit/browser-suite.ts';
import { inspect } from '../kit/browser.ts';

const { open, server } = browserSuite();

test('everything in reach of the keyboard: pages by g and a letter, search, help', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto('/');
  await page.getByText('globex').first().waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  expect(await inspect(page, 'keys-1280')).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await page.getByRole('heading', { level: 1, name: 'Requests' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Page, tenant, environment, service, or what to do').fill('globex prod');
  await page.getByText('globex / production').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'globex / production' }).waitFor();
  expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Page, tenant, environment, service, or what to do').fill('checkout');
  await page.getByText('acme / dev').first().waitFor();
  expect(await inspect(page, 'palette-1280')).toEqual([]);
});

test('what may be started is started from the palette', async (context) => {
  const page = await open(context, { as: 'bob' });
  await page.goto('/');
  await page.getByText('globex').first().waitFor();
  const search = page.getByPlaceholder('Page, tenant, environment, service, or what to do');
  await page.keyboard.press('Control+k');
  await search.fill('roll back globex prod');
  await page.getByText('Roll back globex / production…').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/rollback\?.*tenant=globex.*environment=production/);
  await page.keyboard.press('Control+k');
  await search.fill('next request');
  await page.getByText('Review the next request').click();
  await page.waitForURL(/\/requests\/rbk-/);
  await page.keyboard.press('Control+k');
  await search.fill('break-glass');
  await page.getByText('Open break-glass in shop…').click();
  await page.getByRole('heading', { level: 1, name: 'Break-glass in shop' }).waitFor();
  await page.keyboard.press('Control+k');
  await search.fill('dark');
  await page.getByText('Use dark colours').click();
  await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
  expect(await page.evaluate("localStorage.getItem('mantine-color-scheme-value')")).toBe('dark');
});

test('a page follows what others do, without a reload', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto('/');
  await page.getByText('1 open').waitFor();
  const bob = await open(context, { as: 'bob' });
  const found = await bob.request.get('/api/v2/requests?state=pending');
  const { items } = (await found.json()) as { readonly items: readonly { readonly id: string }[] };
  for (const { id } of items)
    expect((await bob.request.post(`/api/v2/requests/${id}/cancel`, { data: {} })).status()).toBe(200);
  await page.getByText('1 open').waitFor({ state: 'detached' });
});

test('while the hub restarts the page says so, and goes on by itself', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto('/');
  await page.getByText('globex').first().waitFor();
  await server().stop();
  await page.getByText('Reconnecting to the hub').waitFor();
  expect(await page.getByText('globex').first().isVisible()).toBe(true);
  await server().start();
  await page.getByText('Reconnecting to the hub').waitFor({ state: 'detached' });
});

test('an open break-glass session is announced on every page, with who and until when', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto('/audit');
  await page.getByRole('heading', { name: 'Audit' }).waitFor();
  const bob = await open(context, { as: 'bob' });
  const justification = 'Checkout is down and nobody answers';
  const opened = await bob.request.post('/api/v2/projects/shop/break-glass', {
    data: { justification, minutes: 30 },
  });
  expect(opened.status()).toBe(201);
  await page.getByText(/Break-glass is open in shop for bob; it ends in (?:29|30) min/).waitFor();
  await page.getByRole('status').getByText(`“${justification}”`).waitFor();
  expect(await inspect(page, 'break-glass-1280')).toEqual([]);
});

test('a tab that nobody sees holds no connection, and is up to date when somebody does', async (context) => {
  const page = await open(context, { as: 'jane' });
  const streams: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/events')) streams.push('opened');
  });
  page.on('requestfailed', (request) => {
    if (request.url().endsWith('/events')) streams.push('closed');
  });
  await page.goto('/');
  await page.getByText('globex').first().waitFor();
  const hide = (hidden: boolean) =>
    page.evaluate(
      `Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true });
       document.dispatchEvent(new Event('visibilitychange'))`,
    );
  await hide(true);
  await expect.poll(() => streams).toEqual(['opened', 'closed']);
  const asked = page.waitForRequest(/tenant-environments$/);
  await hide(false);
  await asked;
  await expect.poll(() => streams).toEqual(['opened', 'closed', 'opened']);
});
