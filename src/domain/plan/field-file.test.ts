import { expect, test } from 'vitest';
import { memoryTrees } from '../../../test/kit/memory-trees.ts';
import { diffTrees } from '../../tree/diff-trees.ts';
import { everything } from '../../tree/select.ts';
import { type FileLiteral } from '../../../test/kit/memory-trees.ts';
import { plannedField, readFieldFiles } from './field-file.ts';

const read = (now: FileLiteral | undefined, past: FileLiteral | undefined) => {
  const trees = memoryTrees();
  const tree = (file: FileLiteral | undefined) => trees.tree(file === undefined ? {} : { f: file });
  const changes = trees.run(diffTrees(tree(now), tree(past), everything));
  return trees.run(readFieldFiles(changes))[0];
};

test('a changed file is read as its changed fields', () => {
  const file = read('tag: v2\n', 'tag: v1\n');
  expect(file?.fields.map(({ short }) => short)).toEqual(['tag']);
  expect(file && plannedField('f', file.fields[0]!)).toMatchObject({
    address: 'f#/tag',
    before: 'v2',
    after: 'v1',
  });
});

test.each<[FileLiteral | undefined, FileLiteral | undefined, string]>([
  [undefined, 'a: 1', 'the file does not exist now'],
  ['a: 1', undefined, 'the file does not exist at the target'],
  ['a: 1', { text: 'a: 1', mode: '100755' }, 'only its mode differs'],
  [{ text: 'x', mode: '120000' }, { text: 'y', mode: '120000' }, 'it is a symbolic link or submodule'],
  ['a: 1\0', 'a: 2\0', 'it is not text, or larger than the limit'],
])('what cannot be read so says why: %#', (now, past, reason) => {
  expect(read(now, past)?.opaque).toBe(reason);
});
