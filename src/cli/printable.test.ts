import { expect, test } from 'vitest';
import { printable } from './printable.ts';

test('ordinary text of any script stays as it is', () => {
  for (const text of ['', 'acme/production', 'é ü ß 漢字 🚀', 'a\u00a0b']) expect(printable(text)).toBe(text);
});

test('nothing that moves the cursor or reorders text gets through', () => {
  expect(printable('a\nb\tc\r')).toBe('a\\nb\\tc\\r');
  expect(printable('\u001b[31mred\u0007\u007f\u009b')).toBe('\\x1b[31mred\\x07\\x7f\\x9b');
  expect(printable('user\u202etxt.exe\u2066\u2028')).toBe('user\\u202etxt.exe\\u2066\\u2028');
});

test('a byte of a name that is not UTF-8 shows as that byte', () => {
  expect(printable('caf\udce9.yaml')).toBe('caf\\xe9.yaml');
});
