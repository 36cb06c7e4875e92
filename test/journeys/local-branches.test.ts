import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { api, fleet, production, serviceFile, web } from '../kit/fleet.ts';
import { git } from '../kit/git.ts';
import { makeRepository, readTree, temporaryFolder } from '../kit/repository.ts';
import { runCli } from '../kit/run-cli.ts';
import { runLocal } from '../kit/run-local.ts';

const rollback = (dir: string, ...words: readonly string[]) =>
  runLocal(['rollback', '--repo', dir, ...production, '-s', 'api', '--to', 'v2', '--yes', ...words]);

test('a branch that is not checked out moves without touching index and files', async () => {
  using repo = makeRepository(fleet, { bare: false });
  repo.git('branch', 'release');
  writeFileSync(join(repo.dir, api), 'half an edit');
  const { code, stderr } = await rollback(repo.dir, '--branch', 'release');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(readTree(repo, 'release').get(api)).toBe(serviceFile('v2', 2));
  expect(repo.git('rev-parse', 'HEAD')).toBe(repo.commits[5]);
  expect(readFileSync(join(repo.dir, api), 'utf8')).toBe('half an edit');
});

test('my own edits elsewhere stay; edits in the way are refused by name and nothing is changed', async () => {
  using repo = makeRepository(fleet, { bare: false });
  writeFileSync(join(repo.dir, web), 'my edit');
  writeFileSync(join(repo.dir, 'staged.txt'), 'mine');
  repo.git('add', 'staged.txt');
  expect((await rollback(repo.dir)).code).toBe(0);
  expect(repo.git('status', '--porcelain')).toBe(`A  staged.txt\n M ${web}`);
  expect(repo.git('show', '--format=', '--name-only', 'HEAD')).toBe(api);

  const tip = repo.git('rev-parse', 'HEAD');
  writeFileSync(join(repo.dir, api), 'my edit');
  const { code, stderr } = await rollback(repo.dir, '--to', 'v1');
  expect({ code, stderr }).toEqual({
    code: 5,
    stderr: `knowngood: you have changes of your own in files that this would touch: ${api}; commit or stash them first\n`,
  });
  expect(repo.git('rev-parse', 'HEAD')).toBe(tip);
  expect(readFileSync(join(repo.dir, api), 'utf8')).toBe('my edit');
});

test('a linked worktree is rolled back in place; from elsewhere its branch is refused with its folder', async () => {
  using repo = makeRepository(fleet, { bare: false });
  const linked = join(temporaryFolder('linked'), 'hot fix');
  repo.git('worktree', 'add', '-q', '-b', 'hotfix', linked);
  const { code, stderr } = await rollback(repo.dir, '--branch', 'hotfix');
  expect(code).toBe(5);
  expect(stderr).toMatch(/^knowngood: branch hotfix is checked out in another worktree \(.*hot fix\);.*\n$/);
  expect(repo.git('rev-parse', 'hotfix')).toBe(repo.commits[5]);

  expect((await rollback(linked)).code).toBe(0);
  expect(git(linked, 'status', '--porcelain')).toBe('');
  expect(readFileSync(join(linked, api), 'utf8')).toBe(serviceFile('v2', 2));
  expect(repo.git('rev-parse', 'hotfix^')).toBe(repo.commits[5]);
  expect(repo.git('rev-parse', 'main')).toBe(repo.commits[5]);
});

test('a detached HEAD needs a named branch', async () => {
  using repo = makeRepository(fleet, { bare: false });
  repo.git('checkout', '-q', '--detach');
  const { code, stderr } = await rollback(repo.dir);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^knowngood: HEAD of .* is not on a branch; name one with --branch\n$/);
  expect((await rollback(repo.dir, '--branch', 'main')).code).toBe(0);
  expect(repo.git('rev-parse', 'HEAD')).toBe(repo.commits[5]);
});

test('the folder named may be any folder of the clone, relative to where one is', async () => {
  using repo = makeRepository(fleet, { bare: false });
  const words = ['rollback', '--repo', '.', ...production, '-s', 'api', '--to', 'v2', '--yes'];
  const { code } = await runCli(words, { cwd: join(repo.dir, 'tenants/acme') });
  expect(code).toBe(0);
  expect(repo.git('status', '--porcelain')).toBe('');
  expect(readFileSync(join(repo.dir, api), 'utf8')).toBe(serviceFile('v2', 2));
});

test('hooks of the repository do not run, and its line endings apply', async () => {
  using repo = makeRepository(fleet, { bare: false });
  repo.git('config', 'core.autocrlf', 'true');
  const hooks = temporaryFolder('hooks');
  for (const name of ['post-checkout', 'pre-commit', 'post-index-change', 'reference-transaction'])
    writeFileSync(join(hooks, name), `#!/bin/sh\ntouch ${join(hooks, 'ran')}\n`, { mode: 0o755 });
  repo.git('config', 'core.hooksPath', hooks);
  expect((await rollback(repo.dir)).code).toBe(0);
  expect(() => readFileSync(join(hooks, 'ran'))).toThrow('ENOENT');
  expect(readFileSync(join(repo.dir, api), 'utf8')).toBe(serviceFile('v2', 2).replaceAll('\n', '\r\n'));
});
