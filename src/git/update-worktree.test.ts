import { existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cloneRepository, makeRepository, temporaryFolder } from '../../test/kit/repository.ts';
import { leftovers, moveRef, openWorktree, prepare } from './moved-branch.test-kit.ts';
import { updateWorktree } from './update-worktree.ts';

const never = async (): Promise<void> => {
  throw new Error('the ref must not be moved');
};

test('files, modes, links, deletions and new folders follow, and other edits stay', async () => {
  using repo = prepare(
    {
      'a/one': '1',
      'gone/deep/x': 'x',
      run: 'plain',
      link: { link: 'a/one' },
      'becomes-folder': 'f',
      'becomes-file/x': 'x',
      'becomes-link': 'text',
      '-rf "quoted"\n é': 'odd 1',
      mine: 'as it was',
      staged: 'as it was',
    },
    {
      'a/one': '1 changed',
      'new/deep/y': 'y',
      run: { executable: 'now runs' },
      link: { link: 'new/deep/y' },
      'becomes-folder/x': 'x',
      'becomes-file': 'f',
      'becomes-link': { link: 'a' },
      '-rf "quoted"\n é': 'odd 2',
      '--upload-pack=x': 'odd',
      mine: 'as it was',
      staged: 'as it was',
    },
  );
  writeFileSync(join(repo.dir, 'mine'), 'edited');
  writeFileSync(join(repo.dir, 'staged'), 'edited');
  writeFileSync(join(repo.dir, 'untracked'), 'new');
  repo.git('add', 'staged');
  await repo.update();
  expect(repo.git('rev-parse', 'HEAD')).toBe(repo.commits[1]);
  expect(repo.status()).toBe(' M mine\nM  staged\n?? untracked');
  expect(lstatSync(join(repo.dir, 'run')).mode & 0o100).toBe(0o100);
  expect(readlinkSync(join(repo.dir, 'link'))).toBe('new/deep/y');
  expect(existsSync(join(repo.dir, 'gone'))).toBe(false);
  expect(readFileSync(join(repo.dir, 'becomes-folder/x'), 'utf8')).toBe('x');
  expect(repo.git('diff-files', '--name-only')).toBe('mine');
  expect(leftovers(repo.gitDir)).toEqual([]);
});

test('every file that would be overwritten is named, and nothing has changed', async () => {
  using repo = prepare(
    {
      edited: '1',
      staged: '1',
      removed: '1',
      'folder/x': '1',
      assumed: '1',
      fine: '1',
      d: '1',
      '.gitignore': 'ignored',
    },
    {
      edited: '2',
      staged: '2',
      removed: '2',
      'folder/x': '2',
      assumed: '2',
      fine: '2',
      '.gitignore': 'ignored',
      untracked: 'n',
      ignored: 'n',
      'in/the/way': 'n',
      'was/there': 'n',
      'odd\nname': 'n',
      'free/x': 'n',
    },
  );
  const write = (path: string, text: string): void => writeFileSync(join(repo.dir, path), text);
  write('edited', 'mine');
  write('staged', 'mine');
  repo.git('add', 'staged');
  write('staged', '1');
  rmSync(join(repo.dir, 'removed'));
  rmSync(join(repo.dir, 'folder'), { recursive: true });
  write('folder', 'a file now');
  repo.git('update-index', '--assume-unchanged', 'assumed');
  write('assumed', 'mine');
  write('d', 'mine');
  write('untracked', 'mine');
  write('ignored', 'mine');
  write('odd\nname', 'mine');
  write('in', 'a file');
  mkdirSync(join(repo.dir, 'was/there/below'), { recursive: true });
  write('was/there/below/x', 'mine');
  mkdirSync(join(repo.dir, 'free/empty'), { recursive: true });
  const before = repo.status();
  await expect(updateWorktree(await repo.open(), repo.move, never)).rejects.toMatchObject({
    code: 'worktree_dirty',
    facts: {
      files: [
        'assumed',
        'd',
        'edited',
        'folder/x',
        'ignored',
        'in',
        'odd name',
        'removed',
        'staged',
        'untracked',
      ].concat('was/there/below/x'),
    },
  });
  expect(repo.status()).toBe(before);
  expect(repo.git('rev-parse', 'HEAD')).toBe(repo.commits[0]);
  expect(leftovers(repo.gitDir)).toEqual([]);
});

