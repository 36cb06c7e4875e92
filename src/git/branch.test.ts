import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { git } from '../../test/kit/git.ts';
import { cloneRepository, makeRepository, temporaryFolder } from '../../test/kit/repository.ts';
import { branchRef, findBranch, refuseElsewhere } from './branch.ts';
import { openRepository } from './repository.ts';

test('without a name the branch of HEAD is meant, with its tip and upstream', async () => {
  using origin = makeRepository([{ files: { a: '1' } }, { files: { a: '2' } }], { branch: 'trunk' });
  using clone = cloneRepository(origin);
  const found = {
    name: 'trunk',
    ref: 'refs/heads/trunk',
    tip: origin.commits[1],
    upstream: { remote: 'origin', ref: 'refs/heads/trunk', tracking: 'refs/remotes/origin/trunk' },
    checkedOut: { kind: 'here' },
  };
  const repository = await openRepository(clone.dir);
  expect(await findBranch(repository)).toEqual(found);
  expect(await findBranch(repository, 'trunk')).toEqual(found);
  expect(await findBranch(repository, 'refs/heads/trunk')).toEqual(found);
  const bare = await findBranch(await openRepository(origin.dir));
  expect(bare).toEqual({ ...found, upstream: undefined, checkedOut: { kind: 'nowhere' } });
});

test('a branch that follows a local branch or is covered by no refspec says so', async () => {
  using repo = makeRepository({ a: '1' }, { bare: false });
  repo.git('branch', 'side');
  repo.git('config', 'branch.side.merge', 'refs/heads/main');
  repo.git('config', 'branch.side.remote', '.');
  const repository = await openRepository(repo.dir);
  expect((await findBranch(repository, 'side')).upstream).toBeUndefined();
  repo.git('config', 'remote.far.url', 'https://example.com/x.git');
  repo.git('config', 'branch.side.remote', 'far');
  expect((await findBranch(repository, 'side')).upstream).toBeUndefined();
  repo.git('config', 'remote.far.fetch', '+refs/heads/*:refs/remotes/far/*');
  expect((await findBranch(repository, 'side')).upstream).toEqual({
    remote: 'far',
    ref: 'refs/heads/main',
    tracking: 'refs/remotes/far/main',
  });
});

test('a branch of another worktree is refused with the path of that worktree', async () => {
  using repo = makeRepository({ a: '1' }, { bare: false });
  const linked = join(temporaryFolder('linked'), 'with\nline break');
  repo.git('worktree', 'add', '-q', '-b', 'side', linked);
  const side = await findBranch(await openRepository(repo.dir), 'side');
  expect(side.checkedOut).toEqual({ kind: 'elsewhere', worktree: linked });
  expect(() => refuseElsewhere(side)).toThrow(
    expect.objectContaining({
      code: 'branch_elsewhere',
      facts: { branch: 'side', worktree: linked.replace('\n', ' ') },
    }) as Error,
  );
});

test('a linked worktree of a bare repository has its own branch, and the bare HEAD is nobody’s', async () => {
  using repo = makeRepository({ a: '1' });
  const linked = join(temporaryFolder('linked'), 'tree');
  repo.git('worktree', 'add', '-q', '-b', 'side', linked);
  const repository = await openRepository(linked);
  const side = await findBranch(repository);
  expect(side).toMatchObject({ name: 'side', checkedOut: { kind: 'here' } });
  expect(() => refuseElsewhere(side)).not.toThrow();
  expect((await findBranch(repository, 'main')).checkedOut).toEqual({ kind: 'nowhere' });
  expect((await findBranch(await openRepository(repo.dir), 'side')).checkedOut).toEqual({
    kind: 'elsewhere',
    worktree: linked,
  });
});

test('a branch that is being rebased belongs to that worktree', async () => {
  using repo = makeRepository(
    [{ files: { a: '1' } }, { files: { a: '2' } }, { files: { a: '3' }, branch: 'side', from: 0 }],
    { bare: false },
  );
  repo.git('switch', '-q', 'side');
  expect(() => repo.git('rebase', 'main')).toThrow(/conflict/i);
  const repository = await openRepository(repo.dir);
  expect((await findBranch(repository, 'side')).checkedOut).toEqual({
    kind: 'elsewhere',
    worktree: repo.dir,
  });
  await expect(findBranch(repository)).rejects.toMatchObject({ code: 'branch_detached' });
});

test('a detached HEAD, an unborn branch and an unknown one are told apart', async () => {
  using repo = makeRepository({ a: '1' }, { bare: false });
  const repository = await openRepository(repo.dir);
  await expect(findBranch(repository, 'nope')).rejects.toMatchObject({
    code: 'branch_unknown',
    facts: { branch: 'nope', path: repo.dir },
  });
  repo.git('switch', '-q', '--detach');
  await expect(findBranch(repository)).rejects.toMatchObject({ code: 'branch_detached' });
  expect((await findBranch(repository, 'main')).checkedOut).toEqual({ kind: 'nowhere' });
  repo.git('switch', '-q', '--orphan', 'fresh');
  await expect(findBranch(repository)).rejects.toMatchObject({ code: 'branch_unborn' });
  await expect(findBranch(repository, 'fresh')).rejects.toMatchObject({ code: 'branch_unborn' });
  git(repo.dir, 'switch', '-q', 'main');
  writeFileSync(join(repo.gitDir, 'HEAD'), 'ref: refs/remotes/origin/main\n');
  await expect(findBranch(repository)).rejects.toMatchObject({ code: 'branch_detached' });
});

test('names that could be taken for something else are refused', () => {
  const odd = ['', '-x', '--upload-pack=x', 'refs/heads/-x', 'a/-b', 'HEAD', '@', '@{-1}', 'a..b', 'a.lock'];
  odd.push(
    'a~1',
    'a^{tree}',
    'main:path',
    'refs/replace/x',
    '.a',
    'a/',
    'a//b',
    'a b',
    'a\nb',
    'a\u202eb',
    'a*',
  );
  odd.push('x'.repeat(300), 'a\udc80', 'a\\b', 'a.', 'a/.lock/b', ' main');
  const malformed = expect.objectContaining({ code: 'branch_malformed' }) as Error;
  for (const name of odd) expect(() => branchRef(name)).toThrow(malformed);
  for (const name of ['main', 'feature/JIRA-1_x', 'release-1.0', 'ünï', 'a@b', 'user#1'])
    expect(branchRef(name)).toBe(`refs/heads/${name}`);
});
