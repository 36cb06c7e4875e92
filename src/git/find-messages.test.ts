import { expect, test } from 'vitest';
import { makeRepository } from '../../test/kit/repository.ts';
import { findMessages } from './find-messages.ts';
import { openRepository } from './repository.ts';

test('a range is searched on every line of history, whatever the case, and no further', async () => {
  using repo = makeRepository([
    { files: { a: '0' }, message: 'Old\n\nIrreversible: too early' },
    { files: { a: '1' }, message: 'Target' },
    { files: { side: 's' }, branch: 'side', from: 1, message: 'Side\n\nirreversible: on the side' },
    { branch: 'main', from: 1, merge: 2, files: { side: 's' }, message: 'Merge' },
    { files: { a: '2' }, message: 'Not\n\nIt is Irreversible: no' },
    { files: { a: '3' }, message: 'Newest\n\nIrreversible: drops a table' },
  ]);
  const [, before = ''] = repo.commits;
  const query = { from: repo.commits.at(-1) ?? '', before, line: 'Irreversible:', limit: 10 };
  const repository = await openRepository(repo.dir);
  const found = await findMessages(repository, query);
  expect(found.map(({ oid, message }) => [oid, message.trim().split('\n').at(-1)])).toEqual([
    [repo.commits[5], 'Irreversible: drops a table'],
    [repo.commits[2], 'irreversible: on the side'],
  ]);
  expect(await findMessages(repository, { ...query, limit: 1 })).toHaveLength(1);
  expect(await findMessages(repository, { ...query, from: before })).toEqual([]);
});
