import type { Browser } from 'playwright-core';
import { type TestContext, afterAll, beforeAll, expect, test } from 'vitest';
import { type VisitorWish, inspect, noBrowser, openBrowser, visit } from '../kit/browser.ts';
import { type ConsoleServer, consoleServer } from '../kit/console-server.ts';

let browser: Browser;
let server: ConsoleServer;

beforeAll(async () => {
  if (noBrowser !== undefined) return;
  server = await consoleServer();
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  if (noBrowser !== undefined) return;
  await browser.close();
  await server[Symbol.asyncDispose]();
});

/** A visitor who leaves without complaints. */
async function visitor(context: TestContext, wish: Omit<VisitorWish, 'origin'> = {}) {
  if (noBrowser !== undefined) context.skip(noBrowser);
  const { page, complaints, strangers, close } = await visit(browser, { origin: server.origin, ...wish });
  context.onTestFinished(async () => {
    await close();
    expect({ complaints, strangers }).toEqual({ complaints: [], strangers: [] });
  });
  return page;
}

const production = '/projects/shop/acme/production';

const pages = [
  { name: 'overview', path: '/', heading: 'Overview', shows: 'globex' },
  { name: 'tenant-environment', path: production, heading: 'acme / production', shows: 'Rollback to' },
  { name: 'requests', path: '/requests', heading: 'Requests', shows: '' },
  { name: 'clusters', path: '/clusters', heading: 'Clusters', shows: '' },
];

test.for(pages.flatMap((page) => [1280, 390].map((width) => ({ ...page, width }))))(
  'axe finds nothing on $name at $width pixels, in both schemes',
  async ({ name, path, heading, shows, width }, context) => {
    const page = await visitor(context, { as: 'jane', width });
    await page.goto(path);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    if (shows !== '') await page.getByText(shows).first().waitFor();
    expect(await inspect(page, `${name}-${width}`)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  },
);
