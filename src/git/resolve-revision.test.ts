import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneRepository, makeRepository } from '../../test/kit/repository.ts';
import { gitBytes } from '../../test/kit/git.ts';
import { encodeObject } from './encoded-object.ts';
import { isAncestor } from './is-ancestor.ts';
import { openRepository } from './repository.ts';
import type { Repository } from './repository.ts';
import { resolveRevision } from './resolve-revision.ts';

const repo = makeRepository([
  { files: { a: '1' }, tag: 'v1' },
  { files: { a: '2' } },
  { files: { b: '3' }, branch: 'feature/x', from: 0 },
]);
const [first = '', head = '', side = ''] = repo.commits;
let repository: Repository;
beforeAll(async () => {
  repo.git('tag', '-a', '-m', 'annotated', 'v2', head);
  repo.git('tag', '-a', '-m', 'twice', 'v2-again', 'v2');
  repository = await openRepository(repo.dir);
});
afterAll(() => repo[Symbol.dispose]());

const resolve = (revision: string): Promise<string> => resolveRevision(repository, revision);

test('ids, branches and tags resolve to commits', async () => {
  for (const text of [
    head,
    head.toUpperCase(),
    head.slice(0, 7),
    'main',
    'HEAD',
    'v2',
    'v2-again',
    'refs/heads/main',
  ])
    expect(await resolve(text)).toBe(head);
  expect(await resolve('v1')).toBe(first);
  expect(await resolve('main~1')).toBe(first);
  expect(await resolve('main^')).toBe(first);
  expect(await resolve('feature/x')).toBe(side);
});

test('what is unknown is refused as unknown', async () => {
  const unknown = ['nope', 'v3', 'f'.repeat(40), 'fffffff', 'main~9', 'a', '%2e', "';$(x)'", ';rm'];
  for (const revision of unknown)
    await expect(resolve(revision)).rejects.toMatchObject({ code: 'revision_unknown', facts: { revision } });
});

test('hostile and over-rich forms never reach git', async () => {
  const forms = [
    '',
    '-x',
    '--all',
    '--output=/tmp/x',
    'v1..v2',
    'main:a',
    ':/Commit',
    'main^{tree}',
    'main@{1}',
  ];
  for (const text of [
    ...forms,
    '@{-1}',
    'main^@',
    'main^!',
    'a b',
    'a\nb',
    'a\0b',
    'v*',
    '\ud800',
    'x'.repeat(251),
  ])
    await expect(resolve(text)).rejects.toMatchObject({ code: 'revision_malformed' });
});

test('what is no commit is refused by its type', async () => {
  const tree = repo.git('rev-parse', 'HEAD^{tree}');
  repo.git('tag', 'a-tree', tree);
  for (const text of [tree, 'a-tree'])
    await expect(resolve(text)).rejects.toMatchObject({
      code: 'object_unexpected',
      facts: { oid: tree, actual: 'tree', expected: 'commit' },
    });
});

test('an ambiguous short id lists the commits it may mean', async () => {
  using crowded = makeRepository([]);
  const tree = crowded.git('mktree');
  const made = Array.from({ length: 2000 }, (_, index) => {
    const person = `T <t@x> ${index} +0000`;
    return encodeObject('commit', Buffer.from(`tree ${tree}\nauthor ${person}\ncommitter ${person}\n\nx\n`));
  });
  const groups = Object.values(Object.groupBy(made, ({ oid }) => oid.slice(0, 4)));
  const twins = groups.find((group) => group?.length === 2) ?? [];
  for (const { content } of twins)
    gitBytes(crowded.dir, ['hash-object', '-w', '-t', 'commit', '--stdin'], content);
  const prefix = twins[0]!.oid.slice(0, 4);
  const error: unknown = await resolveRevision(await openRepository(crowded.dir), prefix).catch(
    (caught: unknown) => caught,
  );
  expect(error).toMatchObject({ code: 'revision_ambiguous', facts: { revision: prefix } });
  const { candidates } = (error as { facts: { candidates: string[] } }).facts;
  expect(candidates).toHaveLength(2);
  for (const candidate of candidates) expect(candidate).toMatch(new RegExp(`^${prefix}.* commit `));
});

test('ancestry is told, and not guessed across a shallow boundary', async () => {
  expect(await isAncestor(repository, first, head)).toBe(true);
  expect(await isAncestor(repository, head, head)).toBe(true);
  expect(await isAncestor(repository, head, first)).toBe(false);
  expect(await isAncestor(repository, side, head)).toBe(false);
  await expect(isAncestor(repository, 'f'.repeat(40), head)).rejects.toMatchObject({ code: 'git_failed' });
  using clone = cloneRepository(repo, '--depth=1', '--branch=main');
  const shallow = await openRepository(clone.dir);
  expect(await isAncestor(shallow, head, head)).toBe(true);
  await expect(isAncestor(shallow, first, head)).rejects.toMatchObject({ code: 'shallow_repository' });
});
