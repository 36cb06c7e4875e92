import { expect, test } from 'vitest';
import type { Actor } from '../../src/domain/people/actor.ts';
import { browserSuite } from '../kit/browser-suite.ts';
import { inspect } from '../kit/browser.ts';
import { createResetLink } from '../../src/app/people/create-reset-link.ts';

const { open, server } = browserSuite();
const production = '/projects/shop/acme/production?service=web';

async function accountOf(name: string) {
  const account = await server().hub().store.accounts.byLogin(`${name}@example.com`);
  if (!account) throw new Error(`there is no ${name}`);
  return account;
}

async function actorOf(name: string): Promise<Actor> {
  const hub = server().hub();
  const account = await hub.store.accounts.withRights((await accountOf(name)).id);
  if (!account) throw new Error(`there is no ${name}`);
  const credential = {
    kind: 'session',
    id: 'ses_test',
    scopes: undefined,
    authenticatedAt: hub.clock(),
  } as const;
  return { ...account, credential };
}

test('whoever is not signed in signs in with the keyboard alone, and comes to the page they wanted', async (context) => {
  const page = await open(context);
  await page.goto(production);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await inspect(page, 'sign-in-1280')).toEqual([]);
  await page.getByLabel('E-mail').focus();
  await page.keyboard.type('jane@example.com');
  await page.keyboard.press('Tab');
  await page.keyboard.type('jane-demo');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'acme / production' }).waitFor();
  expect(page.url()).toBe(`${server().origin}${production}`);
  expect(await page.getByLabel('Service').inputValue()).toBe('web');
});

test('a wrong password is refused in the words of the server', async (context) => {
  const page = await open(context, { width: 390 });
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill('jane@example.com');
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('The e-mail or the password is wrong').waitFor();
  expect(await inspect(page, 'sign-in-refused-390')).toEqual([]);
});

test('whoever an identity provider refused reads why and what to do next', async (context) => {
  const page = await open(context, { width: 390 });
  await page.goto('/sign-in?refused=oidc_failed&because=not_admitted&provider=Call+555');
  const alert = page.getByRole('alert');
  await alert.getByText('An owner can invite you').waitFor();
  expect(await alert.textContent()).toContain('none of your groups gives you a role here');
  expect(await alert.textContent()).not.toContain('555');
  expect(await inspect(page, 'sign-in-not-admitted-390')).toEqual([]);
});

test('a demo lets people in with one click', async (context) => {
  const page = await open(context);
  await page.goto('/');
  await page.getByRole('button', { name: 'bob' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await page.getByText('1 request waits for your review').waitFor();
  expect(await page.getByRole('link', { name: /in globex\/production$/ }).count()).toBe(1);
});

test('when a session ends, the page says so and comes back after signing in again', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto(production);
  await page.getByRole('heading', { name: 'acme / production' }).waitFor();
  await page.context().clearCookies();
  // What a person does who comes back to a tab: the page asks for everything anew.
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await page.getByText('Your session has ended').waitFor();
  await page.getByRole('button', { name: 'jane' }).click();
  await page.getByRole('heading', { name: 'acme / production' }).waitFor();
  expect(page.url()).toBe(`${server().origin}${production}`);
});

test('signing out leaves nothing on the screen', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto('/');
  await page.getByRole('button', { name: 'jane' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await page.getByText('globex').count()).toBe(0);
});

test('a one-time link sets a password and lets in, once', async (context) => {
  const hub = server().hub();
  const admin = await actorOf('admin');
  const { url } = await createResetLink(hub, admin, (await accountOf('jane')).id);
  const page = await open(context);
  await page.goto(url);
  await page.getByLabel('New password').fill('correct horse battery');
  expect(await inspect(page, 'set-password-1280')).toEqual([]);
  await page.getByRole('button', { name: 'Set it and sign in' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await page.goto('/sign-in');
  await page.goto(url);
  await page.getByLabel('New password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Set it and sign in' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByText('Ask an owner for a new one').waitFor();
  expect(await inspect(page, 'set-password-spent-1280')).toEqual([]);
  await page.goto('/set-password');
  await page.getByText('This link is not whole').waitFor();
  expect(await page.getByLabel('New password').count()).toBe(0);
});
