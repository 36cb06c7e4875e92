import type { Browser, Page } from 'playwright-core';
import { visit } from './browser.ts';

/** The pictures of the tour through the console, in the order in which README.md shows them. */
export const tourPictures = ['overview', 'history', 'preview', 'submit', 'approve', 'verified'] as const;
export type TourPicture = (typeof tourPictures)[number];

export interface TourWalk {
  readonly origin: string;
  /** Called when the page shows what the picture is about. */
  readonly take: (name: TourPicture, page: Page) => Promise<void>;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/**
 * The tour of README.md on a new demo, by clicks alone: jane finds the bad release and asks for its rollback, bob
 * approves in a browser of his own, and jane sees the cluster well again.
 */
export async function walkTour(browser: Browser, { origin, take }: TourWalk): Promise<void> {
  const [jane, bob] = [await visit(browser, { origin }), await visit(browser, { origin })];
  // The cluster takes its time: it is watched until it has stayed well for a while.
  for (const { page } of [jane, bob]) page.setDefaultTimeout(120_000);
  try {
    await signIn(jane.page, 'jane');
    await ask(jane.page, take);
    await signIn(bob.page, 'bob');
    await approve(bob.page, take);
    // Nobody reloads: her page follows what he does, and what the cluster reports.
    const way = jane.page.getByRole('list', { name: 'The way of this request' });
    const verified = way.getByRole('listitem').filter({ hasText: 'Verified' });
    await verified.getByRole('img', { name: 'done' }).waitFor();
    await take('verified', jane.page);
  } finally {
    await Promise.all([jane.close(), bob.close()]);
  }
}

async function signIn(page: Page, name: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
}

async function ask(page: Page, take: TourWalk['take']): Promise<void> {
  await page.getByRole('img', { name: 'Degraded' }).first().waitFor();
  await take('overview', page);
  await page
    .getByRole('link')
    .filter({ has: page.getByRole('img', { name: 'Degraded' }) })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: 'acme / production' }).waitFor();
  const recommended = page.getByRole('region', { name: 'Recommended rollback' });
  await recommended.getByRole('button', { name: 'Preview this rollback' }).waitFor();
  await page.getByText('7 deployments').waitFor();
  await take('history', page);
  await recommended.getByRole('button', { name: 'Preview this rollback' }).click();
  await page.getByText(/^[12] services? · /).waitFor();
  // The rest of that release works: the smallest rollback is the best one.
  const narrower = page.getByRole('link', { name: 'api-gateway', exact: true });
  if ((await narrower.count()) > 0) await narrower.click();
  await page.getByText(/^1 service · /).waitFor();
  await take('preview', page);
  await button(page, 'Next: submit').click();
  await page.getByLabel('Justification').fill('v2.1.0 answers 500');
  await page.getByText('You cannot approve your own').waitFor();
  await take('submit', page);
  await button(page, 'Submit for approval').click();
  await page.waitForURL(/\/requests\/rbk-/);
}

async function approve(page: Page, take: TourWalk['take']): Promise<void> {
  await page.getByRole('link', { name: /api-gateway in acme\/production/ }).click();
  await page.getByRole('tab', { name: 'Changes' }).click();
  await page.getByText('v2.0.9').first().waitFor();
  await page.getByLabel('Comment').fill('Seen it too');
  await take('approve', page);
  await button(page, 'Approve').click();
  await page.getByText('completed', { exact: true }).first().waitFor();
}
