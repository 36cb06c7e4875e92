import { expect, test } from 'vitest';
import { makeRepository } from '../../test/kit/repository.ts';
import { firstParentAt, firstParentCount } from './first-parent.ts';
import { openRepository } from './repository.ts';

test('merged commits are not on the line', async () => {
  using made = makeRepository([
    { files: { a: '1' } },
    { files: { b: '1' }, branch: 'side' },
    { files: { c: '1' }, branch: 'main', from: 0 },
    { files: {}, branch: 'main', from: 2, merge: 1 },
  ]);
  const repository = await openRepository(made.dir);
  const [root, , second, merge = ''] = made.commits;
  expect(await firstParentCount(repository, merge)).toBe(3);
  const line = await Promise.all([0, 1, 2, 3].map((steps) => firstParentAt(repository, merge, steps)));
  expect(line).toEqual([merge, second, root, undefined]);
});
