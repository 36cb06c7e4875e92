import { expect, test } from 'vitest';
import { browserSuite } from '../kit/browser-suite.ts';
import { projectWithLongHistory } from '../kit/long-history.ts';

const { open, server } = browserSuite();

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
  expect(await rows.count()).toBeLessThan(80);
  expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe('351');
  await page.getByRole('button', { name: 'Release 1', exact: true }).click();
  await page.getByText('tenants/acme/production/api/service.yaml').waitFor();
});
