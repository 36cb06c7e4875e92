import { expect, test } from 'vitest';
import { valueText } from './value-text.ts';

const field = {
  file: 'a.yaml',
  address: 'a.yaml#/x',
  field: 'x',
  presentBefore: true,
  before: 'v2.1.0',
  presentAfter: true,
  after: null,
  secret: false,
};

test('a value reads as it is typed, an empty text is told from none', () => {
  expect(valueText(field, 'before')).toBe('v2.1.0');
  expect(valueText(field, 'after')).toBe('null');
  expect(valueText({ ...field, before: '' }, 'before')).toBe('""');
  expect(valueText({ ...field, before: { cpu: [1] } }, 'before')).toBe('{"cpu":[1]}');
  expect(valueText({ ...field, presentAfter: false }, 'after')).toBeUndefined();
});

test('a secret shows that it is there, not what it is', () => {
  expect(valueText({ ...field, secret: true, before: null }, 'before')).toBe('••••••');
});