test('a folder that was replaced by a link leads nobody outside', async () => {
  using repo = prepare({ 'a/x': '1', 'b/y': '1' }, { 'a/x': '2', 'b/y': '1', 'b/new': 'n' });
  const outside = temporaryFolder('outside');
  writeFileSync(join(outside, 'x'), '1');
  for (const folder of ['a', 'b']) {
    rmSync(join(repo.dir, folder), { recursive: true });
    symlinkSync(outside, join(repo.dir, folder));
  }
  await expect(updateWorktree(await repo.open(), repo.move, never)).rejects.toMatchObject({
    code: 'worktree_dirty',
    facts: { files: ['a/x', 'b'] },
  });
  expect(readFileSync(join(outside, 'x'), 'utf8')).toBe('1');
});

test('a file that was only touched is not dirty', async () => {
  using repo = prepare({ a: '1', b: '1' }, { a: '2', b: '2' });
  repo.git('update-index', '--assume-unchanged', 'b');
  for (const name of ['a', 'b']) utimesSync(join(repo.dir, name), 1, 1);
  await repo.update();
  expect(repo.status()).toBe('');
});

test('line endings and filters of the user apply', async () => {
  using repo = prepare(
    { '.gitattributes': '*.secret filter=rot -text\n', 'a.txt': 'one\ntwo\n', 'b.secret': 'nop\n' },
    {
      '.gitattributes': '*.secret filter=rot -text\n',
      'a.txt': 'one\n2\n',
      'b.secret': 'qrs\n',
      'c.secret': 'nop\n',
    },
  );
  repo.git('config', 'core.autocrlf', 'true');
  repo.git('config', 'filter.rot.clean', 'tr a-z n-za-m');
  repo.git('config', 'filter.rot.smudge', 'tr a-z n-za-m');
  repo.git('rm', '-q', '-r', '--cached', '.');
  repo.git('reset', '-q', '--hard');
  expect(readFileSync(join(repo.dir, 'a.txt'), 'utf8')).toBe('one\r\ntwo\r\n');
  await repo.update();
  expect(readFileSync(join(repo.dir, 'a.txt'), 'utf8')).toBe('one\r\n2\r\n');
  expect(readFileSync(join(repo.dir, 'b.secret'), 'utf8')).toBe('def\n');
  expect(repo.status()).toBe('');
  expect(repo.git('diff-files', '--name-only')).toBe('');
});

test('a sparse checkout stays sparse', async () => {
  using repo = prepare(
    { 'in/x': '1', 'out/x': '1', 'out/gone': '1', root: '1' },
    { 'in/x': '2', 'out/x': '2', 'out/new': 'n', root: '2' },
  );
  repo.git('sparse-checkout', 'set', '--cone', 'in');
  expect(existsSync(join(repo.dir, 'out'))).toBe(false);
  await repo.update();
  expect(existsSync(join(repo.dir, 'out'))).toBe(false);
  expect(readFileSync(join(repo.dir, 'in/x'), 'utf8')).toBe('2');
  expect(repo.status()).toBe('');
  expect(repo.git('ls-files', '-t', 'out')).toBe('S out/new\nS out/x');
});

test('a linked worktree moves by itself and its Git folder keeps the journal', async () => {
  using repo = prepare({ a: '1' }, { a: '2', 'b/c': 'n' });
  const linked = join(temporaryFolder('linked'), 'tree');
  repo.git('worktree', 'add', '-q', '-b', 'side', linked);
  const move = { ...repo.move, ref: 'refs/heads/side' };
  const worktree = await openWorktree(linked);
  await updateWorktree(worktree, move, async () => moveRef(repo, move));
  expect(readFileSync(join(linked, 'b/c'), 'utf8')).toBe('n');
  expect(repo.status()).toBe('');
  expect(repo.git('rev-parse', 'HEAD', 'side')).toBe(repo.commits.join('\n'));
  expect(leftovers(worktree.gitDir)).toEqual([]);
});

test('a submodule is staged and its files are left to git submodule update', async () => {
  using inner = makeRepository([{ files: { x: '1' } }, { files: { x: '2' } }]);
  const [old = '', next = ''] = inner.commits;
  using repo = prepare({ a: '1', sub: { submodule: old } }, { a: '2', sub: { submodule: next } });
  rmSync(join(repo.dir, 'sub'), { recursive: true });
  repo.git('clone', '-q', inner.dir, 'sub');
  repo.git('-C', 'sub', 'reset', '-q', '--hard', old);
  repo.git('config', 'submodule.recurse', 'true');
  expect(repo.status()).toBe('');
  await repo.update();
  expect(repo.git('-C', 'sub', 'rev-parse', 'HEAD')).toBe(old);
  expect(repo.status()).toBe(' M sub');
});

