import { expect, test } from 'vitest';
import { shellQuoted } from './shell-quoted.ts';

test('a word is quoted where a shell would read anything else in it', () => {
  const plain = ['acme', 'api:image.tag', 'a/b-c_d', 'x=1'];
  expect(plain.map(shellQuoted)).toEqual(plain);
  expect(['', 'a b', '~', '=x', '$(id)', "it's"].map(shellQuoted)).toEqual([
    "''",
    "'a b'",
    "'~'",
    "'=x'",
    "'$(id)'",
    String.raw`'it'\''s'`,
  ]);
});
