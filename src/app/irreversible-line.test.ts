import { expect, test } from 'vitest';
import { makeRepository } from '../../test/kit/repository.ts';
import { openObjectReader } from '../git/object-reader.ts';
import { openRepository } from '../git/repository.ts';
import { irreversibleBetween } from './irreversible-line.ts';

const says = (reason: string): string => `Change\n\nIrreversible: ${reason}`;

test('asked again, about more or less of the line, it tells the same commits, newest first', async () => {
  using repo = makeRepository([
    { files: { a: '0' }, message: says('first') },
    { files: { a: '1' }, message: says('second') },
    { files: { side: 's' }, branch: 'side', from: 1, message: says('on the side') },
    { branch: 'main', from: 1, merge: 2, files: { side: 's' }, message: 'Merge' },
    { files: { a: '2' }, message: 'Plain' },
    { files: { a: '3' }, message: says('newest') },
    { files: { b: '1' }, branch: 'other', from: 4, message: says('elsewhere') },
  ]);
  const repository = await openRepository(repo.dir);
  const reader = openObjectReader(repository);
  const at = (index: number): string => repo.commits[index] ?? '';
  const between = async (base: number, target: number): Promise<readonly string[]> =>
    (await irreversibleBetween(reader, at(base), at(target))).map(({ reason }) => reason);
  for (let round = 0; round < 2; round += 1) {
    expect(await between(4, 3)).toEqual([]);
    expect(await between(4, 1)).toEqual(['on the side']);
    expect(await between(5, 1)).toEqual(['newest', 'on the side']);
    expect(await between(5, 0)).toEqual(['newest', 'on the side', 'second']);
    expect(await between(3, 0)).toEqual(['on the side', 'second']);
    // A state that is on no line of first parents, and a branch that was begun anew.
    expect(await between(5, 2)).toEqual(['newest']);
    expect(await between(6, 0)).toEqual(['elsewhere', 'on the side', 'second']);
    expect(await between(1, 5)).toEqual([]);
    expect(await between(5, 5)).toEqual([]);
  }
  await reader.close();
});

test('a line that is longer than one walk is told as a whole, while many ask at once', async () => {
  const commits = Array.from({ length: 450 }, (_, index) => ({
    files: { a: `${index}` },
    message: index % 100 === 0 ? says(`number ${index}`) : 'Plain',
  }));
  using repo = makeRepository(commits);
  const reader = openObjectReader(await openRepository(repo.dir));
  const at = (index: number): string => repo.commits[index] ?? '';
  const asked = [449, 430, 449, 300, 210, 449].map((base) => irreversibleBetween(reader, at(base), at(0)));
  expect((await Promise.all(asked)).map((found) => found.map(({ reason }) => reason).join())).toEqual([
    'number 400,number 300,number 200,number 100',
    'number 400,number 300,number 200,number 100',
    'number 400,number 300,number 200,number 100',
    'number 300,number 200,number 100',
    'number 200,number 100',
    'number 400,number 300,number 200,number 100',
  ]);
  for (let round = 0; round < 3; round += 1)
    expect(await irreversibleBetween(reader, at(449), at(150))).toHaveLength(3);
  await reader.close();
});
