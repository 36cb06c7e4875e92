import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserSuite } from '../kit/browser-suite.ts';
import { projectWithLongHistory } from '../kit/long-history.ts';

const { open, server } = browserSuite();

/** How far a row in view moved on the screen, once it is drawn, when somebody scrolled up by so many pixels. */
const movedBy = (page: Page, pixels: number): Promise<number> =>
  page.evaluate<number>(`new Promise((done) => {
    const index = document.querySelectorAll('tr[aria-rowindex]')[8].getAttribute('aria-rowindex');
    const top = () => document.querySelector('tr[aria-rowindex="' + index + '"]').getBoundingClientRect().top;
    const before = top();
    window.scrollBy(0, -${pixels});
    requestAnimationFrame(() => requestAnimationFrame(() => done(top() - before)));
  })`);

test('a long history is read page by page as one scrolls, and only the rows in view are in the page', async (context) => {
  const page = await open(context, { as: 'jane' });
  await projectWithLongHistory(server().hub(), 'long', 350);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (/\/me$|\/tenant-environments$|\/deployments\?/.test(request.url())) asked.push(request.url());
  });
  await page.goto('/projects/long/acme/production');
  await page.getByRole('row').filter({ hasText: 'Release 350' }).waitFor();
  // Asked by the page itself, before its code was there; the code takes these answers and asks nothing again.
  expect(asked.map((url) => url.replace(/^.*\/|\?.*$/g, ''))).toEqual([
    'me',
    'tenant-environments',
    'deployments',
  ]);
  asked.length = 0;
  const rows = page.locator('tr[aria-rowindex]');
  expect(await rows.count()).toBeLessThan(80);
  for (const oldest of [250, 150, 50, 1]) {
    await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
    await expect
      .poll(() => page.getByRole('button', { name: `Release ${oldest}`, exact: true }).count())
      .toBe(1);
  }
  await page.getByText('350 deployments; this is the beginning').waitFor();
  expect(asked).toHaveLength(3);
  // Up again: what is in view moves by as much as one scrolled, whatever the rows above it turn out to be high.
  for (let step = 0; step < 8; step += 1) expect(await movedBy(page, 240)).toBeCloseTo(240, 0);
  expect(await rows.count()).toBeLessThan(80);
  expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe('351');
  await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
  await page.getByRole('button', { name: 'Release 1', exact: true }).click();
  await page.getByText('tenants/acme/production/api/service.yaml').waitFor();
});
