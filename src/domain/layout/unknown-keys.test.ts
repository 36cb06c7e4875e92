import { expect, test } from 'vitest';
import { parseLocated, refuseUnknownKeys } from './unknown-keys.ts';

const text = `# head
first: 1
list:
  - path: a
    tipe: b
of: &of
  inner: 1
again: *of
`;

test('the line of a key is found through mappings, lists and aliases; of what is not there it is empty', () => {
  const { lineOf } = parseLocated(text);
  expect(lineOf(['first'])).toBe(':2');
  expect(lineOf(['list', 0, 'tipe'])).toBe(':5');
  expect(lineOf(['of', 'inner'])).toBe(':7');
  expect(lineOf(['again', 'inner'])).toBe(':7');
  expect(lineOf(['first', 'below'])).toBe('');
  expect(lineOf(['nowhere'])).toBe('');
});

test('a key that is none of ours is refused with file, line and the nearest one', () => {
  const { lineOf } = parseLocated(text);
  const keys = { path: ['list', 0], known: ['path', 'type'], where: ' in the list' };
  expect(() => refuseUnknownKeys({ path: 'a', tipe: 'b' }, keys, lineOf)).toThrow(
    'knowngood.yaml:5: unknown key tipe in the list; did you mean type?',
  );
  expect(() => refuseUnknownKeys({ path: 'a' }, keys, lineOf)).not.toThrow();
});
