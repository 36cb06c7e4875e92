import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeRepository } from '../../test/kit/repository.ts';
import { readTip } from './read-tip.ts';
import { openRepository } from './repository.ts';

test('the tip is found as a file, packed, and not at all', async () => {
  using made = makeRepository([{ files: { a: '1' } }, { files: { a: '2' } }]);
  const repository = await openRepository(made.dir, { owned: true });
  made.git('update-ref', 'refs/heads/main', made.commits[0] ?? '');
  expect(await readTip(repository, 'refs/heads/main')).toBe(made.commits[0]);
  made.git('pack-refs', '--all');
  expect(await readTip(repository, 'refs/heads/main')).toBe(made.commits[0]);
  made.git('update-ref', 'refs/heads/main', made.commits[1] ?? '');
  expect(await readTip(repository, 'refs/heads/main')).toBe(made.commits[1]);
  expect(await readTip(repository, 'refs/heads/none')).toBeUndefined();
});

test('a ref that a power cut emptied is no commit', async () => {
  using made = makeRepository({ a: '1' });
  const repository = await openRepository(made.dir, { owned: true });
  truncateSync(join(made.dir, 'refs/heads/main'));
  expect(await readTip(repository, 'refs/heads/main')).toBeUndefined();
});
