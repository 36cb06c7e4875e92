import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cloneRepository, makeRepository, readEntries, readTree } from './repository.ts';

test('a literal tree becomes one commit with exactly these files', () => {
  using repo = makeRepository({ 'a/x.yaml': 'tag: 1\r\n', 'b.txt': 'no newline', empty: '' });
  expect(readTree(repo)).toEqual(
    new Map([
      ['a/x.yaml', 'tag: 1\r\n'],
      ['b.txt', 'no newline'],
      ['empty', ''],
    ]),
  );
  expect(repo.git('rev-list', '--all')).toBe(repo.commits[0]);
});

test('a literal history keeps its order, messages, dates, branches, tags and merges', () => {
  using repo = makeRepository([
    { files: { a: '1', 'dir/b': '1' }, message: 'First', tag: 'v1' },
    { files: { a: '2', dir: null }, author: 'Jane <jane@example.com>' },
    { files: { c: '3' }, branch: 'side', from: 0 },
    { files: { c: '3' }, branch: 'main', from: 1, merge: 2, message: 'Merge side' },
    { files: { only: 'this' }, whole: true },
  ]);
  expect(repo.git('log', '--first-parent', '--reverse', '--format=%s|%an|%at', 'main').split('\n')).toEqual([
    'First|Test|1767225600',
    'Commit 2|Jane|1767225660',
    'Merge side|Test|1767225780',
    'Commit 5|Test|1767225840',
  ]);
  expect(repo.git('rev-parse', 'v1', 'side')).toBe(`${repo.commits[0]}\n${repo.commits[2]}`);
  expect([...readTree(repo, repo.commits[1]).keys()]).toEqual(['a']);
  expect([...readTree(repo, repo.commits[3]).keys()]).toEqual(['a', 'c']);
  expect([...readTree(repo).keys()]).toEqual(['only']);
});

test('executables, links, submodules, bytes and odd names survive', () => {
  const commit = '1'.repeat(40);
  using repo = makeRepository({
    'run.sh': { executable: '#!/bin/sh\n' },
    link: { link: 'run.sh' },
    sub: { submodule: commit },
    raw: Uint8Array.of(0, 255, 10),
    '-rf "quoted"\né': 'odd',
  });
  expect([...readEntries(repo).values()].map((entry) => entry.slice(0, 6)).toSorted()).toEqual([
    '100644',
    '100644',
    '100755',
    '120000',
    '160000',
  ]);
  expect(readTree(repo).get('-rf "quoted"\né')).toBe('odd');
  expect(readTree(repo).get('link')).toBe('run.sh');
  expect(readTree(repo).get('sub')).toBe(commit);
  expect(repo.git('cat-file', '-s', 'HEAD:raw')).toBe('3');
});

test('the same literal gives the same commit ids', () => {
  using one = makeRepository({ a: '1' });
  using two = makeRepository({ a: '1' }, { bare: false });
  expect(one.commits).toEqual(two.commits);
});

test('a checkout is clean, a clone knows its upstream, and both vanish when disposed', () => {
  let left: string;
  {
    using origin = makeRepository({ a: '1' }, { branch: 'trunk' });
    using clone = cloneRepository(origin);
    expect(readFileSync(join(clone.dir, 'a'), 'utf8')).toBe('1');
    expect(clone.git('status', '--porcelain')).toBe('');
    expect(clone.git('rev-parse', '--abbrev-ref', 'trunk@{upstream}')).toBe('origin/trunk');
    left = clone.dir;
  }
  expect(existsSync(left)).toBe(false);
});

test('everything temporary lies under the folder that goes with the run', () => {
  using repo = makeRepository({ a: '1' });
  expect(repo.dir).toMatch(/knowngood-tests-[^/]+\/knowngood-repository-/);
});
