import { expect, test } from 'vitest';
import { readRevisionText } from './revision-text.ts';

const now = Date.UTC(2026, 10, 20, 15, 30, 0); // 15:30 UTC, 16:30 one hour east
const at = (text: string, zone = 60) => {
  const read = readRevisionText(text, now, zone);
  return read.kind === 'time' ? new Date(read.at).toISOString() : read.name;
};

test.each([
  ['2h', '2026-11-20T13:30:00.000Z'],
  ['90m', '2026-11-20T14:00:00.000Z'],
  ['3d', '2026-11-17T15:30:00.000Z'],
  ['13:20', '2026-11-20T12:20:00.000Z'],
  ['13:20Z', '2026-11-20T13:20:00.000Z'],
  ['16:45', '2026-11-19T15:45:00.000Z'],
  ['2026-11-19', '2026-11-18T23:00:00.000Z'],
  ['2026-11-19T08:00', '2026-11-19T07:00:00.000Z'],
  ['2026-11-19T08:00:00Z', '2026-11-19T08:00:00.000Z'],
  ['2026-11-19 08:00:00+02:00', '2026-11-19T06:00:00.000Z'],
])('%s is a time', (text, expected) => {
  expect(at(text)).toBe(expected);
});

test.each([
  'abc123',
  'v1.2.3',
  'release/2026-11',
  '0123456789abcdef0123456789abcdef01234567',
  '2026',
  'HEAD~3',
  'main^',
  'v1^2~1',
])('%s is a name for Git to look up', (text) => expect(at(text)).toBe(text));

test.each([
  '',
  '-x',
  '--upload-pack=touch x',
  'a..b',
  '~1',
  'main^{/text}',
  'main^-1',
  'main^@',
  'main~1^2:path',
  'main:path',
  'a b',
  'a\nb',
  '@{-1}',
  'x@{1}',
  '/a',
  'a.lock',
  'x'.repeat(300),
])('%j is refused before Git sees it', (text) => expect(() => at(text)).toThrow(/is not a revision/));
