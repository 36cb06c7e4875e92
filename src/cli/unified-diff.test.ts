import { expect, test } from 'vitest';
import { gitBytes } from '../../test/kit/git.ts';
import { temporaryFolder } from '../../test/kit/repository.ts';
import { styleFor } from './style.ts';
import { unifiedDiff } from './unified-diff.ts';

const side = (digit: string) => ({ mode: '100644', oid: digit.repeat(40) }) as const;

const diffOf = (path: string, before: string, after: string): string =>
  unifiedDiff(
    [
      {
        file: { path, change: 'modified', before: side('1'), after: side('2') },
        before,
        after,
        hidden: undefined,
      },
    ],
    styleFor(false),
  );

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
