import type { Locator, Page } from 'playwright-core';
import { type TestContext, afterAll, beforeAll, expect, test, vi } from 'vitest';
import { browserSuite } from '../kit/browser-suite.ts';
import { inspect, noBrowser } from '../kit/browser.ts';
import { type Mill, connectMill } from '../kit/mill.ts';

// Two browsers and a Git host take long on a machine that has other work.
vi.setConfig({ testTimeout: 180_000 });

const modes = ['full', 'service', 'field'] as const;
type Mode = (typeof modes)[number];
type Environment = 'dev' | 'production';

/** Dev asks nobody, production asks one other person: in dev nobody approves or rejects, and it is done at once. */
const ends = {
  production: ['approved', 'rejected', 'failed and retried', 'in conflict', 'by break-glass'],
  dev: ['at once', 'failed and retried', 'in conflict', 'by break-glass'],
} as const;

interface Journey {
  readonly mode: Mode;
  readonly environment: Environment;
  readonly end: string;
  /** Each journey has a tenant of its own, so that none sees another. */
  readonly tenant: string;
}

const journeys = modes.flatMap((mode) =>
  (['production', 'dev'] as const).flatMap((environment) =>
    ends[environment].map((end): Journey => ({
      mode,
      environment,
      end,
      tenant: `${mode}-${end.replaceAll(' ', '-')}`,
    })),
  ),
);

const { open, server } = browserSuite();
let mill: Mill | undefined;

beforeAll(async () => {
  if (noBrowser !== undefined) return;
  mill = await connectMill(server().hub(), [...new Set(journeys.map(({ tenant }) => tenant))]);
});
afterAll(() => mill?.[Symbol.asyncDispose]());

function theMill(): Mill {
  if (!mill) throw new Error('the mill was not made');
  return mill;
}

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
/** What axe finds, and pictures; in one of the modes, as the others look alike. */
const look = (page: Page, name: string, { mode }: Journey): Promise<readonly string[]> =>
  mode === 'full' ? inspect(page, `${name}-1280`) : Promise.resolve([]);
const state = (page: Page, word: string): Locator => page.getByText(word, { exact: true }).first();

/** From the good row of the history to the last step: the scope is made smaller on the preview, one click each time. */
async function draft(page: Page, { mode, tenant, environment }: Journey): Promise<void> {
  await page.goto(`/projects/mill/${tenant}/${environment}`);
  const row = page.locator('tbody', { hasText: 'Release v1' });
  await row.getByRole('button', { name: /Rollback to this revision/ }).click();
  await page.getByText(/^2 services · 4 fields · /).waitFor();
  if (mode !== 'full') {
    await page.getByRole('link', { name: 'api', exact: true }).click();
    await page.getByText(/^1 service · 2 fields · /).waitFor();
  }
  if (mode === 'field') {
    await page.getByRole('link', { name: 'Choose fields' }).click();
    await page.getByRole('checkbox', { name: /^image\.tag v2 becomes v1/ }).click();
    await page.getByText(/^1 service · 1 field · /).waitFor();
  }
  await button(page, 'Next: submit').click();
  await page.getByLabel('Justification').fill(`Back to v1 (${tenant})`);
}

/** What the Git host has when the journey is over: in field mode the other field stays. */
function expectRolledBack({ mode, tenant, environment }: Journey): void {
  const read = (service: string): string =>
    theMill().upstream.git('show', `main:tenants/${tenant}/${environment}/${service}/service.yaml`);
  expect(read('api')).toBe(`image:\n  tag: v1\nreplicas: ${mode === 'field' ? 4 : 2}`);
  expect(read('worker')).toBe(
    mode === 'full' ? 'image:\n  tag: v1\nreplicas: 2' : 'image:\n  tag: v2\nreplicas: 4',
  );
}

const of = (end: string, environment: Environment) =>
  journeys.filter((journey) => journey.end === end && journey.environment === environment);

/** Submits as jane in one browser and opens the request as bob in another. */
async function submitted(context: TestContext, journey: Journey): Promise<{ jane: Page; bob: Page }> {
  const jane = await open(context, { as: 'jane' });
  // The answer to an approval whose execution failed.
  const bob = await open(context, { as: 'bob', expects: /status of 500/ });
  await draft(jane, journey);
  await button(jane, 'Submit for approval').click();
  await jane.waitForURL(/\/requests\/rbk-/);
  await state(jane, 'pending').waitFor();
  await bob.goto(new URL(jane.url()).pathname);
  await button(bob, 'Approve').waitFor();
  return { jane, bob };
}

test.for(of('approved', 'production'))(
  'a $mode rollback that is approved is done, and the requester sees it in her browser',
  async (journey, context) => {
    const { jane, bob } = await submitted(context, journey);
    await button(bob, 'Approve').click();
    await state(bob, 'completed').waitFor();
    await state(jane, 'completed').waitFor();
    expectRolledBack(journey);
  },
);

