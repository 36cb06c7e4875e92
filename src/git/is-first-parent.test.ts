import { expect, test } from 'vitest';
import { makeRepository } from '../../test/kit/repository.ts';
import { isFirstParent } from './is-first-parent.ts';
import { openRepository } from './repository.ts';

test('a commit is on the line of first parents, on a merged branch, after the head, or the head itself', async () => {
  using made = makeRepository([
    { files: { a: '1' } },
    { files: { a: '2' } },
    { files: { b: '1' }, branch: 'side', from: 0 },
    { files: { a: '3' }, from: 1, merge: 2 },
    { files: { a: '4' } },
  ]);
  const [root = '', second = '', side = '', merge = '', tip = ''] = made.commits;
  const repository = await openRepository(made.dir);
  const line = async (commit: string, head: string) => isFirstParent(repository, commit, head);
  expect(await Promise.all([root, second, merge, tip].map((commit) => line(commit, tip)))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(await line(side, tip)).toBe(false);
  expect(await line(tip, merge)).toBe(false);
  await expect(line('f'.repeat(40), tip)).rejects.toMatchObject({ code: 'git_failed' });
});
