import { expect, test } from 'vitest';
import { makeRepository } from '../../test/kit/repository.ts';
import { packRepository, pruneRepository, wearOf } from './maintain-repository.ts';
import { openRepository } from './repository.ts';

const history = [{ files: { a: '1' } }, { files: { a: '2' } }];

test('packing loses nothing, not even what is unreachable, loose or in a pack', async () => {
  using hub = makeRepository(history);
  const repository = await openRepository(hub.gitDir, { owned: true });
  const packed = hub.git('commit-tree', '-m', 'Unreachable in a pack', 'main^{tree}');
  hub.git('update-ref', 'refs/heads/gone', packed);
  hub.git('repack', '-adq');
  hub.git('update-ref', '-d', 'refs/heads/gone');
  hub.git('reflog', 'expire', '--expire=now', '--all');
  const loose = hub.git('commit-tree', '-m', 'Unreachable and loose', 'main^{tree}');
  await packRepository(repository);
  await packRepository(repository);
  for (const commit of [packed, loose]) expect(hub.git('cat-file', '-t', commit)).toBe('commit');
  expect(await wearOf(repository)).toMatchObject({ prunedAt: 0 });
  expect(hub.git('fsck', '--strict', '--no-dangling')).toBe('');
});

test('pruning removes what is unreachable and old, and keeps what is pinned or young', async () => {
  using hub = makeRepository(history);
  const repository = await openRepository(hub.gitDir, { owned: true });
  const pinned = hub.git('commit-tree', '-m', 'Pinned', 'main^{tree}');
  const orphan = hub.git('commit-tree', '-m', 'Nobody refers to this', 'main^{tree}');
  await pruneRepository(repository, { pins: new Map(), expire: '2.weeks.ago' });
  expect(hub.git('cat-file', '-t', orphan)).toBe('commit');
  await pruneRepository(repository, { pins: new Map([['rbk-1', pinned]]), expire: 'now' });
  expect(hub.git('cat-file', '-t', pinned)).toBe('commit');
  expect(() => hub.git('cat-file', '-t', orphan)).toThrow('could not get object info');
  await pruneRepository(repository, { pins: new Map(), expire: 'now' });
  expect(() => hub.git('cat-file', '-t', pinned)).toThrow('could not get object info');
  expect((await wearOf(repository)).prunedAt).toBeGreaterThan(0);
});

test('a repository without a commit is maintained, too', async () => {
  using hub = makeRepository([]);
  const repository = await openRepository(hub.gitDir, { owned: true });
  await packRepository(repository);
  await pruneRepository(repository, { pins: new Map(), expire: 'now' });
  expect((await wearOf(repository)).prunedAt).toBeGreaterThan(0);
});
