import { expect, test } from 'vitest';
import { quotedName } from './quoted-name.ts';

test('a name is shown as it is, or in the quotes of Git when it holds what acts on a reader', () => {
  expect(quotedName('a b/ü ☕.yaml')).toBe('a b/ü ☕.yaml');
  expect(quotedName('a\nb"c\\d')).toBe('"a\\nb\\"c\\\\d"');
  expect(quotedName('a\u202eb')).toBe('"a\\342\\200\\256b"');
  expect(quotedName('a\u0000\u007f\u009b')).toBe('"a\\000\\177\\302\\233"');
  expect(quotedName('a\udcffb\ud800')).toBe('"a\\377b\\357\\277\\275"');
});