test.for(of('rejected', 'production'))(
  'a $mode rollback that is rejected changes nothing, and can be submitted again',
  async (journey, context) => {
    const { jane, bob } = await submitted(context, journey);
    const before = theMill().upstream.git('rev-parse', 'main');
    await bob.getByLabel('Comment').fill('Not during the sale');
    await button(bob, 'Reject').click();
    await state(jane, 'rejected').waitFor();
    await jane.getByText('Not during the sale').waitFor();
    const first = jane.url();
    await button(jane, 'Resubmit').click();
    await jane.waitForURL((url) => url.href !== first);
    await state(jane, 'pending').waitFor();
    expect(theMill().upstream.git('rev-parse', 'main')).toBe(before);
  },
);

test.for(of('failed and retried', 'production'))(
  'a $mode rollback that the Git host refuses says so in its words, keeps its approval, and is done by Retry',
  async (journey, context) => {
    const { jane, bob } = await submitted(context, journey);
    const allow = theMill().host.protect('refs/heads/main', 'main is frozen until Monday');
    await button(bob, 'Approve').click();
    const alert = bob.getByRole('alert').filter({ hasText: 'main is frozen until Monday' });
    await alert.getByText('The branch was not changed. Its approvals are kept.').waitFor();
    await jane.getByRole('alert').filter({ hasText: 'main is frozen until Monday' }).waitFor();
    expect(await look(bob, 'request-failed', journey)).toEqual([]);
    allow();
    await button(bob, 'Retry').click();
    await state(jane, 'completed').waitFor();
    expectRolledBack(journey);
  },
);

test.for(of('in conflict', 'production'))(
  'a $mode rollback that somebody’s push overtook fails with what moved, and leads to a preview of what is there now',
  async (journey, context) => {
    const { jane, bob } = await submitted(context, journey);
    theMill().pushElsewhere(journey.tenant, journey.environment, 'v3');
    await button(bob, 'Approve').click();
    const alert = jane.getByRole('alert').filter({ hasText: 'has changed since' });
    await alert.getByText(`tenants/${journey.tenant}/production/api/service.yaml`, { exact: true }).waitFor();
    expect(await look(jane, 'request-conflict', journey)).toEqual([]);
    await alert.getByRole('link', { name: 'Preview it on the present state' }).click();
    await jane.getByRole('heading', { name: 'What would change' }).waitFor();
    await jane.getByText('v3').first().waitFor();
    await button(jane, 'Next: submit').click();
    await jane.getByLabel('Justification').fill('v3 is no better');
    await button(jane, 'Submit for approval').click();
    await jane.waitForURL(/\/requests\/rbk-/);
    await bob.goto(new URL(jane.url()).pathname);
    await button(bob, 'Approve').click();
    await state(jane, 'completed').waitFor();
    expectRolledBack(journey);
  },
);

test('an approver is told what moved before the vote, and can look at what the same would change now', async (context) => {
  const [journey] = of('rejected', 'production');
  if (!journey) throw new Error('the table has lost this journey');
  const { bob } = await submitted(context, journey);
  theMill().pushElsewhere(journey.tenant, 'production', 'v4');
  await theMill().fetch();
  await button(bob, 'Approve').click();
  await bob.getByRole('alert').filter({ hasText: 'has changed since' }).waitFor();
  await bob.getByRole('link', { name: 'Preview it on the present state' }).click();
  await bob.getByText('v4').first().waitFor();
  expect(new URL(bob.url()).searchParams.get('tenant')).toBe(journey.tenant);
});

test('with break-glass every mode runs now, is flagged, and is reviewed by somebody else after', async (context) => {
  const [bob, admin] = [await open(context, { as: 'bob' }), await open(context, { as: 'admin' })];
  await bob.goto('/projects/mill/break-glass');
  await bob.getByLabel('Justification').fill('Everything is down, and nobody answers');
  await button(bob, 'Open break-glass').click();
  await bob.getByText('open', { exact: true }).waitFor();
  for (const journey of of('by break-glass', 'production')) {
    await draft(bob, journey);
    await bob.getByText(/bypasses 1 approval/).waitFor();
    await button(bob, 'Run now (break-glass)').click();
    await bob.waitForURL(/\/requests\/rbk-/);
    await state(bob, 'completed').waitFor();
    await bob.getByText('bypassed by break-glass').waitFor();
    expectRolledBack(journey);
  }
  expect(await inspect(bob, 'request-break-glass-1280')).toEqual([]);
  // Where nobody is asked there is nothing to bypass, and nothing to review.
  for (const journey of of('by break-glass', 'dev')) {
    await draft(bob, journey);
    await button(bob, 'Roll back now').click();
    await bob.waitForURL(/\/requests\/rbk-/);
    await state(bob, 'completed').waitFor();
    expect(await bob.getByText('bypassed by break-glass').count()).toBe(0);
    expectRolledBack(journey);
  }
  await bob.goto('/projects/mill/break-glass');
  await button(bob, 'End it now').click();
  await bob.getByText('waits for review').waitFor();
  await admin.goto('/projects/mill/break-glass');
  const session = admin.getByRole('article').filter({ hasText: 'Everything is down' });
  const bypassed = session.getByRole('link', { name: /^rbk-/ });
  await bypassed.first().waitFor();
  expect(await bypassed.count()).toBe(modes.length);
  await session.getByLabel('What you found').fill('Nobody was awake; right to act');
  await button(admin, 'Close the review').click();
  await admin.getByText('admin reviewed it: Nobody was awake; right to act').waitFor();
});

