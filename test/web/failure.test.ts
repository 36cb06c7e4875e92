import { expect, test, vi } from 'vitest';
import { browserSuite } from '../kit/browser-suite.ts';
import { inspect } from '../kit/browser.ts';

const { open } = browserSuite();

vi.setConfig({ testTimeout: 180_000 });

test('a page that fails says so in words, within the frame, and loading it anew goes on', async (context) => {
  const page = await open(context, { as: 'jane', expects: /./ });
  await page.route('**/api/v2/requests/rbk-*', (route) => route.fulfill({ json: { state: 'pending' } }));
  await page.goto('/requests');
  await page
    .getByRole('link', { name: /^Rollback of / })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: 'This page cannot be shown' }).waitFor();
  await page.getByRole('alert').filter({ hasText: 'The server sent something that is no answer' }).waitFor();
  expect(await inspect(page, 'page-failed-1280')).toEqual([]);
  await page.unroute('**/api/v2/requests/rbk-*');
  await page.getByRole('button', { name: 'Load this page anew' }).click();
  await page.getByRole('tab', { name: 'Conversation' }).waitFor();
});
