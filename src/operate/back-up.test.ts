import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { databases } from '../../test/kit/databases.ts';
import { git } from '../../test/kit/git.ts';
import { type TestHub, makeHub, projectWith } from '../../test/kit/hub.ts';
import { pushFile } from '../../test/kit/push-file.ts';
import { temporaryFolder } from '../../test/kit/repository.ts';
import { checkInvariants } from '../../test/kit/request-invariants.ts';
import { type Shop, apiGateway, makeShop, serviceText, serviceWish } from '../../test/kit/shop.ts';
import { openHub } from '../app/open-hub.ts';
import { recoverRepositories } from '../app/projects/recover-repositories.ts';
import { recoverExecutions } from '../app/requests/recover-executions.ts';
import { submitRollback } from '../app/requests/submit-request.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import { armFailPoints } from '../std/fail-point.ts';
import { backUp } from './back-up.ts';
import { restoreBackup } from './restore-backup.ts';

const take = (hub: TestHub, to = join(temporaryFolder('backup'), 'hub.tar')) =>
  backUp({
    dataDir: hub.settings.dataDir,
    database: hub.url,
    to,
    withKey: false,
    version: '1.2.3',
    now: 1_800_000_000_000,
  }).then((manifest) => ({ manifest, to }));

/** A hub on restored data, after what a start does first. */
async function reopen(hub: TestHub, dataDir: string): Promise<TestHub> {
  const url = `file:${join(dataDir, 'hub.db')}`;
  const { secretKey, clock } = hub;
  const settings = { ...hub.settings, dataDir };
  const opened = await openHub({ database: url, settings, clock, secretKey });
  await recoverRepositories(opened);
  await recoverExecutions(opened, { olderThan: 0 });
  return { ...opened, url, secretKey, [Symbol.asyncDispose]: opened.close };
}

let releases = 0;

/** The bad release once more, and its rollback. */
async function rollBack(shop: Shop): Promise<string> {
  pushFile(shop, apiGateway, serviceText(`v9.${(releases += 1)}`, 7));
  return (await submitRollback(shop.hub, shop.jane, serviceWish(shop))).id;
}

/** The same project on restored data. */
const shopIn = (hub: TestHub, shop: Shop): Shop => {
  const path = hub.repositories.pathOf(shop.project.id);
  return { ...shop, hub, git: (...args) => git(path, ...args) };
};

test('a backup that is taken while people roll back has every completed request with its commit', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  await projectWith(hub, [], { slug: 'empty' });
  const before = await rollBack(shop);
  const [{ manifest, to }] = await Promise.all([
    take(hub),
    (async () => {
      for (let round = 0; round < 5; round += 1) await rollBack(shop);
    })(),
  ]);
  expect(manifest.projects.map(({ slug, bundled }) => [slug, bundled])).toEqual([
    ['empty', false],
    ['shop', true],
  ]);
  expect(statSync(to).mode & 0o777).toBe(0o600);
  const dataDir = join(temporaryFolder('restored'), 'data');
  const restored = await restoreBackup(to, dataDir);
  expect(restored.commits).toBeGreaterThan(0);
  expect(readdirSync(dataDir).toSorted()).toEqual(['hub.db', 'repositories']);
  await using again = await reopen(hub, dataDir);
  expect(await again.store.requests.get(before)).toMatchObject({ state: 'completed' });
  const now = shopIn(again, shop);
  // Git may have more than the database: what was completed while it was copied.
  const commits = now.git('rev-list', 'main').split('\n');
  const completed = await again.store.requests.list({ states: ['completed'] }, { limit: 100 });
  expect(completed.map(({ commit }) => commit).filter((commit) => !commits.includes(commit ?? ''))).toEqual(
    [],
  );
  expect(completed).toHaveLength(restored.commits);
  expect(await again.store.requests.get(await rollBack(now))).toMatchObject({ state: 'completed' });
});

test('what was planned and not published at the time of a backup is done once after it', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  armFailPoints((point) => {
    if (point !== 'app.request.planned') return;
    armFailPoints(() => {
      throw new Error('gone');
    });
    throw new Error('gone');
  });
  await submitRollback(hub, shop.jane, serviceWish(shop)).catch(() => undefined);
  armFailPoints(undefined);
  const [left] = await hub.store.requests.executing();
  const { to } = await take(hub);
  const dataDir = temporaryFolder('restored');
  await restoreBackup(to, dataDir);
  await using again = await reopen(hub, dataDir);
  expect(await again.store.requests.get(left?.id ?? '')).toMatchObject({ state: 'completed' });
  await checkInvariants(shopIn(again, shop));
});

