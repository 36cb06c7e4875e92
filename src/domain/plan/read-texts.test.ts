import { expect, test } from 'vitest';
import { memoryTrees } from '../../../test/kit/memory-trees.ts';
import { readTexts, textOids } from './read-texts.ts';

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

test('neither a link nor a submodule has a text', () => {
  const state = (mode: '100644' | '100755' | '120000' | '160000') => ({ mode, oid: mode });
  const states = [state('100644'), undefined, state('120000'), state('160000'), state('100755')];
  expect(textOids(states)).toEqual(['100644', '100755']);
});
