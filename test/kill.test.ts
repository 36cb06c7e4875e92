import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { gitEnvironment } from './kit/git.ts';
import type { FilesLiteral } from './kit/fast-import.ts';
import type { TestRepository } from './kit/repository.ts';
import { makeRepository } from './kit/repository.ts';

// KNOWNGOOD_KILLS scales the kills at random times; every fail point is always tried.
const randomKills = Number(process.env['KNOWNGOOD_KILLS'] ?? 4);
const program = resolve(import.meta.dirname, 'kit/move-branch-once.ts');

const shared: FilesLiteral = { 'mine/edited': 'as it was', run: { executable: 'x' } };
const many = (text: string): FilesLiteral =>
  Object.fromEntries(
    Array.from({ length: 300 }, (_, at) => [`many/${at % 7}/${at}`, `${text} ${at}\n`.repeat(99)]),
  );
const first: FilesLiteral = {
  ...shared,
  ...many('first'),
  a: '1',
  gone: 'x',
  'to-folder': 'f',
  link: { link: 'a' },
};
const second: FilesLiteral = {
  ...shared,
  ...many('second'),
  a: '2',
  'to-folder/x': 'n',
  link: { link: 'run' },
};

function repositoryToKill(bare: boolean): TestRepository {
  const repo = makeRepository([{ files: first }, { files: second, whole: true }], { bare });
  repo.git('branch', 'first', repo.commits[0] ?? '');
  repo.git('branch', 'second', repo.commits[1] ?? '');
  if (bare) return repo;
  // The user's own business, which must survive everything.
  writeFileSync(join(repo.dir, 'mine/edited'), 'my edit');
  writeFileSync(join(repo.dir, 'untracked'), 'mine');
  return repo;
}

const environment = (failAt: string): NodeJS.ProcessEnv => ({
  ...process.env,
  ...gitEnvironment,
  KNOWNGOOD_FAIL_AT: failAt,
});

function run(repo: TestRepository, tree: string, failAt = ''): { signal: string | null; stderr: string } {
  const options = { env: environment(failAt), encoding: 'utf8', timeout: 60_000 } as const;
  const { signal, stderr, status } = spawnSync(process.execPath, [program, repo.dir, 'main', tree], options);
  if (signal === null && status !== 0) throw new Error(stderr);
  return { signal, stderr };
}

/** Kills a run after some milliseconds; what it had started may live on, as after any kill. */
async function killAfter(repo: TestRepository, tree: string, milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, [program, repo.dir, 'main', tree], {
    env: environment(''),
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => {
    child.once('close', resolve);
  });
  await sleep(milliseconds);
  child.kill('SIGKILL');
  await ended;
}

const otherTree = (repo: TestRepository): string =>
  repo.git('rev-parse', 'main^{tree}') === repo.git('rev-parse', 'first^{tree}') ? 'second' : 'first';

const fsck = (repo: TestRepository): string => repo.git('fsck', '--strict', '--no-dangling', '--no-progress');

/** Everything that must hold after a kill, and after the next run, which nobody helps. */
function expectSound(repo: TestRepository, bare: boolean, before: string): void {
  const trees = ['first', 'second'].map((name) => repo.git('rev-parse', `${name}^{tree}`));
  const tip = repo.git('rev-parse', 'main');
  expect(trees).toContain(repo.git('rev-parse', 'main^{tree}'));
  expect([tip, repo.git('rev-parse', 'main^')]).toContain(before);
  const next = otherTree(repo);
  run(repo, next);
  expect(repo.git('rev-parse', 'main^')).toBe(tip);
  expect(repo.git('rev-parse', 'main^{tree}')).toBe(repo.git('rev-parse', `${next}^{tree}`));
  if (bare) return;
  expect(repo.git('status', '--porcelain', '-uall')).toBe(' M mine/edited\n?? untracked');
  expect(repo.git('diff-files', '--name-only')).toBe('mine/edited');
  expect(readFileSync(join(repo.dir, 'mine/edited'), 'utf8')).toBe('my edit');
  expect(existsSync(join(repo.gitDir, 'index.lock'))).toBe(false);
  // A git that may still start is fenced off by a file of its own for a minute.
  const left = readdirSync(join(repo.gitDir, 'knowngood')).filter((name) => !/^(git|index)-/.test(name));
  expect(left).toEqual([]);
}

for (const bare of [true, false]) {
  const kind = bare ? 'a bare repository' : 'a checked-out branch';

  test(`killed at every fail point, ${kind} is as before or as after, and the next run works`, () => {
    using repo = repositoryToKill(bare);
    const traced = run(repo, otherTree(repo), 'trace').stderr.matchAll(/^fail point (\S+)$/gm);
    const points = [...traced].map(([, point = '']) => point);
    expect(points).toContain('git.ref.prepared');
    expect(points.includes('git.journal.written')).toBe(!bare);
    // Objects are written alike in both kinds of repository: trying it once will do.
    const from = bare ? 1 : points.indexOf('git.index.locked') + 1;
    for (let at = from; at <= points.length; at++) {
      const before = repo.git('rev-parse', 'main');
      expect(run(repo, otherTree(repo), `*:${at}:kill`).signal).toBe('SIGKILL');
      expectSound(repo, bare, before);
    }
    expect(fsck(repo)).toBe('');
  });

  test(`killed at random times, ${kind} is as before or as after, and the next run works`, async () => {
    using repo = repositoryToKill(bare);
    const started = Date.now();
    run(repo, otherTree(repo));
    const longest = Date.now() - started;
    for (let kill = 0; kill < randomKills; kill++) {
      const before = repo.git('rev-parse', 'main');
      await killAfter(repo, otherTree(repo), longest * (0.2 + 0.8 * Math.random()));
      expectSound(repo, bare, before);
    }
    expect(fsck(repo)).toBe('');
  });
}

test('killed while it finishes what another left, a run leaves it to the next', () => {
  using repo = repositoryToKill(false);
  for (const at of [2, 3, 5]) {
    const before = repo.git('rev-parse', 'main');
    run(repo, otherTree(repo), 'git.worktree.ref-moved:1:kill');
    run(repo, otherTree(repo), `*:${at}:kill`);
    expectSound(repo, false, before);
  }
  expect(fsck(repo)).toBe('');
});
