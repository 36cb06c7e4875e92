import { chmodSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { api, fleet, otherApi, production, serviceFile, web } from '../kit/fleet.ts';
import { type TestRepository, cloneRepository, makeRepository, readTree } from '../kit/repository.ts';
import { runLocal } from '../kit/run-local.ts';

const rollback = (repo: TestRepository, ...words: readonly string[]) =>
  runLocal(['rollback', '--repo', repo.dir, ...production, '-s', 'api', '--to', 'v2', '--yes', ...words]);

/** Somebody else pushes one file to the upstream. */
function colleaguePushes(upstream: TestRepository, path: string, text: string): string {
  using colleague = cloneRepository(upstream);
  writeFileSync(join(colleague.dir, path), text);
  colleague.git('commit', '-qam', `Change ${path}`);
  colleague.git('push', '-q');
  return colleague.git('rev-parse', 'HEAD');
}

test('--push brings the commit to the upstream; without it the next command is printed', async () => {
  using upstream = makeRepository(fleet);
  using clone = cloneRepository(upstream);
  const quiet = await rollback(clone, '-f', 'replicas');
  expect(quiet.stdout).toContain(`git -C ${clone.dir} push origin main\n`);
  expect(upstream.git('rev-parse', 'main')).toBe(upstream.commits[5]);
  const { code, stdout, stderr } = await rollback(clone, '--push');
  expect(code).toBe(0);
  expect(stderr).toMatch(/^note: 1 commit.* origin\/main .*\n$/);
  expect(stdout).toMatch(/^Committed [0-9a-f]{8} to main and pushed to origin\.$/m);
  expect(upstream.git('rev-parse', 'main')).toBe(clone.git('rev-parse', 'main'));
  expect(clone.git('status', '--porcelain', '--branch')).toBe('## main...origin/main');
});

test('a clone that is behind gets the upstream’s commits first, files included', async () => {
  using upstream = makeRepository(fleet);
  using clone = cloneRepository(upstream);
  const theirs = colleaguePushes(upstream, otherApi, serviceFile('v9', 7));
  const { code } = await rollback(clone, '--push');
  expect(code).toBe(0);
  expect(clone.git('rev-parse', 'HEAD^')).toBe(theirs);
  expect(clone.git('status', '--porcelain', '--branch')).toBe('## main...origin/main');
  expect(readTree(upstream, 'main').get(otherApi)).toBe(serviceFile('v9', 7));
  expect(readTree(upstream, 'main').get(api)).toBe(serviceFile('v2', 2));
});

test('--offline uses what was fetched last, says how old that is, and does not ask the remote', async () => {
  using upstream = makeRepository(fleet);
  using clone = cloneRepository(upstream);
  colleaguePushes(upstream, otherApi, serviceFile('v9', 7));
  clone.git('fetch', '-q', 'origin', 'v1');
  const twoHoursAgo = Date.now() / 1000 - 7200;
  for (const file of ['FETCH_HEAD', 'logs/refs/remotes/origin/HEAD', 'logs/refs/remotes/origin/main'])
    try {
      utimesSync(join(clone.gitDir, file), twoHoursAgo, twoHoursAgo);
    } catch {} // not every git writes each of them
  clone.git('remote', 'set-url', 'origin', 'file:///nowhere');
  const offline = await rollback(clone, '--offline');
  expect(offline.stderr).toBe('note: offline; origin/main was fetched 2h ago\n');
  expect(offline.code).toBe(0);
  expect(clone.git('rev-parse', 'HEAD^')).toBe(upstream.commits[5]);
  const online = await rollback(clone, '--to', 'v1');
  expect(online.code).toBe(1);
  expect(online.stderr).toMatch(/^knowngood: could not fetch from origin: .*--offline.*\n$/);
});

test('a clone that has diverged is refused by name, and goes on with --offline', async () => {
  using upstream = makeRepository(fleet);
  using clone = cloneRepository(upstream);
  colleaguePushes(upstream, otherApi, serviceFile('v9', 7));
  clone.git('commit', '-q', '--allow-empty', '-m', 'Mine');
  const mine = clone.git('rev-parse', 'HEAD');
  const { code, stderr } = await rollback(clone);
  expect({ code, stderr }).toEqual({
    code: 5,
    stderr:
      'knowngood: main has 1 commit(s) that origin/main does not have; push or drop them first, or use --offline\n',
  });
  expect(clone.git('rev-parse', 'HEAD')).toBe(mine);
  expect((await rollback(clone, '--offline')).code).toBe(0);
  expect(clone.git('rev-parse', 'HEAD^')).toBe(mine);
});

/** A hook in a bare repository that runs before a push is taken. */
function preReceive(upstream: TestRepository, script: string): void {
  const hook = join(upstream.gitDir, 'hooks/pre-receive');
  mkdirSync(join(upstream.gitDir, 'hooks'), { recursive: true });
  writeFileSync(hook, `#!/bin/sh\n${script}\n`);
  chmodSync(hook, 0o755);
}

test('a push that a hook refuses ends with 5 and the hook’s own words; the commit stays in the clone', async () => {
  using upstream = makeRepository(fleet);
  using clone = cloneRepository(upstream);
  preReceive(upstream, 'printf "main is frozen until \\033[31mMonday\\033[0m\\n" >&2; exit 1');
  const { code, stdout, stderr } = await rollback(clone, '--push');
  expect(code).toBe(5);
  expect(stderr).toMatch(
    /^knowngood: the commit is in your clone, but origin refused the push: .*main is frozen/,
  );
  expect(stderr.trimEnd()).not.toMatch(/[\p{Cc}]/u);
  expect(upstream.git('rev-parse', 'main')).toBe(upstream.commits[5]);
  expect(clone.git('rev-parse', 'HEAD^')).toBe(upstream.commits[5]);
  expect(clone.git('status', '--porcelain')).toBe('');
  expect(stdout).not.toContain('pushed');
});

test('a push takes nothing away from whoever pushed in the same moment', async () => {
  using upstream = makeRepository(fleet);
  using clone = cloneRepository(upstream);
  // The upstream moves after it was fetched and before the push arrives.
  const hooks = join(clone.gitDir, 'moved-meanwhile');
  using colleague = cloneRepository(upstream);
  colleague.git('commit', '-q', '--allow-empty', '-m', 'Theirs');
  writeFileSync(hooks, `#!/bin/sh\ngit -C ${colleague.dir} push -q\nexec git-receive-pack "$@"\n`, {
    mode: 0o755,
  });
  clone.git('config', 'remote.origin.receivepack', hooks);
  const { code, stderr } = await rollback(clone, '--push');
  expect(code).toBe(5);
  expect(stderr).toMatch(/origin refused the push: the branch moved there meanwhile/);
  expect(upstream.git('rev-parse', 'main')).toBe(colleague.git('rev-parse', 'HEAD'));
});

test('--push without an upstream is refused before anything is committed', async () => {
  using repo = makeRepository(fleet, { bare: false });
  const { code, stderr } = await rollback(repo, '--push');
  expect(code).toBe(2);
  expect(stderr).toMatch(/^knowngood: main follows no upstream/);
  expect(repo.git('rev-parse', 'HEAD')).toBe(repo.commits[5]);
});

test('an upstream of another name gets the push, and the printed command names it', async () => {
  using upstream = makeRepository(fleet);
  using clone = cloneRepository(upstream);
  clone.git('checkout', '-q', '-b', 'mine', '--track', 'origin/main');
  const { stdout } = await rollback(clone, '-f', 'replicas');
  const [, command = ''] = /to publish it: +git (.+)$/m.exec(stdout) ?? [];
  clone.git(...command.split(' '));
  expect(upstream.git('rev-parse', 'main')).toBe(clone.git('rev-parse', 'mine'));
  expect((await rollback(clone, '--push')).code).toBe(0);
  expect(upstream.git('rev-parse', 'main')).toBe(clone.git('rev-parse', 'mine'));
  expect(readTree(upstream, 'main').get(web)).toBe(serviceFile('v3', 9));
});
