import type { Browser, Page } from 'playwright-core';
import { type TestContext, afterAll, beforeAll, expect } from 'vitest';
import { type VisitorWish, noBrowser, openBrowser, visit } from './browser.ts';
import { type ConsoleServer, consoleServer } from './console-server.ts';

/** What the browser tests of one file share: a server with the demo, and a browser. */
export interface BrowserSuite {
  readonly server: () => ConsoleServer;
  /**
   * A page of a new window. The test fails if the page complained of anything or asked another server for anything.
   * Skips the test where there is no browser.
   */
  readonly open: (context: TestContext, wish?: Omit<VisitorWish, 'origin'>) => Promise<Page>;
}

/** Where the page was when its test failed, and what a person would have read there. */
async function tellWhatStands(page: Page): Promise<void> {
  const text = await page.evaluate<string>('document.body.innerText').catch(String);
  process.stderr.write(`${page.url()}\n${text}\n`);
}

/** Starts both before the tests of a file and ends them after. */
export function browserSuite(): BrowserSuite {
  let browser: Browser | undefined;
  let server: ConsoleServer | undefined;
  const running = (): ConsoleServer => {
    if (!server) throw new Error('the server did not start');
    return server;
  };
  beforeAll(async () => {
    if (noBrowser !== undefined) return;
    server = await consoleServer();
    browser = await openBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
  });
  return {
    server: running,
    open: async (context, wish = {}) => {
      if (noBrowser !== undefined || !browser) return context.skip(noBrowser ?? 'the browser did not start');
      const { page, complaints, strangers, close } = await visit(browser, {
        origin: running().origin,
        ...wish,
      });
      context.onTestFinished(async () => {
        if (context.task.result?.state === 'fail') await tellWhatStands(page);
        await close();
        expect({ complaints, strangers }).toEqual({ complaints: [], strangers: [] });
      });
      return page;
    },
  };
}