test('an operation that waits to be continued is named', async () => {
  using repo = prepare({ a: '1' }, { a: '2' });
  repo.git('switch', '-q', '-c', 'other');
  repo.git('commit', '-q', '--allow-empty', '-m', 'other');
  repo.git('switch', '-q', 'main');
  repo.git('merge', '-q', '--no-ff', '--no-commit', 'other');
  await expect(updateWorktree(await repo.open(), repo.move, never)).rejects.toMatchObject({
    code: 'operation_in_progress',
    facts: { operation: 'merge', path: repo.dir },
  });
});

test('a lock of somebody else stays and is named before anything changes', async () => {
  using repo = prepare({ a: '1' }, { a: '2' });
  const lock = join(repo.gitDir, 'index.lock');
  writeFileSync(lock, '');
  await expect(updateWorktree(await repo.open(), repo.move, never)).rejects.toMatchObject({
    code: 'index_locked',
    facts: { path: lock },
  });
  expect(readFileSync(lock, 'utf8')).toBe('');
  rmSync(lock);
  await repo.update();
  expect(repo.status()).toBe('');
});

test('a lost race leaves everything as it was', async () => {
  using repo = prepare({ a: '1' }, { a: '2' });
  const lost = updateWorktree(await repo.open(), repo.move, async () => {
    throw new Error('lost');
  });
  await expect(lost).rejects.toThrow('lost');
  expect(repo.status()).toBe('');
  expect(leftovers(repo.gitDir)).toEqual([]);
  const stale = { ...repo.move, before: repo.move.after, after: repo.move.before };
  await expect(updateWorktree(await repo.open(), stale, never)).rejects.toMatchObject({ code: 'ref_moved' });
});

test('an answer that is lost after the ref moved does not lose the files', async () => {
  using repo = prepare({ a: '1' }, { a: '2' });
  await updateWorktree(await repo.open(), repo.move, async () => {
    moveRef(repo, repo.move);
    throw new Error('no answer');
  });
  expect(repo.status()).toBe('');
});

test('a file edited while the ref moves is kept, and the others follow', async () => {
  using repo = prepare({ a: '1', b: '1', c: '1' }, { a: '2', b: '2', c: '2' });
  await updateWorktree(await repo.open(), repo.move, async () => {
    moveRef(repo, repo.move);
    writeFileSync(join(repo.dir, 'b'), 'edited this very moment');
  });
  expect(repo.status()).toBe(' M b');
  expect(readFileSync(join(repo.dir, 'b'), 'utf8')).toBe('edited this very moment');
  expect(readFileSync(join(repo.dir, 'c'), 'utf8')).toBe('2');
  expect(leftovers(repo.gitDir)).toEqual([]);
});

test('of two runs at once the second waits and then finds the branch moved', async () => {
  using repo = prepare({ a: '1' }, { a: '2' });
  const outcomes = await Promise.allSettled([repo.update(), repo.update(), repo.update()]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(refused.map(({ reason }) => (reason as { code: string }).code)).toEqual(['ref_moved', 'ref_moved']);
  expect(repo.status()).toBe('');
});

test('an edit made in the instant in which the index was written is still seen', async () => {
  using origin = makeRepository([{ files: { a: '1', other: 'aaa' } }, { files: { a: '2' } }]);
  using clone = cloneRepository(origin);
  clone.git('reset', '-q', '--hard', 'HEAD~1');
  const time = lstatSync(join(clone.gitDir, 'index')).mtime;
  writeFileSync(join(clone.dir, 'other'), 'bbb');
  utimesSync(join(clone.dir, 'other'), time, time);
  utimesSync(join(clone.gitDir, 'index'), time, time);
  clone.git('update-index', '-q', '--refresh', '--really-refresh');
  const [before = '', after = ''] = origin.commits;
  const move = { ref: 'refs/heads/main', before, after };
  await updateWorktree(await openWorktree(clone.dir), move, async () => moveRef(clone, move));
  expect(clone.git('status', '--porcelain')).toBe(' M other');
});
