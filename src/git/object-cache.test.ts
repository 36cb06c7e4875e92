import { expect, test } from 'vitest';
import { objectCache } from './object-cache.ts';

test('what was used longest ago is forgotten first, and only when the bound is passed', () => {
  const cache = objectCache<string>(100);
  for (const oid of ['a', 'b', 'c', 'd']) cache.set(oid, oid, 25);
  expect(cache.get('a')).toBe('a');
  cache.set('e', 'e', 25);
  expect(['a', 'b', 'c', 'd', 'e'].map((oid) => cache.get(oid))).toEqual(['a', undefined, 'c', 'd', 'e']);
});

test('one value cannot push out all others, and the same one is not counted twice', () => {
  const cache = objectCache<string>(100);
  cache.set('huge', 'huge', 26);
  expect(cache.get('huge')).toBeUndefined();
  for (let round = 0; round < 10; round++) cache.set('a', 'a', 25);
  for (const oid of ['b', 'c', 'd']) cache.set(oid, oid, 25);
  expect(cache.get('a')).toBe('a');
});
