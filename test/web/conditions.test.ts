import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { browserSuite } from '../kit/browser-suite.ts';
import { inspect } from '../kit/browser.ts';

const { open, server } = browserSuite();

// Two browsers and a restart take long on a machine that has other work.
vi.setConfig({ testTimeout: 180_000 });

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const state = (page: Page, word: string) => page.getByText(word, { exact: true }).first();
const production = '/projects/shop/acme/production';

/** Opens the last step for one service of a place that asks nobody, with a justification typed in. */
async function draft(page: Page, place: string, why: string): Promise<void> {
  await page.goto(`/go?project=shop&${place}`);
  await page.getByText(/^1 service · /).waitFor();
  await button(page, 'Next: submit').click();
  await page.getByLabel('Justification').fill(why);
}

/** How many requests say so. */
async function requestsSaying(page: Page, why: string): Promise<number> {
  const answer = await page.request.get('/api/v2/requests?limit=100');
  const { items } = (await answer.json()) as {
    readonly items: readonly { readonly justification: string }[];
  };
  return items.filter(({ justification }) => justification === why).length;
}

/** Goes on with Tab until what has the focus is called so. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 100; presses++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate<string>(
      "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent",
    );
    if (name.test(focused)) return;
  }
  throw new Error(`100 presses of Tab did not lead to ${name}`);
}

test('by keyboard alone, from a row of the history to a request that waits', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto(production);
  const row = page.locator('tbody', { hasText: 'Rollback: tenant/acme env/production' });
  const wanted = await row
    .getByRole('button', { name: /Rollback to this revision/ })
    .getAttribute('aria-label');
  await tabTo(page, new RegExp(`^${wanted}$`));
  await page.keyboard.press('Enter');
  await page.getByText(/^2 services · /).waitFor();
  await tabTo(page, /^api-gateway$/);
  await page.keyboard.press('Enter');
  await page.getByText(/^1 service · /).waitFor();
  await tabTo(page, /^Next: submit$/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 2, name: 'Submit' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type('By keyboard alone');
  await tabTo(page, /^Submit for approval$/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/requests\/rbk-/);
  await state(page, 'pending').waitFor();
  expect(await requestsSaying(page, 'By keyboard alone')).toBe(1);
});

test('on two phones, one asks and one approves', async (context) => {
  const jane = await open(context, { as: 'jane', width: 390 });
  const bob = await open(context, { as: 'bob', width: 390 });
  await draft(jane, 'tenant=acme&environment=production&service=checkout', 'From the train');
  expect(await inspect(jane, 'wizard-submit-390')).toEqual([]);
  await button(jane, 'Submit for approval').click();
  await jane.waitForURL(/\/requests\/rbk-/);
  await bob.goto('/requests?whose=waiting');
  await bob.getByRole('link', { name: /Rollback of checkout in acme\/production/ }).click();
  await button(bob, 'Approve').waitFor();
  expect(await inspect(bob, 'request-pending-390')).toEqual([]);
  await button(bob, 'Approve').click();
  await state(jane, 'completed').waitFor();
  for (const page of [jane, bob])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
});

test('a preview that is asked for again in the background keeps the way on open', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto('/go?project=shop&tenant=globex&environment=production&service=payments');
  await page.getByText(/^1 service · /).waitFor();
  const answer = await page.request.get('/api/v2/requests?limit=1');
  const { items } = (await answer.json()) as { readonly items: readonly { readonly id: string }[] };
  const asked = page.waitForRequest('**/rollback/preview');
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route('**/rollback/preview', async (route) => {
    await held;
    await route.continue();
  });
  const noted = await page.request.post(`/api/v2/requests/${items[0]?.id}/notes`, {
    data: { text: 'What others do is told to everybody' },
  });
  expect(noted.status()).toBe(201);
  await asked;
  expect(await button(page, 'Next: submit').isEnabled()).toBe(true);
  await button(page, 'Next: submit').click();
  await page.getByLabel('Justification').waitFor();
  letGo();
});

test('of two tabs, one follows what the other does, and signing out of one is signing out of both', async (context) => {
  const first = await open(context, { as: 'bob' });
  const second = await first.context().newPage();
  await draft(first, 'tenant=globex&environment=production&service=payments', 'Cards are refused');
  await button(first, 'Submit for approval').click();
  await first.waitForURL(/\/requests\/rbk-/);
  const path = new URL(first.url()).pathname;
  await second.goto(path);
  await state(second, 'pending').waitFor();
  await button(first, 'Cancel').click();
  await state(second, 'cancelled').waitFor();
  await first.getByRole('button', { name: 'bob' }).click();
  await first.getByRole('menuitem', { name: 'Sign out' }).click();
  await first.getByRole('heading', { name: 'Sign in' }).waitFor();
  // What a person does who turns to the other tab: it asks for everything anew.
  await second.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await second.getByText('Your session has ended').waitFor();
  await second.getByRole('button', { name: 'bob' }).click();
  await state(second, 'cancelled').waitFor();
  expect(new URL(second.url()).pathname).toBe(path);
});

test('a session that ends before the last click costs nothing that was typed', async (context) => {
  const page = await open(context, { as: 'jane' });
  await draft(page, 'tenant=globex&environment=dev&service=payments', 'Typed before it ended');
  await page.context().clearCookies();
  await button(page, 'Roll back now').click();
  await page.getByText('Your session has ended').waitFor();
  await page.getByRole('button', { name: 'jane' }).click();
  await page.getByRole('heading', { level: 2, name: 'Submit' }).waitFor();
  expect(await page.getByLabel('Justification').inputValue()).toBe('Typed before it ended');
  await button(page, 'Roll back now').click();
  await page.waitForURL(/\/requests\/rbk-/);
  expect(await requestsSaying(page, 'Typed before it ended')).toBe(1);
});

test('a hub that restarts under the last click is waited for, and the click counts once', async (context) => {
  const page = await open(context, { as: 'jane', expects: /net::ERR_/ });
  await draft(page, 'tenant=acme&environment=dev&service=payments', 'While it restarted');
  await server().stop();
  await page.getByText('Reconnecting to the hub').waitFor();
  await button(page, 'Roll back now').click();
  await page.getByRole('alert').filter({ hasText: 'The hub cannot be reached' }).waitFor();
  expect(await inspect(page, 'hub-away-1280')).toEqual([]);
  await server().start();
  await page.getByText('Reconnecting to the hub').waitFor({ state: 'detached' });
  await button(page, 'Roll back now').click();
  await page.waitForURL(/\/requests\/rbk-/);
  expect(await requestsSaying(page, 'While it restarted')).toBe(1);
});
