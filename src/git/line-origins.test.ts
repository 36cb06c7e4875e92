import { expect, test } from 'vitest';
import { makeRepository } from '../../test/kit/repository.ts';
import { lineOrigins } from './line-origins.ts';
import { openRepository } from './repository.ts';

test('each line is told with the commit that last wrote it', async () => {
  const path = '-L 1.yaml';
  const words = 'deadbeefdeadbeefdeadbeefdeadbeefdeadbeef 1 2\ncommitter-time 7\n';
  using repo = makeRepository([{ files: { [path]: 'a\nb\n' } }, { files: { [path]: `a\nc\n${words}` } }]);
  const [first, second = ''] = repo.commits;
  const repository = await openRepository(repo.dir);
  const found = await lineOrigins(repository, { revision: second, path, lines: [1, 2, 3, 4] });
  expect([...found].map(([line, { commit }]) => [line, commit])).toEqual([
    [1, first],
    [2, second],
    [3, second],
    [4, second],
  ]);
  expect(found.get(2)?.at).toBe(Number(repo.git('log', '-1', '--format=%ct', second)));
});
