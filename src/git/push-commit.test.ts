import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TestRepository } from '../../test/kit/repository.ts';
import { cloneRepository, makeRepository } from '../../test/kit/repository.ts';
import type { Branch, Upstream } from './branch.ts';
import { findBranch } from './branch.ts';
import { fetchUpstream, readUpstream } from './fetch-upstream.ts';
import { pushCommit } from './push-commit.ts';
import { remoteReason, withoutSecrets } from './reach-remote.ts';
import { openRepository } from './repository.ts';

const history = [{ files: { a: '1' } }, { files: { a: '2' } }];

async function followed(clone: TestRepository): Promise<Branch & { readonly upstream: Upstream }> {
  const branch = await findBranch(await openRepository(clone.dir), 'main');
  if (branch.upstream === undefined) throw new Error('main follows nothing');
  return { ...branch, upstream: branch.upstream };
}

/** A commit on top of a branch, as somebody else would push it. */
function commitOn(repo: TestRepository, ref: string, message: string): string {
  const oid = repo.git('commit-tree', '-p', ref, '-m', message, `${ref}^{tree}`);
  repo.git('update-ref', `refs/heads/${ref}`, oid);
  return oid;
}

function hook(repo: TestRepository, name: string, script: string): void {
  mkdirSync(join(repo.gitDir, 'hooks'), { recursive: true });
  const path = join(repo.gitDir, 'hooks', name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

test('a fetch brings the upstream branch alone and says how the two stand', async () => {
  using origin = makeRepository(history);
  using clone = cloneRepository(origin);
  const repository = await openRepository(clone.dir);
  const [, tip = ''] = origin.commits;
  expect(await readUpstream(repository, await followed(clone))).toMatchObject({ tip, ahead: 0, behind: 0 });
  const theirs = commitOn(origin, 'main', 'theirs');
  origin.git('tag', 'v1');
  origin.git('branch', 'other');
  commitOn(clone, 'main', 'mine');
  commitOn(clone, 'main', 'mine too');
  expect(await readUpstream(repository, await followed(clone))).toMatchObject({ tip, ahead: 2, behind: 0 });
  const lines: string[] = [];
  const before = Date.now();
  const state = await fetchUpstream(repository, await followed(clone), {
    onProgress: (line) => lines.push(line),
  });
  expect(state).toMatchObject({ tip: theirs, ahead: 2, behind: 1 });
  expect(lines.length).toBeGreaterThan(0);
  expect(clone.git('for-each-ref', '--format=%(refname)').split('\n')).toEqual([
    'refs/heads/main',
    'refs/remotes/origin/HEAD',
    'refs/remotes/origin/main',
  ]);
  const read = await readUpstream(repository, await followed(clone));
  expect(read?.fetchedAt).toBeGreaterThan(before - 2000);
});

test('a remote that cannot be reached is named, without its password', async () => {
  using origin = makeRepository(history);
  using clone = cloneRepository(origin);
  clone.git('remote', 'set-url', 'origin', 'http://jane:s3cret@127.0.0.1:1/x.git');
  const branch = await followed(clone);
  const failing = fetchUpstream(await openRepository(clone.dir), branch);
  await expect(failing).rejects.toMatchObject({ code: 'fetch_failed', facts: { remote: 'origin' } });
  await expect(failing).rejects.not.toThrow(/s3cret|jane/);
  origin.git('branch', '-m', 'main', 'renamed');
  clone.git('remote', 'set-url', 'origin', `file://${origin.dir}`);
  await expect(fetchUpstream(await openRepository(clone.dir), branch)).rejects.toMatchObject({
    code: 'fetch_failed',
    facts: { reason: "couldn't find remote ref refs/heads/main" },
  });
});

test('a push moves the upstream and its tracking ref, and a second one finds it done', async () => {
  using origin = makeRepository(history);
  using clone = cloneRepository(origin);
  const [, before = ''] = origin.commits;
  const commit = commitOn(clone, 'main', 'mine');
  const repository = await openRepository(clone.dir);
  await pushCommit(repository, await followed(clone), { before, commit });
  expect(origin.git('rev-parse', 'main')).toBe(commit);
  expect(clone.git('rev-parse', 'origin/main')).toBe(commit);
  await pushCommit(repository, await followed(clone), { before, commit });
  commitOn(origin, 'main', 'on top');
  await pushCommit(repository, await followed(clone), { before, commit });
  expect(clone.git('rev-parse', 'origin/main')).toBe(origin.git('rev-parse', 'main'));
});

test('an upstream that moved is not overwritten, even when it was fetched meanwhile', async () => {
  using origin = makeRepository(history);
  using clone = cloneRepository(origin);
  const [, before = ''] = origin.commits;
  const commit = commitOn(clone, 'main', 'mine');
  const theirs = commitOn(origin, 'main', 'theirs');
  const repository = await openRepository(clone.dir);
  for (const prepare of [(): string => '', (): string => clone.git('fetch', '-q')]) {
    prepare();
    await expect(pushCommit(repository, await followed(clone), { before, commit })).rejects.toMatchObject({
      code: 'push_rejected',
      facts: { remote: 'origin', cause: 'moved' },
    });
  }
  expect(origin.git('rev-parse', 'main')).toBe(theirs);
});

test('a hook of the remote refuses in its own words', async () => {
  using origin = makeRepository(history);
  using clone = cloneRepository(origin);
  hook(origin, 'pre-receive', 'echo "main is protected; open a pull request" >&2; exit 1');
  const commit = commitOn(clone, 'main', 'mine');
  const push = { before: origin.commits[1] ?? '', commit };
  const pushing = pushCommit(await openRepository(clone.dir), await followed(clone), push);
  await expect(pushing).rejects.toMatchObject({
    code: 'push_rejected',
    facts: {
      cause: 'refused',
      reason: 'main is protected; open a pull request (pre-receive hook declined)',
    },
  });
});

test('an answer that is lost after the commit arrived is no failure', async () => {
  using origin = makeRepository(history);
  using clone = cloneRepository(origin);
  hook(origin, 'post-update', 'kill -9 $PPID');
  const commit = commitOn(clone, 'main', 'mine');
  const push = { before: origin.commits[1] ?? '', commit };
  await pushCommit(await openRepository(clone.dir), await followed(clone), push);
  expect(origin.git('rev-parse', 'main')).toBe(commit);
  expect(clone.git('rev-parse', 'origin/main')).toBe(commit);
  hook(origin, 'post-update', 'true');
  hook(origin, 'pre-receive', 'kill -9 $PPID');
  const second = commitOn(clone, 'main', 'mine again');
  const lost = pushCommit(await openRepository(clone.dir), await followed(clone), {
    before: commit,
    commit: second,
  });
  await expect(lost).rejects.toMatchObject({ code: 'push_rejected', facts: { cause: 'unreachable' } });
});

test('credentials in addresses never show', () => {
  expect(withoutSecrets("unable to access 'https://jane:p@ss@host/x?access_token=abc&a=1'")).toBe(
    "unable to access 'https://***@host/x?access_token=***&a=1'",
  );
  expect(withoutSecrets('https://ghp_token@host/ ssh://git@host/x ssh://a:b@host/x http://host/a@b')).toBe(
    'https://***@host/ ssh://git@host/x ssh://***@host/x http://host/a@b',
  );
  expect(
    remoteReason('git@h: Permission denied (publickey).\nfatal: Could not read from remote repository.\n'),
  ).toBe('git@h: Permission denied (publickey).; Could not read from remote repository.');
});
