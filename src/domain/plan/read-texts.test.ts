import { expect, test } from 'vitest';
import { memoryTrees } from '../../../test/kit/memory-trees.ts';
import { readTexts } from './read-texts.ts';

test('texts are read at once, and what is no text has no entry', () => {
  const trees = memoryTrees();
  trees.tree({ a: 'one', b: 'two\0' });
  const [a, b] = [trees.oidOf('one'), trees.oidOf('two\0')];
  expect([...trees.run(readTexts([a, b, undefined, a]))]).toEqual([[a, 'one']]);
});

test('nothing wanted, nothing asked', () => {
  const trees = memoryTrees();
  expect(trees.run(readTexts([undefined])).size).toBe(0);
  expect(trees.asked.size).toBe(0);
});
