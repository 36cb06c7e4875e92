import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { indexHistory } from '../../src/app/projects/index-history.ts';
import { browserSuite } from '../kit/browser-suite.ts';
import { inspect } from '../kit/browser.ts';
import { projectWith } from '../kit/hub.ts';

const { open, server } = browserSuite();

const file = 'tenants/acme/production/api/service.yaml';

/** Many screens of a file, in which every fifth entry has the value. */
const entries = (value: string): string =>
  Array.from({ length: 400 }, (_, index) => `key${index}: ${index % 5 === 4 ? value : 'same'}\n`).join('');

/** The text of a file that differs in 80 places, open in a comparison. */
async function openLongText(page: Page, view: 'split' | 'unified'): Promise<void> {
  const history = ['old', 'new'].map((value) => ({ message: value, files: { [file]: entries(value) } }));
  const { project, commits } = await projectWith(server().hub(), history, { slug: `wide-${view}` });
  await indexHistory(server().hub(), project.id);
  const query = `from=${commits[0]}&file=${encodeURIComponent(file)}&view=${view}`;
  await page.goto(`/projects/wide-${view}/acme/production/compare?${query}`);
  await page.locator('.cm-editor').first().waitFor();
}

/** Where a person is in the comparison: the lines that are marked, and whether they see them. */
async function shown(page: Page): Promise<{ readonly lines: readonly string[]; readonly seen: boolean }> {
  const lines = page.locator('.cm-shownChange');
  const box = await lines.first().boundingBox();
  const height = page.viewportSize()?.height ?? 0;
  return {
    lines: await lines.allTextContents(),
    seen: box !== null && box.y >= 0 && box.y + box.height <= height,
  };
}

test.for(['split', 'unified'] as const)(
  'keys go from change to change of a %s text, and bring each into view',
  async (view, context) => {
    const page = await open(context, { as: 'jane' });
    await openLongText(page, view);
    const expectChange = async (text: string, line: string): Promise<void> => {
      await page.getByText(text, { exact: true }).waitFor();
      await expect.poll(() => shown(page)).toEqual({ lines: [line], seen: true });
    };
    const scrolled = () => page.evaluate<number>('window.scrollY');
    await page.keyboard.press('n');
    await expectChange('Change 1 of 80', 'key4: new');
    const atFirst = await scrolled();
    await page.keyboard.press('p');
    await expectChange('Change 80 of 80', 'key399: new');
    expect(await scrolled()).toBeGreaterThan(atFirst + 2_000);
    await page.keyboard.press('n');
    await expectChange('Change 1 of 80', 'key4: new');
    await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
    await page.keyboard.press('n');
    await expectChange('Change 2 of 80', 'key9: new');
    expect(await inspect(page, `compare-change-${view}-1280`)).toEqual([]);
  },
);

test('the only change is gone to again from wherever one has scrolled', async (context) => {
  const page = await open(context, { as: 'jane', width: 390 });
  await page.goto('/projects/shop/acme/production');
  const row = page.getByRole('row').filter({ hasText: 'env/production: api-gateway v2.0.9' });
  await row.getByRole('link', { name: 'Compare with current' }).click();
  await page.getByRole('link', { name: /^Text of .*api-gateway\/service\.yaml/ }).click();
  await page.locator('.cm-editor').first().waitFor();
  await page.setViewportSize({ width: 390, height: 300 });
  for (const key of ['n', 'n', 'p']) {
    await page.evaluate('window.scrollTo(0, 0)');
    await page.keyboard.press(key);
    await page.getByText('Change 1 of 1', { exact: true }).waitFor();
    await expect.poll(async () => (await shown(page)).seen).toBe(true);
  }
});
