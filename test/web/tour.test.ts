import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fewerColours } from '../../scripts/pictures/fewer-colours.ts';
import { pngSize } from '../../scripts/pictures/png.ts';
import { noBrowser, openBrowser } from '../kit/browser.ts';
import { type ConsoleServer, consoleServer } from '../kit/console-server.ts';
import { root } from '../kit/fresh-clone.ts';
import { tourPictures, walkTour } from '../kit/tour-walk.ts';

const folder = join(root, 'docs/pictures');
const kept = readdirSync(folder).toSorted();
const bytesOf = (name: string): Buffer => readFileSync(join(folder, name));

let browser: Browser | undefined;
let server: ConsoleServer | undefined;

beforeAll(async () => {
  if (noBrowser !== undefined) return;
  server = await consoleServer();
  browser = await openBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

test('README.md shows each picture of the tour in both colour schemes, in its order, with words for who cannot see it', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const shown =
    /<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="docs\/pictures\/([a-z]+)-dark\.png">\s*<img alt="[^"]{20,}" src="docs\/pictures\/\1-light\.png">\s*<\/picture>/g;
  expect([...readme.matchAll(shown)].map(([, name]) => name)).toEqual(tourPictures);
  expect(kept).toEqual(tourPictures.flatMap((name) => [`${name}-dark.png`, `${name}-light.png`]).toSorted());
});

test('the pictures are of one size, and small together', () => {
  expect(new Set(kept.map((name) => pngSize(bytesOf(name)).join('×')))).toEqual(new Set(['1280×800']));
  expect(kept.reduce((sum, name) => sum + bytesOf(name).length, 0)).toBeLessThan(600_000);
});

test('on a new demo the tour leads by clicks from the bad release to a cluster that is well again', async (context) => {
  if (!browser || !server) {
    context.skip(noBrowser ?? 'the browser did not start');
    return;
  }
  const taken: string[] = [];
  await walkTour(browser, {
    origin: server.origin,
    take: async (name, page) => {
      const picture = await page.screenshot();
      taken.push(`${name} ${pngSize(picture).join('×')}`);
      const small = fewerColours(picture);
      expect(small.length).toBeLessThan(picture.length);
      expect(pngSize(small)).toEqual(pngSize(picture));
    },
  });
  expect(taken).toEqual(tourPictures.map((name) => `${name} 1280×800`));
}, 240_000);
