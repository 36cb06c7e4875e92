import { expect, test } from 'vitest';
import { checkEmail, checkName, fitName, normalEmail, requireEmail } from './account-text.ts';

test('an address has one spelling', () => {
  expect(normalEmail('Jane@Example.COM')).toBe('jane@example.com');
  expect(normalEmail('jose\u0301@example.com')).toBe('jos\u00e9@example.com');
  expect(requireEmail('Jane@Example.com')).toBe('jane@example.com');
});

test.each([
  'jane',
  'jane@',
  'a@b@c',
  'ja ne@example.com',
  'jane@exa\u0000mple.com',
  'jane@\u202eexample.com',
  'jane\u200d@example.com',
  'jane <jane@example.com>',
  `${'a'.repeat(250)}@b.cd`,
])('%j is no address', (text) => {
  expect(checkEmail(text).allowed).toBe(false);
  expect(() => requireEmail(text)).toThrow(/^email/);
});

test('a name is one visible line', () => {
  expect(checkName('name', 'Jane \u00d6 \u{1f600}').allowed).toBe(true);
});

test.each(['', '  ', 'a\nb', 'a\u0000', 'a\u2028b', '\u202eevil', 'x'.repeat(201), '\ud800'])(
  '%j is no name',
  (text) => {
    expect(checkName('name', text).allowed).toBe(false);
  },
);

test('a name from elsewhere is made fit', () => {
  expect(fitName(' Jane\n\u202eDoe\u0000 ')).toBe('JaneDoe');
  expect(fitName('x'.repeat(300))).toHaveLength(200);
});
