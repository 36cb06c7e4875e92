import { expect, test } from 'vitest';
import { parseShortPath } from './short-path.ts';

test.each([
  ['image.tag', ['image', 'tag']],
  ['env[LOG_LEVEL].value', ['env', 'LOG_LEVEL', 'value']],
  ['a["x.y/z"]', ['a', 'x.y/z']],
  ['a["say \\"x\\" ]"].b', ['a', 'say "x" ]', 'b']],
  ['r[https://g.io/o/r]', ['r', 'https://g.io/o/r']],
  ['l[0]', ['l', '0']],
  ['.a', ['a']],
])('%s is read', (text, names) => {
  expect(parseShortPath(text)).toEqual({ kind: 'path', names });
});

test.each(['', 'a..b', 'a[', 'a[]', 'a["x]', 'a["\\x"]', 'a]', 'x'.repeat(2_001)])(
  '%s is malformed',
  (text) => {
    expect(parseShortPath(text).kind).toBe('malformed');
  },
);
