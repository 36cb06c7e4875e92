// npm run bench:web [DEPLOYMENTS]: what a browser loads of the console, and how long people wait for it.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { consoleFolder, freshenConsole } from '../scripts/console-sources.ts';
import { noBrowser, openBrowser, visit } from '../test/kit/browser.ts';
import { consoleServer } from '../test/kit/console-server.ts';
import { projectWithLongHistory } from '../test/kit/long-history.ts';
import { firstLoad } from './console-size.ts';

const deployments = Number(process.argv[2] ?? 5_000);
const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(0)} KB`;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const sizeOf = (ending: string): number =>
  readdirSync(join(consoleFolder, 'assets'))
    .filter((file) => file.endsWith(ending))
    .reduce((sum, file) => sum + statSync(join(consoleFolder, 'assets', file)).size, 0);

await freshenConsole(say);
for (const page of ['sign-in', 'overview', 'tenant-environment', 'compare']) {
  const { bytes, files } = firstLoad(`pages/${page}/${page}-page.tsx`);
  say(`${page.padEnd(20)} ${kilobytes(bytes)} of scripts with gzip, ${files.length} files`);
}
say(
  `${'everything'.padEnd(20)} ${kilobytes(sizeOf('.js.gz'))} of scripts, ${kilobytes(sizeOf('.css.gz'))} of styles`,
);

if (noBrowser === undefined) await measure();
else say(noBrowser);

async function measure(): Promise<void> {
  await using server = await consoleServer();
  await projectWithLongHistory(server.hub(), 'long', deployments);
  const browser = await openBrowser();
  const { page } = await visit(browser, { origin: server.origin, as: 'jane' });
  // Interactive: the newest row is there, and a click on it would be heard.
  const newest = page.getByRole('button', { name: `Release ${deployments}`, exact: true });
  const timed = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    const start = performance.now();
    await work();
    say(`${name.padEnd(54)} ${(performance.now() - start).toFixed(0)} ms`);
  };
  const history = '/projects/long/acme/production';
  say(`A history of ${deployments} deployments:`);
  const open = () => page.goto(history).then(() => newest.click({ trial: true }));
  await timed('history page interactive, first visit (goal 1000 ms)', open);
  await timed('history page interactive, again', open);
  await timed('a filter, from the last letter to the row', async () => {
    await page.getByLabel('Summary or revision').fill('Release 17');
    await newest.waitFor({ state: 'detached' });
  });
  await browser.close();
}
