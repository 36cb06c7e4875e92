import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { browserSuite } from '../kit/browser-suite.ts';
import { inspect } from '../kit/browser.ts';

const { open } = browserSuite();

// Two browsers take long on a machine that has other work.
vi.setConfig({ testTimeout: 180_000 });

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Submits the recommended rollback of one service by the wizard; the address of the request. */
async function submit(page: Page, place: string, why: string): Promise<string> {
  await page.goto(`/go?project=shop&${place}`);
  await page.getByText(/^1 service · /).waitFor();
  await button(page, 'Next: submit').click();
  await page.getByText(/^Needs 1 approval; .*can give it\. You cannot approve your own\.$/).waitFor();
  await page.getByLabel('Justification').fill(why);
  await button(page, 'Submit for approval').click();
  await page.waitForURL(/\/requests\/rbk-/);
  await page.getByRole('heading', { level: 2, name: 'Review' }).waitFor();
  return new URL(page.url()).pathname;
}

test('jane asks and may not approve, bob approves, and both see it committed', async (context) => {
  const [jane, bob] = [await open(context, { as: 'jane' }), await open(context, { as: 'bob' })];
  const path = await submit(
    jane,
    'tenant=acme&environment=production&service=api-gateway',
    'Bad image tag v2.1.0 causing 500 errors',
  );
  await jane.getByText('it needs the role admin').filter({ visible: true }).waitFor();
  expect(await button(jane, 'Approve').getAttribute('aria-disabled')).toBe('true');
  await jane.getByText('Who can approve: bob and admin.').waitFor();
  await jane.getByText('The same with curl').click();
  await jane.getByRole('button', { name: /^Copy curl .*\/approve$/ }).waitFor();
  expect(await inspect(jane, 'request-pending-1280')).toEqual([]);

  await bob.goto('/requests?whose=waiting');
  await bob.getByRole('link', { name: /Rollback of api-gateway in acme\/production/ }).click();
  await bob.getByRole('tab', { name: 'Changes' }).click();
  await bob.getByText('v2.0.9').waitFor();
  await bob.getByRole('button', { name: /^Show text of .*api-gateway\/service\.yaml$/ }).click();
  await bob
    .getByRole('region', { name: /^Text of / })
    .getByText('  tag: v2.0.9')
    .waitFor();
  expect(new URL(bob.url()).searchParams.get('text')).toMatch(/api-gateway\/service\.yaml$/);
  expect(await inspect(bob, 'request-changes-1280')).toEqual([]);
  await bob.getByLabel('Comment').fill('v2.0.9 was good');
  await button(bob, 'Approve').click();
  await bob.getByText('completed', { exact: true }).waitFor();
  await bob
    .getByRole('region', { name: /^Text of / })
    .getByText('  tag: v2.0.9')
    .waitFor();

  // Nobody reloads: the event of the hub reaches her page.
  await jane.getByText('completed', { exact: true }).waitFor();
  await jane.getByText('v2.0.9 was good').waitFor();
  await jane.goto(`${path}?tab=commit`);
  await jane.getByText('Approval: Approved by bob@example.com (quorum: 1/1)').waitFor();
  await jane.goto(`${path}?tab=evidence`);
  await jane.getByRole('link', { name: 'Markdown' }).waitFor();
  expect(await inspect(jane, 'request-evidence-1280')).toEqual([]);
  await jane.goto(`${path}?tab=checklist`);
  await jane.getByRole('listitem').filter({ hasText: 'Git state' }).getByText('done').waitFor();
  expect(await inspect(jane, 'request-checklist-1280')).toEqual([]);
});

test('bob rejects with a comment, and jane resubmits', async (context) => {
  const [jane, bob] = [await open(context, { as: 'jane' }), await open(context, { as: 'bob' })];
  const path = await submit(jane, 'tenant=acme&environment=production&service=checkout', 'Debug logs');
  await bob.goto(path);
  await bob.getByLabel('Comment').fill('Debug logs are wanted');
  await button(bob, 'Reject').click();
  await bob.getByText('rejected', { exact: true }).first().waitFor();
  await jane.getByText('Debug logs are wanted').waitFor();
  await button(jane, 'Resubmit').click();
  await jane.waitForURL((url) => url.pathname !== path);
  await button(jane, 'Cancel').click();
  await jane.getByText('cancelled', { exact: true }).first().waitFor();
  expect(await inspect(jane, 'request-cancelled-1280')).toEqual([]);
});

test('an admin cannot approve a request of their own, and reads why', async (context) => {
  const page = await open(context, { as: 'bob' });
  await submit(page, 'tenant=globex&environment=production&service=payments', 'Cards are refused');
  const reason = page.getByText('cannot approve/reject your own rollback request');
  await reason.filter({ visible: true }).waitFor();
  expect(await button(page, 'Approve').getAttribute('aria-disabled')).toBe('true');
  expect(await button(page, 'Reject').getAttribute('aria-disabled')).toBe('true');
});

test('the queue filters in its address, and notes are added, on a phone', async (context) => {
  const page = await open(context, { as: 'jane', width: 390 });
  await page.goto('/requests');
  await page
    .getByRole('link', { name: /globex\/production/ })
    .first()
    .waitFor();
  expect(await inspect(page, 'requests-390')).toEqual([]);
  await page.getByLabel('State').selectOption('completed');
  await page.waitForURL(/state=completed/);
  await page.getByRole('link', { name: /Rollback of web in acme\/production/ }).click();
  await page.getByLabel('Add a note').fill('The basket was cached by session');
  await button(page, 'Add note').click();
  await page.getByRole('article').filter({ hasText: 'The basket was cached' }).waitFor();
  expect(await inspect(page, 'request-completed-390')).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
});

test('the message of the commit and the rows of the audit log are read whole on a phone', async (context) => {
  const page = await open(context, { as: 'jane', width: 390 });
  await page.goto('/requests?state=completed');
  await page.getByRole('link', { name: /Rollback of web in acme\/production/ }).click();
  for (const [tab, shows] of [
    ['Commit', 'Rollback Request ID'],
    ['Evidence', 'request.submitted'],
  ] as const) {
    await page.getByRole('tab', { name: tab }).click();
    await page.getByText(shows).first().waitFor();
    expect(await inspect(page, `request-${tab.toLowerCase()}-390`)).toEqual([]);
  }
});
