import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdirSync, existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/kit/repository.ts';
import { processMark } from './attempt.ts';
import { finishJournal } from './finish-journal.ts';
import { leftovers, moveRef, prepare } from './moved-branch.test-kit.ts';
import type { Prepared } from './moved-branch.test-kit.ts';

const before = { a: 'first\n', b: 'first\n', gone: 'x', keep: 'k', 'file-to-folder': 'f' };
const after = {
  a: 'second line\n',
  b: 'second line\n',
  new: 'brand new\n',
  keep: 'k',
  'file-to-folder/x': 'n',
};

/** As a run leaves it that is killed after it wrote its journal: by a process that is dead for sure. */
function crash(repo: Prepared, moved = true): void {
  const attempt = `${processMark(process.pid).replace(/\.[^.]*$/, '.0000000000')}.00000000`;
  const folder = join(repo.gitDir, 'knowngood');
  mkdirSync(folder);
  writeFileSync(join(folder, `run-${attempt}`), '');
  writeFileSync(join(folder, 'journal.json'), JSON.stringify({ version: 1, attempt, ...repo.move }));
  writeFileSync(join(repo.gitDir, 'index.lock'), `knowngood ${attempt}\n`);
  if (moved) moveRef(repo, repo.move);
}

const finish = async (repo: Prepared): ReturnType<typeof finishJournal> => finishJournal(await repo.open());

test('without a journal there is nothing to do', async () => {
  using repo = prepare(before, after);
  expect(await finish(repo)).toEqual({ kind: 'nothing' });
  expect(existsSync(join(repo.gitDir, 'knowngood'))).toBe(false);
});

test('a branch that has not moved needs nothing but the lock removed', async () => {
  using repo = prepare(before, after);
  crash(repo, false);
  expect(await finish(repo)).toEqual({ kind: 'nothing' });
  expect(leftovers(repo.gitDir)).toEqual([]);
  expect(repo.status()).toBe('');
});

test('index and files follow a branch that has moved', async () => {
  using repo = prepare(before, after);
  crash(repo);
  expect(await finish(repo)).toEqual({ kind: 'finished', ref: 'refs/heads/main', kept: [] });
  expect(repo.status()).toBe('');
  expect(leftovers(repo.gitDir)).toEqual([]);
});

test('torn, missing and finished files are not taken for edits', async () => {
  using repo = prepare(before, after);
  crash(repo);
  writeFileSync(join(repo.dir, 'a'), 'second');
  rmSync(join(repo.dir, 'b'));
  rmSync(join(repo.dir, 'gone'));
  rmSync(join(repo.dir, 'file-to-folder'));
  mkdirSync(join(repo.dir, 'file-to-folder'));
  writeFileSync(join(repo.dir, 'file-to-folder/x'), 'n');
  writeFileSync(join(repo.dir, 'new'), 'brand\0\0\0');
  expect(await finish(repo)).toMatchObject({ kind: 'finished', kept: [] });
  expect(repo.status()).toBe('');
  expect(repo.git('diff-files', '--name-only')).toBe('');
});

test('line endings are part of what a torn file is compared with', async () => {
  using repo = prepare({ a: 'one\ntwo\n' }, { a: '1\n2\n' });
  repo.git('config', 'core.autocrlf', 'true');
  repo.git('rm', '-q', '--cached', 'a');
  repo.git('reset', '-q', '--hard');
  crash(repo);
  writeFileSync(join(repo.dir, 'a'), '1\r\n2');
  expect(await finish(repo)).toMatchObject({ kind: 'finished', kept: [] });
  expect(readFileSync(join(repo.dir, 'a'), 'utf8')).toBe('1\r\n2\r\n');
  expect(repo.status()).toBe('');
});

test('what the user edited after the crash stays, and the rest follows', async () => {
  using repo = prepare(before, after);
  crash(repo);
  writeFileSync(join(repo.dir, 'a'), 'my edit');
  writeFileSync(join(repo.dir, 'gone'), 'my edit');
  writeFileSync(join(repo.dir, 'new'), 'my edit');
  writeFileSync(join(repo.dir, 'file-to-folder'), 'my edit');
  writeFileSync(join(repo.dir, 'keep'), 'my edit');
  const kept = ['a', 'file-to-folder', 'file-to-folder/x', 'gone', 'new'];
  expect(await finish(repo)).toEqual({ kind: 'finished', ref: 'refs/heads/main', kept });
  const status = [' M a', ' D file-to-folder/x', ' M keep', ' M new', '?? file-to-folder', '?? gone'];
  expect(repo.status().split('\n')).toEqual(status);
  for (const name of ['a', 'gone', 'new', 'file-to-folder', 'keep'])
    expect(readFileSync(join(repo.dir, name), 'utf8')).toBe('my edit');
});