test('stock tar reads a backup, and the key is in it only on request', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  const { dataDir } = hub.settings;
  writeFileSync(join(dataDir, 'secret.key'), hub.secretKey, { mode: 0o600 });
  const names = (path: string): readonly string[] =>
    execFileSync('tar', ['-tf', path], { encoding: 'utf8' }).trimEnd().split('\n');
  const { to } = await take(hub);
  const usual = ['hub.db', `repositories/${shop.project.id}.bundle`];
  expect(names(to)).toEqual([...usual, 'manifest.json', 'manifest.sha256']);
  const withKey = join(temporaryFolder('backup'), 'key.tar');
  const order = { dataDir, database: hub.url, to: withKey, withKey: true, version: '1.2.3', now: 0 };
  await backUp(order);
  expect(names(withKey)).toEqual([...usual, 'secret.key', 'manifest.json', 'manifest.sha256']);
  const restored = join(temporaryFolder('restored'), 'data');
  await restoreBackup(withKey, restored);
  expect(readFileSync(join(restored, 'secret.key'))).toEqual(Buffer.from(hub.secretKey));
  expect(statSync(join(restored, 'secret.key')).mode & 0o777).toBe(0o600);
});

test('a byte that was flipped, or an end that is missing, is found, and leaves nothing behind', async () => {
  await using hub = await makeHub();
  await makeShop(hub);
  const { to } = await take(hub);
  const whole = readFileSync(to);
  const folder = temporaryFolder('damaged');
  const outcomes = new Set<string>();
  const attempt = async (bytes: Uint8Array): Promise<string> => {
    const path = join(folder, 'damaged.tar');
    writeFileSync(path, bytes);
    const dataDir = join(folder, 'data');
    const code = await restoreBackup(path, dataDir).then(
      () => 'restored',
      (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
    );
    expect(existsSync(dataDir)).toBe(code === 'restored');
    return code;
  };
  for (const { name, from, size } of entriesOf(whole))
    for (const at of [from, from + Math.floor(size / 2), from + size - 1]) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0x10;
      outcomes.add(`${name} ${await attempt(bytes)}`);
    }
  for (const part of [0, 100, 512, whole.length / 3, whole.length - 2048])
    outcomes.add(`cut ${await attempt(whole.subarray(0, Math.floor(part)))}`);
  expect([...outcomes].filter((outcome) => !outcome.endsWith(' backup_damaged'))).toEqual([]);
});

/** Where the content of each file of an archive is. */
function entriesOf(tar: Buffer) {
  const found: { readonly name: string; readonly from: number; readonly size: number }[] = [];
  for (let at = 0; tar[at] !== 0;) {
    const size = parseInt(tar.toString('latin1', at + 124, at + 135), 8);
    found.push({ name: tar.toString('latin1', at, at + 100).replace(/\0.*$/s, ''), from: at + 512, size });
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return found;
}

test('nothing is written over: neither a backup nor the data of a server', async () => {
  await using hub = await makeHub();
  await makeShop(hub);
  const { to } = await take(hub);
  await expect(take(hub, to)).rejects.toThrow(`${to} is there already; name a new file with --to`);
  const full = temporaryFolder('full');
  writeFileSync(join(full, 'mine'), 'x');
  await expect(restoreBackup(to, full)).rejects.toMatchObject({ code: 'restore_not_empty' });
  expect(readdirSync(full)).toEqual(['mine']);
  const missing = join(full, 'missing.tar');
  const fresh = join(full, 'fresh');
  await expect(restoreBackup(missing, fresh)).rejects.toThrow(`cannot read ${missing}: ENOENT`);
  expect(existsSync(fresh)).toBe(false);
  const nowhere = join(full, 'nowhere/hub.tar');
  await expect(take(hub, nowhere)).rejects.toThrow(`cannot write ${nowhere}: ENOENT`);
  mkdirSync(fresh);
  await restoreBackup(to, fresh);
});

test.for(databases.filter(({ kind }) => kind === 'postgres'))(
  'on $kind the repositories are backed up beside what pg_dump writes',
  async (database) => {
    await using hub = await makeHub({ database });
    const shop = await makeShop(hub);
    const { to, manifest } = await take(hub);
    expect(manifest).toMatchObject({ database: 'postgres', projects: [{ slug: 'shop', bundled: true }] });
    const dataDir = temporaryFolder('restored');
    await restoreBackup(to, dataDir);
    expect(readdirSync(join(dataDir, 'repositories'))).toEqual([`${shop.project.id}.git`]);
  },
);
