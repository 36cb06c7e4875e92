import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { armFailPoints } from '../src/std/fail-point.ts';
import { failPointsOf } from './kit/fail-points.ts';
import { pointsIn } from './kit/fault-table.ts';
import type { FilesLiteral } from './kit/fast-import.ts';
import { gitEnvironment } from './kit/git.ts';
import type { TestRepository } from './kit/repository.ts';
import { makeRepository } from './kit/repository.ts';
import { runCli } from './kit/run-cli.ts';
import { runLocal } from './kit/run-local.ts';

// KNOWNGOOD_KILLS is how often the command is killed in all; every fail point is always tried.
const kills = Number(process.env['KNOWNGOOD_KILLS'] ?? 0);
const program = resolve(import.meta.dirname, '../src/bin/cli.ts');
const api = 'apps/acme/production/api';

const under = (folder: string, files: FilesLiteral): FilesLiteral =>
  Object.fromEntries(Object.entries(files).map(([path, file]) => [`${folder}/${path}`, file]));
const many = (text: string): FilesLiteral =>
  Object.fromEntries(
    Array.from({ length: 100 }, (_, at) => [`many/${at % 3}/${at}`, `${text} ${at}\n`.repeat(99)]),
  );
const shared: FilesLiteral = { 'mine/edited': 'as it was', run: { executable: 'x' } };
const first: FilesLiteral = under(api, {
  ...shared,
  ...many('first'),
  a: '1',
  gone: 'x',
  'to-folder': 'f',
  link: { link: 'a' },
});
const second: FilesLiteral = under(api, {
  ...shared,
  ...many('second'),
  a: '2',
  'to-folder/x': 'n',
  link: { link: 'run' },
});

function repositoryToKill(bare: boolean): TestRepository {
  const repo = makeRepository(
    [
      { files: first, tag: 'first' },
      { files: second, whole: true, tag: 'second' },
    ],
    { bare },
  );
  if (bare) return repo;
  // The user's own business, which must survive everything.
  writeFileSync(join(repo.dir, api, 'mine/edited'), 'my edit');
  writeFileSync(join(repo.dir, 'untracked'), 'mine');
  return repo;
}

const scope = '--layout apps/{tenant}/{environment}/{service}/** -t acme -e production'.split(' ');
const words = (repo: TestRepository, to: string): readonly string[] =>
  ['rollback', '--repo', repo.dir, '--to', to, '--yes'].concat(scope);

/** The fail points that every run so far was killed at. */
const killedAt = new Set<string>();
/** Those at which a run in this process was told of a failure. */
const toldAt = new Set<string>();

async function run(repo: TestRepository, to: string, failAt: string) {
  const result = await runCli(words(repo, to), { env: { KNOWNGOOD_FAIL_AT: failAt } });
  const passed = [...result.stderr.matchAll(/^fail point (\S+)$/gm)].map(([, point = '']) => point);
  return { ...result, passed };
}

/** Kills a run after some milliseconds; what it had started may live on, as after any kill. */
async function killAfter(repo: TestRepository, to: string, milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, [program, ...words(repo, to)], {
    env: { ...process.env, ...gitEnvironment },
    stdio: 'ignore',
  });
  const ended = new Promise((done) => {
    child.once('close', done);
  });
  await sleep(milliseconds);
  child.kill('SIGKILL');
  await ended;
}

async function killAt(repo: TestRepository, to: string, failAt: string, point: string): Promise<void> {
  const { signal, stderr } = await run(repo, to, failAt);
  expect({ failAt, signal, stderr }).toEqual({ failAt, signal: 'SIGKILL', stderr: '' });
  killedAt.add(point);
}

const otherTree = (repo: TestRepository): string =>
  repo.git('rev-parse', 'main^{tree}') === repo.git('rev-parse', 'first^{tree}') ? 'second' : 'first';

const fsck = (repo: TestRepository): string => repo.git('fsck', '--strict', '--no-dangling', '--no-progress');