test('a folder that became a link after the crash leads nobody outside', async () => {
  using repo = prepare({ 'd/x': '1', 'e/x': '1', z: '1' }, { 'd/x': '2', 'd/y': '2', z: '2' });
  crash(repo);
  const outside = temporaryFolder('outside');
  writeFileSync(join(outside, 'x'), '1');
  for (const name of ['d', 'e']) {
    rmSync(join(repo.dir, name), { recursive: true });
    symlinkSync(outside, join(repo.dir, name));
  }
  expect(await finish(repo)).toMatchObject({ kind: 'finished', kept: ['d/x', 'd/y'] });
  expect(readFileSync(join(outside, 'x'), 'utf8')).toBe('1');
  expect(existsSync(join(outside, 'y'))).toBe(false);
  expect(readFileSync(join(repo.dir, 'z'), 'utf8')).toBe('2');
});

test('commits on top are left to those who made them', async () => {
  using repo = prepare(before, after);
  crash(repo);
  repo.git(
    'update-ref',
    'refs/heads/main',
    repo.git('commit-tree', '-p', 'main', '-m', 'top', 'main^{tree}'),
  );
  expect(await finish(repo)).toMatchObject({ kind: 'finished', kept: [] });
  expect(repo.status()).toBe('');
});

test('a path that a later commit changed again is not touched', async () => {
  using repo = prepare(before, after);
  crash(repo);
  rmSync(join(repo.gitDir, 'index.lock'));
  // The user commits the old index on top, which takes everything back.
  repo.git('commit', '-q', '-m', 'mine');
  expect(await finish(repo)).toMatchObject({ kind: 'finished', kept: [] });
  expect(repo.status()).toBe('');
  expect(readFileSync(join(repo.dir, 'a'), 'utf8')).toBe('first\n');
});

test('a branch that went elsewhere, and a worktree on another branch, are left alone', async () => {
  for (const go of [
    ['commit', '-q', '--amend', '-m', 'x', '--allow-empty'],
    ['switch', '-q', '-c', 'other'],
  ]) {
    using repo = prepare(before, after);
    crash(repo);
    rmSync(join(repo.gitDir, 'index.lock'));
    repo.git(...go);
    const status = repo.status();
    expect(await finish(repo)).toEqual({ kind: 'left', ref: 'refs/heads/main' });
    expect(repo.status()).toBe(status);
    expect(leftovers(repo.gitDir)).toEqual([]);
  }
});

test('a lock of somebody else is not removed, and the journal waits', async () => {
  using repo = prepare(before, after);
  crash(repo);
  writeFileSync(join(repo.gitDir, 'index.lock'), 'DIRC');
  await expect(finish(repo)).rejects.toMatchObject({ code: 'index_locked' });
  rmSync(join(repo.gitDir, 'index.lock'));
  expect(await finish(repo)).toMatchObject({ kind: 'finished' });
  expect(repo.status()).toBe('');
});

test('a git that outlived its run is waited for', async () => {
  using repo = prepare(before, after);
  crash(repo);
  const [name = ''] = leftovers(repo.gitDir).filter((name) => name.startsWith('run-'));
  const attempt = name.slice(4);
  const folder = join(repo.gitDir, 'knowngood');
  const child = spawn('sleep', ['0.4']);
  writeFileSync(join(folder, `git-${attempt}`), processMark(child.pid ?? 0));
  writeFileSync(join(folder, `index-${attempt}.lock`), '');
  const started = Date.now();
  expect(await finish(repo)).toMatchObject({ kind: 'finished', kept: [] });
  expect(Date.now() - started).toBeGreaterThan(300);
  expect(leftovers(repo.gitDir)).toEqual([]);
});

test('a journal that we did not write is not obeyed', async () => {
  using repo = prepare(before, after);
  mkdirSync(join(repo.gitDir, 'knowngood'));
  for (const text of ['', '{}', JSON.stringify({ version: 2, ...repo.move })]) {
    writeFileSync(join(repo.gitDir, 'knowngood/journal.json'), text);
    await expect(finish(repo)).rejects.toMatchObject({ code: 'repository_unreadable' });
  }
});
