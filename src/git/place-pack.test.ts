import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { makeRepository, temporaryFolder } from '../../test/kit/repository.ts';
import type { TestRepository } from '../../test/kit/repository.ts';
import { armFailPoints } from '../std/fail-point.ts';
import { encodeCommit } from './commit-codec.ts';
import { type EncodedObject, encodeBlob } from './encoded-object.ts';
import { encodePack } from './encode-pack.ts';
import { openObjectReader } from './object-reader.ts';
import { placePack } from './place-pack.ts';
import { openRepository } from './repository.ts';
import { encodeTree } from './tree-codec.ts';
import { placeObjects } from './write-objects.ts';

afterEach(() => armFailPoints(undefined));

const person = { name: 'Jane', email: 'jane@example.com', seconds: 1_767_225_600, zone: '+0000' };
// Sizes at which the head of an entry grows by a byte, empty ones, and one that does not compress.
const blobs = [0, 1, 15, 16, 17, 2047, 2048, 262_143, 262_144].map((size) => encodeBlob('x'.repeat(size)));
const odd = encodeBlob(
  Array.from({ length: 3000 }, (_, index) => String.fromCodePoint(32 + ((index * 7919) % 50_000)))
    .join('')
    .toWellFormed(),
);
const tree = encodeTree(
  [...blobs, odd].map(({ oid }, index) => ({ mode: '100644', name: `file-${index}`, oid })),
);
const commit = encodeCommit({
  tree: tree.oid,
  parents: [],
  author: person,
  committer: person,
  message: 'All\n',
});
const objects: readonly EncodedObject[] = [...blobs, odd, tree, commit];

const packsIn = (repo: TestRepository): string[] => readdirSync(join(repo.gitDir, 'objects/pack')).toSorted();

test('a pack and its index are, byte for byte, what git makes of them', () => {
  const folder = temporaryFolder('pack');
  const { name, pack, index } = encodePack(objects);
  writeFileSync(join(folder, `pack-${name}.pack`), pack);
  using repo = makeRepository({});
  repo.git('index-pack', '--strict', '-o', join(folder, 'git.idx'), join(folder, `pack-${name}.pack`));
  expect(index.equals(readFileSync(join(folder, 'git.idx')))).toBe(true);
});

test('what is placed is there for git and for a reader that was open before', async () => {
  using repo = makeRepository({ old: '1' });
  const repository = await openRepository(repo.dir);
  const reader = openObjectReader(repository);
  await reader.describe(repo.commits[0] ?? '');
  await placePack(repository, objects);
  for (const { oid, type, content } of objects)
    expect(await reader.describe(oid)).toMatchObject({ type, size: content.length });
  await reader.close();
  repo.git('update-ref', 'refs/heads/other', commit.oid);
  expect(repo.git('fsck', '--strict', '--no-dangling')).toBe('');
  expect(repo.git('cat-file', '-p', `other:file-9`)).toBe(odd.content.toString());
});

test.each(['git.object.written', 'git.objects.staged', 'git.object.placed'])(
  'a fault at %s leaves a sound repository without any of the objects, and the next try works',
  async (point) => {
    using repo = makeRepository({ old: '1' });
    const repository = await openRepository(repo.dir);
    const before = packsIn(repo);
    armFailPoints((passed) => {
      if (passed === point) throw new Error('a fault was injected');
    });
    await expect(placePack(repository, objects)).rejects.toThrow('a fault was injected');
    armFailPoints(undefined);
    expect(packsIn(repo).filter((name) => name.endsWith('.idx') || name.startsWith('tmp_'))).toEqual(
      before.filter((name) => name.endsWith('.idx')),
    );
    expect(repo.git('fsck', '--strict', '--no-dangling')).toBe('');
    await placePack(repository, objects);
    expect(repo.git('cat-file', '-t', commit.oid)).toBe('commit');
  },
);

test('many objects are a pack in a repository of ours, and loose in one of somebody else', async () => {
  const many = Array.from({ length: 40 }, (_, index) => encodeBlob(`${index}`));
  using ours = makeRepository({ old: '1' });
  using theirs = makeRepository({ old: '1' });
  const before = [packsIn(ours).length, packsIn(theirs).length] as const;
  await placeObjects(await openRepository(ours.dir, { owned: true }), many).durable;
  await placeObjects(await openRepository(theirs.dir), many).durable;
  expect([packsIn(ours).length, packsIn(theirs).length]).toEqual([before[0] + 2, before[1]]);
  const last = many.at(-1)?.oid ?? '';
  expect([ours.git('cat-file', '-p', last), theirs.git('cat-file', '-p', last)]).toEqual(['39', '39']);
});