/** Everything that must hold after a kill, and after the next run, which nobody helps. */
async function expectSound(repo: TestRepository, bare: boolean, before: string): Promise<void> {
  const trees = ['first', 'second'].map((name) => repo.git('rev-parse', `${name}^{tree}`));
  const tip = repo.git('rev-parse', 'main');
  expect(trees).toContain(repo.git('rev-parse', 'main^{tree}'));
  expect([tip, repo.git('rev-parse', 'main^')]).toContain(before);
  expect(fsck(repo)).toBe('');
  const next = otherTree(repo);
  const { code, stderr } = await runLocal(words(repo, next));
  expect({ code, stderr: stderr.replace(/^note: finished an interrupted run.*\n/, '') }).toEqual({
    code: 0,
    stderr: '',
  });
  expect(repo.git('rev-parse', 'main^')).toBe(tip);
  expect(repo.git('rev-parse', 'main^{tree}')).toBe(repo.git('rev-parse', `${next}^{tree}`));
  if (bare) return;
  expect(repo.git('status', '--porcelain', '-uall')).toBe(` M ${api}/mine/edited\n?? untracked`);
  expect(repo.git('diff-files', '--name-only')).toBe(`${api}/mine/edited`);
  expect(readFileSync(join(repo.dir, api, 'mine/edited'), 'utf8')).toBe('my edit');
  expect(existsSync(join(repo.gitDir, 'index.lock'))).toBe(false);
  // A git that may still start is fenced off by a file of its own for a minute.
  const left = readdirSync(join(repo.gitDir, 'knowngood')).filter((name) => !/^(git|index)-/.test(name));
  expect(left).toEqual([]);
}

for (const bare of [true, false]) {
  const kind = bare ? 'a bare repository' : 'a checked-out branch';

  test(`killed at every fail point, ${kind} is as before or as after, and the next run works`, async () => {
    using repo = repositoryToKill(bare);
    const { passed } = await run(repo, otherTree(repo), 'trace');
    expect(passed).toContain('git.ref.prepared');
    expect(passed.includes('git.journal.written')).toBe(!bare);
    for (const point of new Set(passed)) {
      // The last time it is passed: half of the objects, say, are there already.
      const times = passed.filter((one) => one === point).length;
      const before = repo.git('rev-parse', 'main');
      await killAt(repo, otherTree(repo), `${point}:${times}:kill`, point);
      await expectSound(repo, bare, before);
    }
  });

  test(`killed at any moment, ${kind} is as before or as after, and the next run works`, async () => {
    using repo = repositoryToKill(bare);
    const started = Date.now();
    const { passed } = await run(repo, otherTree(repo), 'trace');
    const longest = Date.now() - started;
    const left = Math.max(2, kills / 2 - new Set(passed).size);
    for (let kill = 0; kill < left; kill++) {
      const before = repo.git('rev-parse', 'main');
      const step = (kill * 7) % passed.length;
      if (kill % 2 === 0) await killAfter(repo, otherTree(repo), longest * (0.3 + 0.7 * Math.random()));
      else await killAt(repo, otherTree(repo), `*:${step + 1}:kill`, passed[step] ?? '');
      await expectSound(repo, bare, before);
    }
  }, 600_000);
}

test('told of a failure at any fail point, a run leaves a branch that the next one goes on from', async () => {
  using repo = repositoryToKill(false);
  const { passed } = await run(repo, otherTree(repo), 'trace');
  for (const point of new Set(passed)) {
    let left = passed.filter((one) => one === point).length;
    const before = repo.git('rev-parse', 'main');
    armFailPoints((now) => {
      // The step is done: to its caller an error and a lost answer are the same.
      if (now === point && --left === 0) throw new Error(`the answer was lost at ${point}`);
    });
    const { code } = await runLocal(words(repo, otherTree(repo)));
    armFailPoints(undefined);
    expect({ point, left }).toEqual({ point, left: 0 });
    toldAt.add(point);
    // A step whose answer was lost may be asked for again; success is told of what was done alone.
    expect(code !== 0 || repo.git('rev-parse', 'main^') === before).toBe(true);
    await expectSound(repo, false, before);
  }
});

test('killed while it finishes what another left, a run leaves it to the next', async () => {
  using repo = repositoryToKill(false);
  await run(repo, otherTree(repo), 'git.worktree.ref-moved:1:kill');
  const { passed } = await run(repo, otherTree(repo), 'trace');
  const finishing = passed.slice(0, passed.indexOf('git.journal.removed') + 1);
  expect(finishing).toContain('git.worktree.torn-removed');
  for (const point of finishing) {
    const before = repo.git('rev-parse', 'main');
    await run(repo, otherTree(repo), 'git.worktree.ref-moved:1:kill');
    await killAt(repo, otherTree(repo), `${point}:1:kill`, point);
    await expectSound(repo, false, before);
  }
});

test('the tests above killed the command at each fail point that it has', () => {
  const points = new Set(failPointsOf(program));
  expect(points.size).toBeGreaterThan(10);
  expect([...points].filter((point) => !killedAt.has(point))).toEqual([]);
  expect([...killedAt].toSorted()).toEqual(pointsIn('local', 'kill'));
  expect([...toldAt].toSorted()).toEqual(pointsIn('local', 'throw'));
});
