import { expect, test } from 'vitest';
import { everything, selectPaths } from './select.ts';

test('a selection of paths enters only the folders above them', () => {
  const select = selectPaths(['a/b/c', 'd']);
  expect(['a', 'a/b', 'd', 'a/b/c', 'x'].map((path) => select.folder(path))).toEqual([
    'some',
    'some',
    'none',
    'none',
    'none',
  ]);
  expect(['a/b/c', 'd', 'a/b/x'].map((path) => select.file(path))).toEqual([true, true, false]);
});

test('everything is everything', () => {
  expect([everything.folder('a'), everything.file('a')]).toEqual(['all', true]);
});
