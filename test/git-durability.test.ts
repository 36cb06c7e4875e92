import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { submitRollback } from '../src/app/requests/submit-request.ts';
import { requireGit } from '../src/git/run-git.ts';
import { git } from './kit/git.ts';
import { makeHub } from './kit/hub.ts';
import { makeRepository, temporaryFolder } from './kit/repository.ts';
import { makeShop, serviceWish } from './kit/shop.ts';

afterEach(() => {
  delete process.env['GIT_TRACE2_EVENT'];
});

/** How often git says that it synced something to the disk. */
function syncsIn(trace: string): number {
  const events = readFileSync(trace, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { category?: string; key?: string; value?: string });
  return events
    .filter(({ category, key }) => category === 'fsync' && key === 'fsync/hardware-flush')
    .reduce((sum, { value }) => sum + Number(value), 0);
}

test('every git that we start syncs what it writes, whatever the configuration of the repository says', async () => {
  using repo = makeRepository([{ files: { a: '1' } }]);
  repo.git('config', 'core.fsync', 'none');
  repo.git('config', 'core.fsyncMethod', 'writeout-only');
  const place = { path: repo.dir, gitDir: undefined, workTree: undefined, owned: false };
  const heard = async (name: string): Promise<string> =>
    (await requireGit(place, ['config', '--get', name])).toString().trim();
  expect([await heard('core.fsync'), await heard('core.fsyncMethod')]).toEqual(['all', 'fsync']);
  const folder = temporaryFolder('durability');
  const move = ['refs/heads/other', repo.git('rev-parse', 'HEAD')];
  process.env['GIT_TRACE2_EVENT'] = join(folder, 'ours');
  await requireGit(place, ['update-ref', ...move]);
  expect(syncsIn(join(folder, 'ours'))).toBeGreaterThan(0);
  // The same by a git that believes the repository: the count above is ours, and no habit of git.
  process.env['GIT_TRACE2_EVENT'] = join(folder, 'stock');
  repo.git('update-ref', '-d', 'refs/heads/other');
  repo.git('update-ref', ...move);
  expect(syncsIn(join(folder, 'stock'))).toBe(0);
});

test('a hub uses no repository whose configuration has become another, until it is mended', async () => {
  const hub = await makeHub();
  const shop = await makeShop(hub);
  const dir = hub.repositories.pathOf(shop.project.id);
  const config = readFileSync(join(dir, 'config'), 'utf8');
  expect(config).not.toContain('fsync');
  await hub.close();
  git(dir, 'config', 'core.fsync', 'none');
  await using next = await makeHub({ like: hub });
  const refused = { message: expect.stringContaining('its configuration is not the one we wrote') as string };
  await expect(submitRollback(next, shop.jane, serviceWish(shop))).rejects.toMatchObject(refused);
  git(dir, 'config', '--unset', 'core.fsync');
  expect(readFileSync(join(dir, 'config'), 'utf8')).toBe(config);
  expect(await submitRollback(next, shop.jane, serviceWish(shop))).toMatchObject({ state: 'completed' });
});
