import { expect, test } from 'vitest';
import { browserSuite } from '../kit/browser-suite.ts';
import { inspect } from '../kit/browser.ts';

const { open } = browserSuite();
const path = '/projects/shop/break-glass';

test('a session is opened with a reason, ended by its holder, and reviewed by somebody else', async (context) => {
  const page = await open(context, { as: 'admin' });
  await page.goto('/');
  await page.getByRole('link', { name: 'Break-glass', exact: true }).first().click();
  await page.waitForURL(new RegExp(path));
  const button = page.getByRole('button', { name: 'Open break-glass' });
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await page.getByLabel('Justification').fill('Checkout is down');
  await page.getByLabel('Minutes').fill('5');
  await button.click();
  const session = page.getByRole('article').filter({ hasText: 'Checkout is down' });
  await session.getByText('open', { exact: true }).waitFor();
  expect(await inspect(page, 'break-glass-open-1280')).toEqual([]);
  await page.getByRole('link', { name: 'Requests', exact: true }).click();
  await page.getByRole('link', { name: 'See the session' }).click();
  await page.waitForURL(/\/projects\/shop\/break-glass#bgs-/);
  await session.getByRole('button', { name: 'End it now' }).click();
  await session.getByText('waits for review').waitFor();
  await session.getByText('Cannot review your own break-glass session').waitFor({ state: 'attached' });

  const other = await open(context, { as: 'bob', width: 390 });
  await other.goto('/');
  await other.getByText('1 break-glass session waits for its review').waitFor();
  await other.getByRole('link', { name: /^admin in shop$/i }).click();
  await other.getByText('1 session waits for its review.').waitFor();
  expect(await inspect(other, 'break-glass-owed-390')).toEqual([]);
  expect(await other.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await other.getByLabel('What you found').fill('Right to act');
  await other.getByRole('button', { name: 'Close the review' }).click();
  await other.getByText('bob reviewed it: Right to act').waitFor();
});

test('whoever may not use break-glass sees the sessions, and why', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto(path);
  const button = page.getByRole('button', { name: 'Open break-glass' });
  await button.waitFor();
  expect(await button.getAttribute('aria-disabled')).toBe('true');
});