test.for(of('at once', 'dev'))(
  'without approval a $mode rollback is done at once',
  async (journey, context) => {
    const jane = await open(context, { as: 'jane' });
    await draft(jane, journey);
    await button(jane, 'Roll back now').click();
    await jane.waitForURL(/\/requests\/rbk-/);
    await state(jane, 'completed').waitFor();
    expectRolledBack(journey);
  },
);

test('what a bot pushes back is shown with who it was and what stops it, taken away again, and no longer held', async (context) => {
  const journey = of('at once', 'dev').find(({ mode }) => mode === 'service');
  if (!journey) throw new Error('the table has lost this journey');
  const jane = await open(context, { as: 'jane' });
  theMill().pushElsewhere(journey.tenant, 'dev', 'v2', 'renovate');
  await theMill().fetch();
  await jane.goto(`/projects/mill/${journey.tenant}/dev`);
  const notice = jane.getByRole('note').filter({ hasText: 'api: image.tag v2 came back' });
  await notice.getByText('renovate', { exact: true }).waitFor();
  await notice.getByText(/allowedVersions/).waitFor();
  expect(await inspect(jane, 'held-came-back-1280')).toEqual([]);
  await jane.getByRole('region', { name: 'What is held' }).getByRole('link').click();
  await button(jane, 'Take image.tag away again').click();
  await jane.getByRole('heading', { level: 1, name: /^Rollback of fields of api / }).waitFor();
  await state(jane, 'completed').waitFor();
  const bob = await open(context, { as: 'bob' });
  await bob.goto(`/projects/mill/${journey.tenant}/dev`);
  const lifts = button(bob, 'Lift the hold of image.tag');
  await lifts.first().waitFor();
  const held = await lifts.count();
  await lifts.first().click();
  const why = bob.getByLabel('Why image.tag may come back');
  await why.fill('v2 was built anew');
  await button(bob, 'Lift the hold').click();
  await why.waitFor({ state: 'detached' });
  expect(await lifts.count()).toBe(held - 1);
});

test.for(of('failed and retried', 'dev'))(
  'without approval a $mode rollback that the Git host refuses is kept, and is done by Retry',
  async (journey, context) => {
    const bob = await open(context, { as: 'bob', expects: /status of 500/ });
    await draft(bob, journey);
    const allow = theMill().host.protect('refs/heads/main', 'main is frozen until Monday');
    await button(bob, 'Roll back now').click();
    await bob.waitForURL(/\/requests\/rbk-/);
    await bob.getByRole('alert').filter({ hasText: 'main is frozen until Monday' }).waitFor();
    allow();
    await button(bob, 'Retry').click();
    await state(bob, 'completed').waitFor();
    expectRolledBack(journey);
  },
);

test.for(of('in conflict', 'dev'))(
  'without approval a $mode rollback is not sent when somebody pushed since its preview',
  async (journey, context) => {
    const jane = await open(context, { as: 'jane' });
    await draft(jane, journey);
    theMill().pushElsewhere(journey.tenant, journey.environment, 'v3');
    await theMill().fetch();
    const alert = jane.getByRole('alert').filter({ hasText: 'has changed since you looked at it' });
    await alert.getByText(`tenants/${journey.tenant}/dev/api/service.yaml`).waitFor();
    expect(await look(jane, 'wizard-moved', journey)).toEqual([]);
    await button(jane, 'Look at the new preview').click();
    await jane.getByText('v3').first().waitFor();
    await button(jane, 'Next: submit').click();
    expect(await jane.getByLabel('Justification').inputValue()).toBe(`Back to v1 (${journey.tenant})`);
    await button(jane, 'Roll back now').click();
    await jane.waitForURL(/\/requests\/rbk-/);
    await state(jane, 'completed').waitFor();
    expectRolledBack(journey);
  },
);
