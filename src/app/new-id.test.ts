import { expect, test } from 'vitest';
import { idSource } from './new-id.ts';

test('an id is its prefix and 26 characters that begin with the time', () => {
  const id = idSource(() => 1_469_918_176_385)('rbk-');
  expect(id).toMatch(/^rbk-01ARYZ6S41[0-9A-HJKMNP-TV-Z]{16}$/);
});

test('ids sort in the order they were made, within one millisecond and when the clock goes back', () => {
  const times = [1000, 1000, 1000, 5000, 10, 4000, 5001];
  let at = 0;
  const source = idSource(() => times[at++] ?? 0);
  const ids = times.map(() => source('prj_'));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test('chance that runs over carries into the time', () => {
  const source = idSource(
    () => 1000,
    (bytes) => new Uint8Array(bytes).fill(255),
  );
  const [first, second] = [source('tok_'), source('tok_')];
  expect(first).toBe('tok_00000000Z8ZZZZZZZZZZZZZZZZ');
  expect(second).toBe('tok_00000000Z90000000000000000');
});
