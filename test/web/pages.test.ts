import { expect, test } from 'vitest';
import { browserSuite } from '../kit/browser-suite.ts';
import { inspect } from '../kit/browser.ts';

const { open } = browserSuite();

/** Every page for people who are signed in: add yours here. `shows` is there when it has all that it asked for. */
const pages = [
  { name: 'overview', path: '/', heading: 'Overview', shows: 'globex' },
  {
    name: 'tenant-environment',
    path: '/projects/shop/acme/production',
    heading: 'acme / production',
    shows: 'shows an empty basket',
  },
  { name: 'requests', path: '/requests', heading: 'Requests', shows: 'Requests' },
  { name: 'audit', path: '/audit', heading: 'Audit', shows: 'Audit' },
  { name: 'clusters', path: '/clusters', heading: 'Clusters', shows: 'Clusters' },
  { name: 'settings', path: '/settings', heading: 'Settings', shows: 'Settings' },
  { name: 'no-such-page', path: '/nowhere', heading: 'No such page', shows: 'overview' },
];

test.for(pages.flatMap((page) => [1280, 390].map((width) => ({ ...page, width }))))(
  'axe finds nothing on $name at $width pixels, in both schemes',
  async ({ name, path, heading, shows, width }, context) => {
    const page = await open(context, { as: 'jane', width });
    await page.goto(path);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await page.locator('main').getByText(shows).first().waitFor();
    expect(await page.title()).toBe(`${heading} · Knowngood`);
    expect(await inspect(page, `${name}-${width}`)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  },
);
