import { expect, test } from 'vitest';
import { chartIndex } from './chart-index.ts';

/** As `helm repo index` writes it. */
const index = `apiVersion: v1
entries:
  postgres:
  - apiVersion: v2
    created: "2026-01-01T00:00:00Z"
    description: |
      version: 7.7.7
    name: postgres
    version: 3.0.0
  redis:
  - apiVersion: v2
    dependencies:
    - name: common
      repository: https://charts.example.com
      version: 5.5.5
    description: |-
      A cache.
        version: 6.6.6
    name: redis
    urls:
    - https://charts.example.com/redis-2.0.0.tgz
    version: 2.0.0
  - name: redis
    version: "v1.9.0+build.4"
  - version: '1.0.0'
    name: redis
  vault: []
generated: "2026-01-01T00:00:00Z"
`;

/** The answer when the text comes in pieces of so many bytes. */
function ask(text: string, name: string, version: string, size = 7): boolean | undefined {
  const reading = chartIndex(name, version);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size)
    if (!reading.take(bytes.subarray(at, at + size))) return reading.answer(false);
  return reading.answer(true);
}

test.each([
  ['redis', '2.0.0', true],
  ['redis', 'v2.0.0', true],
  ['redis', '1.9.0', true],
  ['redis', '1.0.0', true],
  ['postgres', '3.0.0', true],
  ['redis', '3.0.0', false],
  ['redis', '5.5.5', false],
  ['redis', '6.6.6', false],
  ['postgres', '7.7.7', false],
  ['common', '5.5.5', false],
  ['vault', '1.0.0', false],
  ['red', '2.0.0', false],
])('%s %s: %s, however the pieces fall', (name, version, there) => {
  for (const size of [1, 7, 64, 1_000_000]) expect(ask(index, name, version, size)).toBe(there);
  const deeper = index.replaceAll(/^( +)- /gm, '$1  - ').replaceAll(/^ {4}(?! *- )/gm, '      ');
  expect(ask(deeper, name, version)).toBe(there);
  expect(ask(index.slice(0, -'generated: "2026-01-01T00:00:00Z"\n'.length), name, version)).toBe(there);
});

test('an index without charts has none', () => {
  expect(ask('apiVersion: v1\nentries: {}\n', 'redis', '1.0.0')).toBe(false);
  expect(ask('apiVersion: v1\nentries:\ngenerated: x\n', 'redis', '1.0.0')).toBe(false);
});

test.each([
  '<!doctype html>\n<p>Sign in\n',
  '{"apiVersion":"v1","entries":{"redis":[{"version":"1.0.0"}]}}\n',
  'apiVersion: v1\nentries: { redis: [{ version: 1.0.0 }] }\n',
  'apiVersion: v1\nentries:\n  redis: [{ version: 1.0.0 }]\n',
  'apiVersion: v1\nentries:\n  redis:\n  - { name: redis, version: 1.0.0 }\n',
  '',
])('%j cannot be told', (text) => {
  expect(ask(text, 'redis', '1.0.0')).toBeUndefined();
});

test('what breaks off before the version, and a line without an end, tell nothing', () => {
  const cut = chartIndex('redis', '1.0.0');
  expect(cut.take(Buffer.from(index.slice(0, index.indexOf("'1.0.0'"))))).toBe(true);
  expect(cut.answer(false)).toBeUndefined();
  const endless = chartIndex('redis', '1.0.0');
  const piece = Buffer.alloc(64 * 1024, 'x');
  let taken = 0;
  while (endless.take(piece)) taken += 1;
  expect(taken).toBeLessThan(64);
  expect(endless.answer(false)).toBeUndefined();
});

test('a line that is long, or holds what regular expressions try again and again, changes no answer', () => {
  const size = 1024 ** 2 - 100;
  for (const filling of [' ', '\u2028', '\r', '+', '#', ' #', ':', "'"]) {
    const long = filling.repeat(size / filling.length);
    for (const before of ['    version: 1.0.1', '    description: x', '    version', '  - version: v'])
      expect(
        ask(
          `entries:\n  redis:\n  - name: redis\n${before}${long}\u2028x\n    version: 1.0.0\n`,
          'redis',
          '1.0.0',
          65_536,
        ),
      ).toBe(true);
    const other = `entries:\n  other${long}\u2028x:\n  redis:\n  - version: 1.0.0\n`;
    expect(ask(other, 'redis', '1.0.0', 65_536)).toBe(true);
    expect(ask(other, 'redis', '9.9.9', 65_536)).toBe(false);
  }
  // Many short lines cost no more than one long.
  const many = `    version: 1.0.1${'#+ '.repeat(2700)}\u2028x\n`.repeat(2000);
  expect(
    ask(`entries:\n  redis:\n  - name: redis\n${many}    version: 1.0.0\n`, 'redis', '1.0.0', 65_536),
  ).toBe(true);
});

test('a chart whose versions stand in one long line cannot be told', () => {
  const versions = Array.from({ length: 1000 }, (_, at) => `{ version: 1.0.${at} }`).join(', ');
  expect(ask(`entries:\n  redis: [${versions}]\n`, 'redis', '2.0.0')).toBeUndefined();
  expect(ask(`entries: { redis: [${versions}] }\n`, 'redis', '2.0.0')).toBeUndefined();
  expect(ask(`{"entries":{"redis":[${versions}]}}\n`, 'redis', '2.0.0')).toBeUndefined();
});

test('an index of many megabytes is read to its end, and one without an end is not', () => {
  const other = Buffer.from(
    Array.from({ length: 1000 }, (_, at) => `  - name: other\n    version: 1.0.${at}\n`).join(''),
  );
  const large = chartIndex('zed', '1.0.0');
  large.take(Buffer.from('entries:\n  other:\n'));
  for (let size = 0; size < 12 * 1024 ** 2; size += other.length) expect(large.take(other)).toBe(true);
  large.take(Buffer.from('  zed:\n  - version: 1.0.0\n'));
  expect(large.answer(true)).toBe(true);
  const endless = chartIndex('zed', '1.0.0');
  let size = 0;
  for (let more = endless.take(Buffer.from('entries:\n  other:\n')); more; size += other.length)
    more = endless.take(other);
  expect(size).toBeLessThan(66 * 1024 ** 2);
  expect(endless.answer(false)).toBeUndefined();
});
