import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSearch, textIn, textsIn, wordIn, writeSearch } from './search-text.ts';

test('any texts come back from an address as they were', () => {
  const text = fc.string({ unit: 'binary', minLength: 1 }).map((value) => value.toWellFormed());
  fc.assert(
    fc.property(text, fc.array(text, { minLength: 2 }), (one, many) => {
      expect(readSearch(writeSearch({ one, many }))).toEqual({ one, many });
    }),
  );
});

test('digits stay text, and what is not set is not in the address', () => {
  expect(readSearch('?tenant=007&target=1e5')).toEqual({ tenant: '007', target: '1e5' });
  expect(writeSearch({ a: undefined, b: '', c: false, d: [] })).toBe('');
  expect(writeSearch({ page: 2 })).toBe('?page=2');
});

test('a value is read by what it should be', () => {
  const values = { service: ['api', 'web'], source: 'odd', text: '' };
  expect(textIn(values, 'service')).toBe('api');
  expect(textsIn(values, 'service')).toEqual(['api', 'web']);
  expect(textIn(values, 'text')).toBeUndefined();
  expect(wordIn(values, 'source', ['push', 'release'])).toBeUndefined();
  expect(wordIn({ source: 'push' }, 'source', ['push', 'release'])).toBe('push');
});
