import { chmodSync, cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { databases } from '../../test/kit/databases.ts';
import { type TestHub, connectedProject, makeHub } from '../../test/kit/hub.ts';
import { temporaryFolder } from '../../test/kit/repository.ts';
import { type Shop, makeShop, serviceWish } from '../../test/kit/shop.ts';
import { unpack } from '../../test/kit/unpack.ts';
import { signCheckpoint } from '../app/audit/sign-checkpoint.ts';
import { submitRollback } from '../app/requests/submit-request.ts';
import { armFailPoints } from '../std/fail-point.ts';
import { type Patient, examine } from './examine.ts';

/** A shop with one completed rollback and a signed audit log. */
async function healthy(hub: TestHub): Promise<Shop> {
  const shop = await makeShop(hub);
  await submitRollback(hub, shop.jane, serviceWish(shop));
  await signCheckpoint(hub);
  return shop;
}

const look = (hub: TestHub, other: Partial<Patient> = {}) =>
  examine({
    dataDir: hub.settings.dataDir,
    database: hub.url,
    readKey: () => Promise.resolve(hub.secretKey),
    running: false,
    now: hub.clock(),
    ...other,
  });

/** What is not in order: `fail database`. */
async function complaints(hub: TestHub, other: Partial<Patient> = {}): Promise<readonly string[]> {
  const findings = await look(hub, other);
  for (const { status, next } of findings) expect(next === '').toBe(status === 'ok');
  return findings.flatMap(({ status, check }) => (status === 'ok' ? [] : [`${status} ${check}`]));
}

/** Of this machine, and not of the data. */
const about = (found: readonly string[]): readonly string[] =>
  found.filter((line) => !line.endsWith('disk space'));

test.for(databases)(
  'on data in order everything is ok, and looking changes nothing ($kind)',
  async (database) => {
    await using hub = await makeHub({ database });
    const { project, git } = await healthy(hub);
    chmodSync(hub.settings.dataDir, 0o700);
    await connectedProject(
      hub,
      { url: 'http://127.0.0.1:1/x.git', username: 'x', password: 'x' },
      { slug: 'other' },
    );
    const before = [
      git('for-each-ref'),
      readdirSync(hub.repositories.pathOf(project.id)),
      await hub.store.audit.head(),
    ];
    const findings = await look(hub);
    expect(about(findings.filter(({ status }) => status !== 'ok').map(({ check }) => check))).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual([
      'server',
      'git',
      'data folder',
      'disk space',
      'database',
      'migrations',
      'secret key',
      'audit log',
      'requests',
      'clock',
      'project other',
      'project shop',
    ]);
    expect([
      git('for-each-ref'),
      readdirSync(hub.repositories.pathOf(project.id)),
      await hub.store.audit.head(),
    ]).toEqual(before);
  },
);

test('a byte that was flipped in the database, or a file that is none, is found', async () => {
  await using hub = await makeHub();
  await healthy(hub);
  const path = hub.url.slice('file:'.length);
  await hub.close();
  const whole = readFileSync(path);
  const damaged = join(temporaryFolder('damaged'), 'hub.db');
  // The header of a page with rows: not what is unused.
  for (const at of [20, 4096 * 2, 4096 * 5 + 3]) {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    writeFileSync(damaged, bytes);
    expect(await complaints(hub, { database: `file:${damaged}` })).toContain('fail database');
  }
  writeFileSync(damaged, 'no database');
  expect(await complaints(hub, { database: `file:${damaged}` })).toContain('fail database');
  expect(await complaints(hub, { database: 'file:/nowhere/hub.db' })).toContain('fail database');
});

test('an altered row of the audit log is found where the file itself is in order', async () => {
  await using hub = await makeHub();
  await healthy(hub);
  const path = hub.url.slice('file:'.length);
  await hub.close();
  const damaged = join(temporaryFolder('damaged'), 'hub.db');
  const text = readFileSync(path).toString('latin1').replaceAll('request.completed', 'request.complated');
  writeFileSync(damaged, Buffer.from(text, 'latin1'));
  expect(await complaints(hub, { database: `file:${damaged}` })).toContain('fail audit log');
});

test('each damage of a repository is found, with what to do', async () => {
  await using hub = await makeHub();
  const { project, git, good } = await healthy(hub);
  const path = hub.repositories.pathOf(project.id);
  // So that one of them can be lost.
  unpack(path);
  const kept = join(temporaryFolder('kept'), 'kept.git');
  cpSync(path, kept, { recursive: true });
  const restore = (): void => {
    rmSync(path, { recursive: true, force: true });
    cpSync(kept, path, { recursive: true });
  };
  const tree = git('rev-parse', 'main^{tree}');
  const damages: readonly (() => unknown)[] = [
    () => rmSync(path, { recursive: true }),
    () => rmSync(join(path, 'objects', tree.slice(0, 2), tree.slice(2))),
    () => writeFileSync(join(path, 'HEAD'), 'ref: refs/heads/other\n'),
    () => writeFileSync(join(path, 'config'), '[core]\n\tbare = true\n\tfsmonitor = evil\n'),
    () => writeFileSync(join(path, 'refs/heads/main'), ''),
    () => git('update-ref', 'refs/heads/main', good),
  ];
  for (const damage of damages) {
    damage();
    expect(about(await complaints(hub)).filter((line) => line.includes('project'))).toEqual([
      'fail project shop',
    ]);
    restore();
  }
  cpSync(kept, hub.repositories.pathOf('prj_stranger'), { recursive: true });
  expect(await complaints(hub)).toContain('warn repositories');
});

test('another key, none, and one that cannot be read are told apart', async () => {
  await using hub = await makeHub();
  await healthy(hub);
  const found = async (readKey: Patient['readKey']) =>
    (await look(hub, { readKey })).find(({ check }) => check === 'secret key')?.about;
  expect(await found(() => Promise.resolve(new Uint8Array(32)))).toBe('it is another one');
  expect(await found(() => Promise.resolve(undefined))).toBe('there is none');
  expect(await found(() => Promise.reject(new Error('no entry')))).toBe('no entry');
});

test('requests that nobody carries out, an open folder and a clock that went back are told of', async () => {
  await using hub = await makeHub();
  const shop = await healthy(hub);
  chmodSync(hub.settings.dataDir, 0o755);
  expect(await complaints(hub)).toContain('warn data folder');
  expect(await complaints(hub, { now: hub.clock() - 3_600_000 })).toContain('warn clock');
  const bad = shop.git('rev-parse', 'main^');
  shop.git(
    'update-ref',
    'refs/heads/main',
    shop.git('commit-tree', '-p', 'main', '-m', 'Again', `${bad}^{tree}`),
  );
  armFailPoints((point) => {
    if (point === 'app.request.executing') throw new Error('gone');
  });
  await submitRollback(hub, shop.jane, serviceWish(shop)).catch(() => undefined);
  armFailPoints(undefined);
  expect(await complaints(hub)).toContain('warn requests');
  expect(await complaints(hub, { running: true })).not.toContain('warn requests');
  expect(await complaints(hub, { running: true, now: hub.clock() + 600_000 })).toContain('warn requests');
});

test('a folder without data is refused', async () => {
  await using hub = await makeHub();
  const empty = temporaryFolder('empty');
  await expect(look(hub, { dataDir: empty })).rejects.toThrow(`${empty} holds no data of a server`);
});
