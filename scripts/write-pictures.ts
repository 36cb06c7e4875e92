// npm run pictures: walks the tour of README.md in a browser, and writes its pictures into docs/pictures.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { noBrowser, openBrowser, schemes } from '../test/kit/browser.ts';
import { consoleServer } from '../test/kit/console-server.ts';
import { walkTour } from '../test/kit/tour-walk.ts';
import { fewerColours } from './pictures/fewer-colours.ts';

if (noBrowser !== undefined) throw new Error(noBrowser);
const folder = join(import.meta.dirname, '../docs/pictures');
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) rmSync(join(folder, name));

await using server = await consoleServer();
const browser = await openBrowser();
await walkTour(browser, {
  origin: server.origin,
  take: async (name, page) => {
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      const picture = fewerColours(await page.screenshot());
      writeFileSync(join(folder, `${name}-${colorScheme}.png`), picture);
      process.stdout.write(`${name} ${colorScheme}: ${(picture.length / 1000).toFixed(0)} KB\n`);
    }
    await page.emulateMedia({ colorScheme: 'light' });
  },
});
await browser.close();
