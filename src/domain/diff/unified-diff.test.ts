import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gitBytes } from '../../../test/kit/git.ts';
import { temporaryFolder } from '../../../test/kit/repository.ts';
import { type DiffedFile, unifiedDiff } from './unified-diff.ts';

const side = (digit: string) => ({ mode: '100644', oid: digit.repeat(40) }) as const;

const file = (path: string, before: string | undefined, after: string | undefined): DiffedFile => ({
  file: {
    path,
    change: 'modified',
    before: before === undefined ? undefined : side('1'),
    after: after === undefined ? undefined : side('2'),
  },
  before,
  after,
  hidden: undefined,
});

const textOf = (...[files, limits]: Parameters<typeof unifiedDiff>): string =>
  unifiedDiff(files, limits)
    .map(({ text }) => `${text}\n`)
    .join('');

const diffOf = (path: string, before: string, after: string): string => textOf([file(path, before, after)]);

test.each([
  'a b/c.yaml',
  'line\nbreak',
  'tab\there',
  'esc\u001B[2J',
  'bidi\u202Ex',
  'quo"te\\back',
  'caf\u00e9 ☕',
  'c1\u009B',
  '-rf',
])('git reads the name %j back from a diff', (name) => {
  const diff = diffOf(name, 'a\n', 'b\n');
  expect(diff).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
  const output = gitBytes(temporaryFolder('apply'), ['apply', '--numstat', '-z'], diff);
  expect(output.toString('utf8')).toBe(`1\t1\t${name}\0`);
});

test('a byte of a name that is not UTF-8 is one octal escape', () => {
  const output = gitBytes(
    temporaryFolder('apply'),
    ['apply', '--numstat', '-z'],
    diffOf('x\udcff', 'a\n', 'b\n'),
  );
  expect(output.toString('latin1')).toBe('1\t1\tx\u00ff\0');
});

test('lines of DOS stay lines of DOS; what acts on a terminal is shown as escapes', () => {
  const diff = diffOf('x', 'a\r\nb: \u001B[31m\n', 'a\r\nb: \u009Bx\ry\u2028\n');
  expect(diff.split('\n').slice(4)).toEqual([' a\r', '-b: \\u001b[31m', '+b: \\u009bx\\u000dy\\u2028', '']);
});

test('git applies what comes and what goes', () => {
  const dir = temporaryFolder('apply');
  gitBytes(dir, ['apply'], textOf([file('x', undefined, 'a\nb\n')]));
  expect(readFileSync(join(dir, 'x'), 'utf8')).toBe('a\nb\n');
  gitBytes(dir, ['apply'], textOf([file('x', 'a\nb\n', undefined)]));
  expect(existsSync(join(dir, 'x'))).toBe(false);
});

test('every line says what it is', () => {
  expect(unifiedDiff([file('x', 'a\nb\n', 'a\nc\n')]).map(({ kind }) => kind)).toEqual([
    'heading',
    'heading',
    'heading',
    'place',
    'same',
    'removed',
    'added',
  ]);
});

test('secret and binary contents stay behind', () => {
  const hidden = (why: 'secret' | 'binary') => textOf([{ ...file('x', 'p4ss', 'w0rd'), hidden: why }]);
  expect(hidden('secret')).toBe('diff --git a/x b/x\nSecret values differ and are not shown\n');
  expect(hidden('binary')).toBe('diff --git a/x b/x\nBinary files a/x and b/x differ\n');
});

test('beyond the limits a file is named and not shown, and the next one that fits is shown', () => {
  const lines = (count: number, text: string): string => `${text}\n`.repeat(count);
  const files = [
    file('big', lines(30, 'a'), lines(30, 'b')),
    file('small', 'a\n', 'b\n'),
    file('new', undefined, 'b\n'),
    file('last', 'a\n', 'b\n'),
  ];
  const many = 'Too much differs to be shown\n';
  expect(textOf(files, { lines: 25, fileLines: 20 })).toBe(
    `diff --git a/big b/big\n${many}` +
      'diff --git a/small b/small\n--- a/small\n+++ b/small\n@@ -1,1 +1,1 @@\n-a\n+b\n' +
      'diff --git a/new b/new\nnew file mode 100644\n--- /dev/null\n+++ b/new\n@@ -0,0 +1,1 @@\n+b\n' +
      `diff --git a/last b/last\n${many}`,
  );
});

test('one very long line counts as many', () => {
  const files = [file('long', 'a\n', `${'b'.repeat(5000)}\n`), file('x', 'a\n', 'b\n')];
  const diff = textOf(files, { lines: 40, fileLines: 20 });
  expect(diff).toContain('diff --git a/long b/long\nToo much differs to be shown\n');
  expect(diff).toContain('+b\n');
});
