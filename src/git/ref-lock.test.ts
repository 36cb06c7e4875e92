import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type TestRepository, makeRepository } from '../../test/kit/repository.ts';
import { runProgram } from '../../test/kit/run-program.ts';
import { openRefMover } from './move-ref.ts';
import { type RefLock, lockRef } from './ref-lock.ts';
import { openRepository } from './repository.ts';

const history = [
  { files: { a: '1' } },
  { files: { a: '2' } },
  { files: { a: '3' }, branch: 'side', from: 1 },
];
const ref = 'refs/heads/main';
const reflog = 'Jane <jane@example.com> 1800000000 +0000\trollback by test';
const onDisk = { placed: Promise.resolve(), durable: Promise.resolve() };
const tip = (repo: TestRepository): string => repo.git('rev-parse', ref);
const lockOf = (repo: TestRepository): string => join(repo.gitDir, `${ref}.lock`);

async function lock(repo: TestRepository, ends: { from?: string; to?: string } = {}) {
  const [, head = '', side = ''] = repo.commits;
  const repository = await openRepository(repo.dir, { owned: true });
  return lockRef(repository, { ref, from: head, to: side, reflog, ...ends });
}

function held(found: RefLock | undefined): RefLock {
  if (found === undefined) throw new Error('the branch could not be locked');
  return found;
}

test('a locked branch moves as git would move it, reflog and all', async () => {
  using repo = makeRepository(history);
  const taken = held(await lock(repo));
  await taken.sync();
  expect([tip(repo), existsSync(lockOf(repo))]).toEqual([repo.commits[1], true]);
  taken.commit();
  expect([tip(repo), existsSync(lockOf(repo))]).toEqual([repo.commits[2], false]);
  expect(repo.git('reflog', '-1', '--format=%H %gn <%ge> %gs', 'main')).toBe(
    `${repo.commits[2]} Jane <jane@example.com> rollback by test`,
  );
  expect(repo.git('fsck', '--strict')).toBe('');
});

test('git itself cannot move a branch that is locked, and can once it is not', async () => {
  using repo = makeRepository(history);
  const [first = ''] = repo.commits;
  const taken = held(await lock(repo));
  const git = (...args: string[]) => runProgram('git', ['-C', repo.dir, ...args], {});
  const refused = await git('-c', 'core.filesRefLockTimeout=0', 'update-ref', ref, first);
  expect(refused.stderr).toContain('main.lock');
  expect(tip(repo)).toBe(repo.commits[1]);
  taken.drop();
  expect((await git('update-ref', ref, first)).code).toBe(0);
  expect(tip(repo)).toBe(first);
});

test('anything unusual is left to git: another id, a packed branch, a symbolic or broken one, a lock', async () => {
  const unusual: Record<string, (repo: TestRepository) => void> = {
    moved: (repo) => void repo.git('update-ref', ref, repo.commits[0] ?? ''),
    packed: (repo) => void repo.git('pack-refs', '--all'),
    symbolic: (repo) => void repo.git('symbolic-ref', ref, 'refs/heads/side'),
    broken: (repo) => writeFileSync(join(repo.gitDir, ref), ''),
  };
  for (const [name, spoil] of Object.entries(unusual)) {
    using repo = makeRepository(history);
    spoil(repo);
    expect([name, await lock(repo), existsSync(lockOf(repo))]).toEqual([name, undefined, false]);
  }
  using repo = makeRepository(history);
  writeFileSync(lockOf(repo), 'somebody\n');
  expect(await lock(repo)).toBeUndefined();
  expect(readFileSync(lockOf(repo), 'utf8')).toBe('somebody\n');
});

test('a branch that was packed meanwhile moves all the same', async () => {
  using repo = makeRepository(history);
  const [first = '', head = '', side = ''] = repo.commits;
  const mover = openRefMover(await openRepository(repo.dir, { owned: true }));
  await mover.move({ ref, from: head, to: side, when: onDisk });
  repo.git('pack-refs', '--all', '--prune');
  await mover.move({ ref, from: side, to: first, when: onDisk });
  await mover.move({ ref, from: first, to: head, when: onDisk });
  await mover.close();
  expect(tip(repo)).toBe(head);
  expect(repo.git('reflog', '--format=%H', 'main').split('\n').slice(0, 3)).toEqual([head, first, side]);
});

test('against many gits at once exactly one moves the branch', async () => {
  using repo = makeRepository(history);
  const [first = '', head = '', side = ''] = repo.commits;
  const mover = openRefMover(await openRepository(repo.dir, { owned: true }));
  for (let round = 0; round < 5; round += 1) {
    repo.git('update-ref', ref, head);
    const others = Array.from({ length: 6 }, async () => {
      const args = ['-C', repo.dir, 'update-ref', ref, first, head];
      return (await runProgram('git', args, {})).code === 0;
    });
    const ours = mover.move({ ref, from: head, to: side, when: onDisk }).then(
      () => true,
      () => false,
    );
    const won = await Promise.all([ours, ...others]);
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(tip(repo)).toBe(won[0] ? side : first);
  }
  await mover.close();
});
