import { expect, test } from 'vitest';
import { browserSuite } from '../kit/browser-suite.ts';
import { inspect } from '../kit/browser.ts';
import { hookReceiver } from '../kit/receiver.ts';

const { open, server } = browserSuite();

test('an admin changes a policy; two who change it at once are told', async (context) => {
  const page = await open(context, { as: 'admin' });
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Change the policy of staging' }).click();
  await page.getByRole('heading', { level: 2, name: 'Policy of staging in shop' }).waitFor();
  const approvals = page.getByLabel('Approvals', { exact: true });
  await approvals.fill('11');
  const save = page.getByRole('button', { name: 'Save the policy' });
  await page.getByText('11 is not a whole number from 0 to 10').waitFor({ state: 'attached' });
  expect(await save.getAttribute('aria-disabled')).toBe('true');
  await approvals.fill('');
  await page.getByText('Type a whole number').waitFor();
  expect(await save.isDisabled()).toBe(true);
  await approvals.fill('2');
  await page.getByLabel('Execution').selectOption('manual');
  await page.getByLabel('The paths of the environment take no direct push').check();
  const path = '/api/v2/projects/shop/environments/staging/policy';
  const before = (await (await page.request.get(path)).json()) as { readonly policy: object };
  const theirs = { policy: { ...before.policy, expiryHours: 36 } };
  expect((await page.request.put(path, { data: theirs })).status()).toBe(200);
  await page.getByText('Somebody else has changed this policy').waitFor();
  await save.click();
  await page.getByRole('alert').waitFor();
  await page.getByRole('button', { name: 'Begin anew from theirs' }).click();
  expect(await page.getByLabel('Expires after (hours)').inputValue()).toBe('36');
  await approvals.fill('2');
  await page.getByLabel('Execution').selectOption('manual');
  await save.click();
  const row = page.getByRole('row', { name: /staging/ });
  await row.getByText('2, not your own').waitFor();
  await row.getByText('manual').waitFor();
  await row.getByText('36 hours').waitFor();
});

test('whoever may not change a policy reads it, and is told why the button is off', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto('/settings');
  const button = page.getByRole('button', { name: 'Change the policy of production' });
  await button.waitFor();
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  const reasonId = await button.getAttribute('aria-describedby');
  const reason = await page.locator(`[id="${reasonId}"]`).textContent();
  expect(reason).toMatch(/change a policy/);
  await page.goto('/settings?tab=policies&project=shop&environment=production');
  await page.getByLabel('Approvals', { exact: true }).waitFor();
  expect(await page.getByLabel('Approvals', { exact: true }).isDisabled()).toBe(true);
});

test('a token is made, its secret is shown once and works, and is revoked by two presses', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto('/settings');
  await page.getByRole('tab', { name: 'Tokens' }).click();
  await page.waitForURL(/tab=tokens/);
  await page.getByLabel('Name', { exact: true }).fill('laptop');
  await page.getByLabel('submit and cancel requests').check();
  await page.getByRole('button', { name: 'Create the token' }).click();
  await page.getByText('It is shown now and never again').waitFor();
  expect(await inspect(page, 'settings-token-made-1280')).toEqual([]);
  const secret = await page.getByRole('note').locator('code').innerText();
  const asProgram = () =>
    fetch(`${server().origin}/api/v2/me`, { headers: { authorization: `Bearer ${secret}` } });
  expect(await (await asProgram()).json()).toMatchObject({ credential: { scopes: ['read', 'request'] } });
  await page.getByRole('button', { name: 'I have it' }).click();
  await page.getByText(secret).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Revoke laptop' }).click();
  await page.getByRole('button', { name: 'Revoke laptop for good' }).click();
  await page
    .getByRole('row', { name: /laptop/ })
    .getByText(/revoked/)
    .waitFor();
  expect((await asProgram()).status).toBe(401);
});

test('an owner invites somebody by a link that is shown once, and changes a role', async (context) => {
  const page = await open(context, { as: 'admin' });
  await page.goto('/settings?tab=members');
  await page.getByLabel('Name', { exact: true }).fill('Mia');
  await page.getByLabel('E-mail').fill('mia@example.com');
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByText('It is shown now and never again').waitFor();
  expect(await inspect(page, 'settings-member-invited-1280')).toEqual([]);
  await page.getByRole('button', { name: 'I have it' }).click();
  const row = page.getByRole('row', { name: /mia@example.com/ });
  await row.getByText('not yet: invited').waitFor();
  await row.getByRole('button', { name: 'Change role of Mia' }).click();
  await row.getByLabel('Role of Mia').selectOption('admin');
  await row.getByRole('button', { name: 'Save' }).click();
  await row.getByRole('cell', { name: 'admin', exact: true }).waitFor();
});

test('whoever may not manage members sees them, with the buttons off', async (context) => {
  const page = await open(context, { as: 'jane' });
  await page.goto('/settings?tab=members');
  const change = page.getByRole('button', { name: 'Change role of bob' });
  await change.waitFor();
  for (const button of [change, page.getByRole('button', { name: 'Invite' })]) {
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    const reasonId = await button.getAttribute('aria-describedby');
    expect(await page.locator(`[id="${reasonId}"]`).textContent()).toMatch(/manage members/);
  }
});

test('on a phone each value has the name of its column beside it, and no button lies out of sight', async (context) => {
  const page = await open(context, { as: 'admin', width: 390 });
  await page.goto('/settings?tab=members');
  const change = page.getByRole('button', { name: 'Change role of bob' });
  await change.waitFor();
  const box = await change.boundingBox();
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
  const cell = "[...document.querySelectorAll('td')].find((td) => td.textContent === 'bob@example.com')";
  const label = await page.evaluate<string>(`getComputedStyle(${cell}, '::before').content`);
  expect(label).toBe('"E-mail"');
});

