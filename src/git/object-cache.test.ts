import { expect, test } from 'vitest';
import { objectCache } from './object-cache.ts';

test('what is used again and again stays, what is not is forgotten once the bound is passed', () => {
  const cache = objectCache<number>(1_000);
  for (let at = 0; at < 50; at += 1) cache.set(String(at), at, 10);
  expect(Array.from({ length: 50 }, (_, at) => cache.get(String(at)))).toEqual([...Array(50).keys()]);
  for (let at = 50; at < 300; at += 1) {
    cache.set(String(at), at, 10);
    expect(cache.get('7')).toBe(7);
  }
  const lately = Array.from({ length: 49 }, (_, at) => 299 - at);
  expect(lately.map((at) => cache.get(String(at)))).toEqual(lately);
  expect(['6', '8', '199'].map(cache.get)).toEqual([undefined, undefined, undefined]);
});

test('one value cannot push out all others, and the same one is not counted twice', () => {
  const cache = objectCache<string>(100);
  cache.set('huge', 'huge', 26);
  expect(cache.get('huge')).toBeUndefined();
  for (let round = 0; round < 10; round++) cache.set('a', 'a', 25);
  for (const oid of ['b', 'c', 'd']) cache.set(oid, oid, 25);
  expect(cache.get('a')).toBe('a');
});
