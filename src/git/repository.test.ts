import { mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { git } from '../../test/kit/git.ts';
import { cloneRepository, makeRepository, temporaryFolder } from '../../test/kit/repository.ts';
import { openRepository, refuseOldGit } from './repository.ts';

let root: string;
beforeAll(async () => {
  root = await realpath(temporaryFolder());
});
afterAll(() => rm(root, { recursive: true, force: true }));

function clone(name: string, ...options: string[]): string {
  const path = join(root, name);
  git(root, 'init', '-q', '-b', 'main', ...options, name);
  return path;
}

test('a clone opens from its top, from a folder inside it and from its .git folder', async () => {
  const path = clone('plain');
  await mkdir(join(path, 'a/b'), { recursive: true });
  const expected = { gitDir: join(path, '.git'), commonDir: join(path, '.git'), workTree: path };
  for (const inside of [path, join(path, 'a/b'), join(path, '.git')]) {
    expect(await openRepository(inside)).toEqual({
      ...expected,
      path: inside,
      shallow: false,
      partial: false,
      refFormat: 'files',
      owned: false,
    });
  }
});

test('a bare repository has no working tree', async () => {
  const path = clone('bare.git', '--bare');
  expect(await openRepository(path)).toMatchObject({ gitDir: path, commonDir: path, workTree: undefined });
  expect(await openRepository(path, { owned: true })).toMatchObject({ owned: true, workTree: undefined });
  const tree = clone('not-bare');
  for (const folder of [tree, join(tree, '.git')])
    await expect(openRepository(folder, { owned: true })).rejects.toMatchObject({
      code: 'repository_unreadable',
    });
});

test('a linked worktree has its own Git folder and shares the rest', async () => {
  const path = clone('main-tree');
  git(path, 'commit', '-q', '--allow-empty', '-m', 'one');
  git(path, 'worktree', 'add', '-q', '../linked');
  expect(await openRepository(join(root, 'linked'))).toMatchObject({
    gitDir: join(path, '.git/worktrees/linked'),
    commonDir: join(path, '.git'),
    workTree: join(root, 'linked'),
  });
  git(root, 'clone', '-q', '--depth=1', `file://${path}`, 'shallow');
  expect(await openRepository(join(root, 'shallow'))).toMatchObject({ shallow: true });
});

test('a partial clone is known for one', async () => {
  using origin = makeRepository({ a: '1' });
  origin.git('config', 'uploadpack.allowFilter', 'true');
  using partial = cloneRepository(origin, '--filter=blob:none');
  expect(await openRepository(partial.dir)).toMatchObject({ partial: true });
  using whole = cloneRepository(origin);
  expect(await openRepository(whole.dir)).toMatchObject({ partial: false });
});

test('variables that point git elsewhere are not obeyed', async () => {
  const path = clone('steady');
  process.env['GIT_DIR'] = join(root, 'elsewhere');
  process.env['GIT_WORK_TREE'] = root;
  try {
    expect(await openRepository(path)).toMatchObject({ gitDir: join(path, '.git'), workTree: path });
  } finally {
    delete process.env['GIT_DIR'];
    delete process.env['GIT_WORK_TREE'];
  }
});

test('what is no repository is refused with its path', async () => {
  await writeFile(join(root, 'file'), '');
  for (const path of [root, join(root, 'nothing'), join(root, 'file'), join(root, 'file/x')])
    await expect(openRepository(path)).rejects.toMatchObject({ code: 'not_a_repository', facts: { path } });
});

test('a damaged repository is refused, also when there is a sound one above it', async () => {
  const outer = clone('outer');
  const inner = clone('outer/inner');
  await rm(join(inner, '.git/HEAD'));
  await expect(openRepository(inner)).rejects.toMatchObject({ code: 'repository_unreadable' });
  const bare = clone('outer/bare.git', '--bare');
  await rename(join(bare, 'objects'), join(bare, 'gone'));
  await expect(openRepository(bare)).rejects.toMatchObject({ code: 'repository_unreadable' });
  await expect(openRepository(bare, { owned: true })).rejects.toMatchObject({
    code: 'repository_unreadable',
  });
  expect(await openRepository(outer)).toMatchObject({ workTree: outer });
});

test('a repository with broken configuration gives the reason of git', async () => {
  const path = clone('broken');
  await writeFile(join(path, '.git/config'), '[core\n');
  await expect(openRepository(path)).rejects.toMatchObject({
    code: 'repository_unreadable',
    facts: { reason: expect.stringMatching(/^bad config line 1 in file/) as unknown },
  });
});

test('a sha256 repository is refused', async () => {
  const path = clone('sha256', '--object-format=sha256');
  await expect(openRepository(path)).rejects.toMatchObject({ code: 'sha256_repository', facts: { path } });
});

test('a git older than 2.36 is refused, a newer one is not', () => {
  for (const old of ['git version 2.35.8', 'git version 1.9', 'nonsense'])
    expect(() => refuseOldGit(old)).toThrow(expect.objectContaining({ code: 'git_too_old' }) as Error);
  for (const fine of ['git version 2.36.0', 'git version 2.39.5 (Apple Git-154)', 'git version 3.0.0'])
    expect(() => refuseOldGit(fine)).not.toThrow();
});