test('approvers, break-glass and freeze windows of a policy are changed in the form', async (context) => {
  const page = await open(context, { as: 'admin' });
  await page.goto('/settings?project=shop&environment=dev');
  await page.getByRole('button', { name: 'Add a set of approvers' }).click();
  const save = page.getByRole('button', { name: 'Save the policy' });
  await page.getByText(/eligible.*0 is not a whole number from 1 to 200/).waitFor({ state: 'attached' });
  await page.getByLabel('People', { exact: true }).first().click();
  await page.getByRole('option', { name: 'bob' }).click();
  await page.getByLabel('Groups', { exact: true }).first().fill('on-call');
  await page.keyboard.press('Enter');
  await page.getByLabel('Longest session (minutes)').fill('30');
  await page.getByRole('checkbox', { name: 'admins' }).uncheck();
  await page.getByRole('button', { name: 'Add one for every week' }).click();
  const freeze = page.getByRole('group', { name: /^Freeze window 1/ });
  await freeze.getByLabel('From', { exact: true }).fill('Friday');
  await page.getByText(/freezeWindows/).waitFor({ state: 'attached' });
  await freeze.getByLabel('From', { exact: true }).fill('Fri 18:00');
  expect(await inspect(page, 'settings-policy-filled-1280')).toEqual([]);
  await save.click();
  const row = page.getByRole('row', { name: /^dev/ });
  await row.getByText('bob or group on-call').waitFor();
  const path = '/api/v2/projects/shop/environments/dev/policy';
  expect(await (await page.request.get(path)).json()).toMatchObject({
    policy: {
      eligible: [{ groups: ['on-call'] }],
      breakGlass: { roles: ['owner'], minutes: 30 },
      freezeWindows: [{ kind: 'weekly', from: 'Fri 18:00', to: 'Mon 08:00', offset: 'Z' }],
    },
  });
});

test('a webhook is made, tried, and its deliveries are looked at', async (context) => {
  await using chat = await hookReceiver();
  const page = await open(context, { as: 'admin' });
  await page.goto('/settings?tab=webhooks');
  await page.getByText('Events are sent nowhere yet').waitFor();
  await page.getByLabel('Name', { exact: true }).fill('incidents');
  await page.getByLabel('Address').fill(chat.url);
  await page.getByRole('button', { name: 'Create the webhook' }).click();
  await page.getByText('It is shown now and never again').waitFor();
  await page.getByRole('button', { name: 'I have it' }).click();
  const row = page.getByRole('row', { name: /incidents/ });
  await row.getByText('none yet').waitFor();
  await row.getByRole('button', { name: 'Switch incidents off' }).click();
  await row.getByText('switched off').waitFor();
  await row.getByRole('button', { name: 'Switch incidents on' }).click();
  await row.getByRole('button', { name: 'Deliveries of incidents' }).click();
  await page.waitForURL(/webhook=/);
  await page.getByRole('button', { name: 'Send a test event' }).click();
  const delivery = page.getByRole('row', { name: /webhook\.ping/ });
  await delivery.getByText('delivered').waitFor();
  await delivery.getByRole('button', { name: /again/ }).click();
  await chat.until(2);
  expect(chat.received[1]?.id).toBe(chat.received[0]?.id);
  expect(await inspect(page, 'settings-deliveries-1280')).toEqual([]);
  await page.getByRole('button', { name: 'Back to all webhooks' }).click();
  await row.getByRole('button', { name: 'Delete incidents' }).click();
  await row.getByRole('button', { name: 'Delete incidents for good' }).click();
  await page.getByText('Events are sent nowhere yet').waitFor();
});

test('the plan says what it allows, and is the owner’s to change', async (context) => {
  const page = await open(context, { as: 'admin' });
  await page.goto('/settings?tab=plan');
  await page.getByRole('heading', { name: 'Plan: enterprise' }).waitFor();
  await page.getByRole('button', { name: 'Change to pro' }).click();
  await page.getByRole('heading', { name: 'Plan: pro' }).waitFor();
  await page.getByRole('row', { name: /rollback_approval.*off/ }).waitFor();
  await page.getByRole('button', { name: 'Change to enterprise' }).click();
  await page.getByText('Modes that can be asked for: full, service, field').waitFor();
  const janes = await open(context, { as: 'jane' });
  await janes.goto('/settings?tab=plan');
  const button = janes.getByRole('button', { name: 'Change to free' });
  await button.waitFor();
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await janes.goto('/settings?tab=webhooks');
  await janes.getByText('Webhooks are for admins').waitFor();
});

const sections = [
  { name: 'members', path: '/settings?tab=members', shows: 'bob@example.com' },
  { name: 'tokens', path: '/settings?tab=tokens', shows: 'What it may be used for' },
  { name: 'webhooks', path: '/settings?tab=webhooks', shows: /Create the webhook|Webhooks are for admins/ },
  { name: 'plan', path: '/settings?tab=plan', shows: 'basic_rollback' },
  { name: 'policies', path: '/settings', shows: 'Push protection' },
  {
    name: 'policy',
    path: '/settings?project=shop&environment=production',
    shows: 'Rollbacks run in a freeze too, and are flagged',
  },
];

test.for(
  sections.flatMap((section) =>
    [1280, 390].flatMap((width) => (['admin', 'jane'] as const).map((as) => ({ ...section, width, as }))),
  ),
)(
  'axe finds nothing on $name as $as at $width pixels, in both schemes',
  async ({ name, path, shows, width, as }, context) => {
    const page = await open(context, { as, width });
    await page.goto(path);
    await page.locator('main').getByText(shows).first().waitFor();
    expect(await inspect(page, `settings-${name}-${as}-${width}`)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  },
);
