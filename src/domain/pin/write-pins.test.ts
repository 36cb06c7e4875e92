import { expect, test } from 'vitest';
import type { PinEntry } from './pin.ts';
import { saysTheSame, writePins } from './write-pins.ts';

const target = 'a'.repeat(40);
const mark = '# knowngood pin: rollback to aaaaaaaa keeps what variables.yaml said then';
const pin = (name: string, value: string): PinEntry => ({
  service: 'api',
  file: 'v.yaml',
  address: `#/${name}`,
  name,
  value,
  shared: 'variables.yaml',
  now: undefined,
  entry: `${name}: ${value}`,
});
const textOf = (text: string | undefined, ...pins: readonly PinEntry[]) => writePins(text, pins, target).text;

test('a pin is a line of its own with its comment, in a new file and in one that is there', () => {
  expect(textOf(undefined, pin('A', 'x'), pin('B', 'y'))).toBe(`A: x ${mark}\nB: y ${mark}\n`);
  expect(textOf('# ours\nOWN: 1   # kept\n', pin('A', 'x'))).toBe(`# ours\nOWN: 1   # kept\nA: x ${mark}\n`);
  expect(textOf('# nothing yet', pin('A', 'x'))).toBe(`# nothing yet\nA: x ${mark}\n`);
});

test('a file that is no mapping, or is written in braces, takes no pin and says why', () => {
  expect(writePins('{ OWN: 1 }\n', [pin('A', 'x')], target)).toEqual({
    text: '{ OWN: 1 }\n',
    written: [],
    unpinned: [
      { service: 'api', name: 'A', reason: 'v.yaml has no place for a comment; write one entry per line' },
    ],
  });
  expect(writePins('- a\n', [pin('A', 'x')], target).unpinned).toHaveLength(1);
});

test('texts that differ in comments alone say the same', () => {
  expect(saysTheSame('A: 1 # old\n', 'A: 1 # new\n')).toBe(true);
  expect(saysTheSame('A: 1\n', 'A: 2\n')).toBe(false);
  expect(saysTheSame(undefined, 'A: 2\n')).toBe(false);
});
