import { expect, test } from 'vitest';
import { scalarKey, scalarValue } from './scalar.ts';

test.each(['abc', 'v1.2.3', '1.2.3', 'a:b', '10.0.0.1', '1e', 'nullable', 'Nope', '0x', '_1', 'é', '<<<'])(
  '%s is text to all',
  (text) => {
    expect(scalarKey(text, true, undefined)).toBe(scalarKey(text, false, undefined));
  },
);

test.each([
  '',
  '~',
  'null',
  'true',
  'NO',
  'y',
  'off',
  '1',
  '-1',
  '0644',
  '0o17',
  '0x1F',
  '1_000',
  '12:30',
  '1e3',
  '1.5',
  '.5',
  '.inf',
  '.nan',
  '2024-01-01',
  '<<',
  '0b1',
])('"%s" is not text to all, so that quotes make a difference', (text) => {
  expect(scalarKey(text, true, undefined)).not.toBe(scalarKey(text, false, undefined));
});

test.each([
  ['null', null],
  ['', null],
  ['True', true],
  ['false', false],
  ['12', 12],
  ['-1.5', -1.5],
  ['1.50', '1.50'],
  ['1e3', '1e3'],
  ['9007199254740993', '9007199254740993'],
  ['1e400', '1e400'],
  ['.inf', '.inf'],
  ['0x1F', '0x1F'],
  ['NO', 'NO'],
])('%s is shown as %s', (text, value) => {
  expect(scalarValue(text, true, undefined)).toBe(value);
});

test('a tag or quotes make text', () => {
  expect(scalarValue('1', false, undefined)).toBe('1');
  expect(scalarValue('1', true, 'tag:yaml.org,2002:str')).toBe('1');
  expect(scalarKey('1', true, 'tag:yaml.org,2002:str')).toBe(scalarKey('1', false, undefined));
  expect(scalarKey('1', true, '!x')).not.toBe(scalarKey('1', false, '!y'));
});
