import { expect, test } from 'vitest';
import { browserSuite } from '../kit/browser-suite.ts';
import { inspect } from '../kit/browser.ts';

const { open } = browserSuite();

/** Every page for people who are signed in: add yours here. `shows` is there when it has all that it asked for. */
const pages: readonly {
  readonly name: string;
  readonly path: string;
  readonly heading: string;
  readonly shows: string;
  /** Jane unless it says so. */
  readonly as?: 'bob';
}[] = [
  { name: 'overview', path: '/', heading: 'Overview', shows: 'globex' },
  { name: 'overview-of-reviewer', path: '/', heading: 'Overview', shows: 'for your review', as: 'bob' },
  {
    name: 'tenant-environment',
    path: '/projects/shop/acme/production',
    heading: 'shop / acme / production',
    shows: 'shows an empty basket',
  },
  {
    name: 'release',
    path: '/projects/shop/acme/production/release',
    heading: 'Release to shop / acme / production',
    shows: 'Add a field',
  },
  {
    name: 'promote',
    path: '/projects/shop/acme/dev/promote',
    heading: 'Promote from shop / acme / dev',
    shows: 'What is carried of them',
  },
  {
    name: 'break-glass',
    path: '/projects/shop/break-glass',
    heading: 'Break-glass in shop',
    shows: 'Nobody has used break-glass here',
  },
  { name: 'requests', path: '/requests', heading: 'Requests', shows: 'Requests' },
  { name: 'audit', path: '/audit', heading: 'Audit', shows: 'Audit' },
  { name: 'clusters', path: '/clusters', heading: 'Clusters', shows: 'Clusters' },
  { name: 'settings', path: '/settings', heading: 'Settings', shows: 'Settings' },
  { name: 'no-such-page', path: '/nowhere', heading: 'No such page', shows: 'overview' },
];

test.for(pages.flatMap((page) => [1280, 390].map((width) => ({ ...page, width }))))(
  'axe finds nothing on $name at $width pixels, in both schemes',
  async ({ name, path, heading, shows, width, ...who }, context) => {
    const page = await open(context, { as: 'jane', width, ...who });
    await page.goto(path);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await page.locator('main').getByText(shows).first().waitFor();
    expect(await page.title()).toBe(`${heading} · Knowngood`);
    expect(await inspect(page, `${name}-${width}`)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  },
);

test('on a phone what waits in a tenant-environment lies beside what runs there, not upon it', async (context) => {
  const page = await open(context, { as: 'jane', width: 390 });
  await page.goto('/');
  const cell = page.getByRole('link').filter({ hasText: '1 held' });
  await cell.waitFor();
  const boxes = await Promise.all(
    [cell.getByText(/checkout v1\.9\.0/), cell.getByText('Degraded'), cell.getByText('1 held')].map((part) =>
      part.boundingBox(),
    ),
  );
  const [summary, state, held] = boxes;
  for (const part of [summary, state])
    expect((part?.x ?? 0) + (part?.width ?? 0)).toBeLessThanOrEqual(held?.x ?? 0);
});
