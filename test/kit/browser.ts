import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, type Page, chromium } from 'playwright-core';
import { demoAccounts } from '../../src/demo/demo-accounts.ts';
import { root } from './fresh-clone.ts';

/** Where Debian puts it; another place may be named in CHROMIUM. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Why no browser can be started here, for `context.skip`; undefined when one can. */
export const noBrowser: string | undefined = existsSync(executablePath)
  ? undefined
  : `there is no Chromium at ${executablePath}; install it, or name another place in CHROMIUM`;

/** A new browser with a profile of its own that talks to nobody but the pages it opens. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** One person at a browser: its page, and everything that the page complained of. */
export interface Visitor {
  readonly page: Page;
  /** Errors of scripts, of the content policy, and of the console. */
  readonly complaints: string[];
  /** Addresses of other servers that the page asked for. */
  readonly strangers: string[];
  readonly close: () => Promise<void>;
}

export interface VisitorWish {
  readonly origin: string;
  /** Signed in as one of the demo’s people, before anything else. */
  readonly as?: 'admin' | 'jane' | 'bob';
  readonly width?: number;
  /** What the browser will write as an error because the test is about it, such as the 500 of a failed execution. */
  readonly expects?: RegExp;
  readonly options?: BrowserContextOptions;
}

/** Opens a window; signs somebody in if asked to. */
export async function visit(
  browser: Browser,
  { origin, as, width = 1280, expects, options }: VisitorWish,
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width, height: width < 600 ? 844 : 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const strangers: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error.stack ?? error)));
  page.on('console', (message) => {
    // A 401 before signing in is an answer, and Chromium writes each as an error.
    const isAnswer = /status of (?:401|403|404|409)/.test(message.text());
    if (message.type() === 'error' && !isAnswer && expects?.test(message.text()) !== true)
      complaints.push(message.text());
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('data:')) strangers.push(url);
  });
  if (as) await signIn(context.request, origin, as);
  return { page, complaints, strangers, close: () => context.close() };
}

async function signIn(request: Page['request'], origin: string, as: string): Promise<void> {
  const account = demoAccounts.find(({ name }) => name === as);
  const data = { email: account?.email, password: account?.password };
  const answer = await request.post(`${origin}/api/v2/auth/login`, { data });
  if (!answer.ok()) throw new Error(`${as} could not sign in: ${await answer.text()}`);
}

/** Both colour schemes. */
export const schemes = ['light', 'dark'] as const;

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

async function violationsNow(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const rules = "{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }";
  const found = await page.evaluate<readonly Violation[]>(
    `axe.run(document, ${rules}).then((all) => all.violations)`,
  );
  return found.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `  ${html}\n  ${failureSummary ?? ''}`).join('\n')}`,
  );
}

/** Looks at the page in both colour schemes: a picture of each for people, and what axe finds in either. */
export async function inspect(page: Page, name: string): Promise<readonly string[]> {
  const folder = join(root, 'test/screenshots');
  mkdirSync(folder, { recursive: true });
  const found: string[] = [];
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), fullPage: true });
    found.push(...(await violationsNow(page)).map((text) => `${colorScheme}: ${text}`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}
