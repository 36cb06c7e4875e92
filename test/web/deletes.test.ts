import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { browserSuite } from '../kit/browser-suite.ts';
import { inspect } from '../kit/browser.ts';
import { git } from '../kit/git.ts';
import { connectMill } from '../kit/mill.ts';
import { cloneRepository } from '../kit/repository.ts';

// A browser and a Git host take long on a machine that has other work.
vi.setConfig({ testTimeout: 180_000 });

const { open, server } = browserSuite();
const folder = 'tenants/acme/dev/api';
const added = ['canary.yaml', 'probe.yaml'];

test('each file that a rollback deletes is a tick of its own, and the environment is typed', async (context) => {
  const page = await open(context, { as: 'jane' });
  await using mill = await connectMill(server().hub(), ['acme']);
  using clone = cloneRepository(mill.upstream);
  for (const name of added) writeFileSync(join(clone.dir, folder, name), 'weight: 5\n');
  git(clone.dir, 'add', '.');
  git(clone.dir, 'commit', '-qm', 'Try a canary');
  git(clone.dir, 'push', '-q', 'origin', 'main');
  await mill.fetch();

  await page.goto('/projects/mill/acme/dev');
  const row = page.locator('tbody', { hasText: 'Release v2' });
  await row.getByRole('button', { name: /Rollback to this revision/ }).click();
  await page.getByText(/ 2 deletes/).waitFor();
  await page.getByRole('button', { name: 'Next: submit' }).click();
  await page.getByLabel('Justification').fill('The canary takes all the traffic');
  const send = page.getByRole('button', { name: 'Roll back now' });
  const name = page.getByLabel('Type dev to confirm');
  for (const file of added) {
    await name.fill('dev');
    expect(await send.isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: `delete ${folder}/${file}` }).check();
  }
  await name.fill('production');
  expect(await send.isDisabled()).toBe(true);
  await name.fill('dev');
  expect(await inspect(page, 'wizard-deletes-1280')).toEqual([]);
  await send.click();
  await page.waitForURL(/\/requests\/rbk-/);
  await page.getByText('completed', { exact: true }).first().waitFor();
  expect(mill.upstream.git('ls-tree', '--name-only', `main:${folder}`)).toBe('service.yaml');
});
