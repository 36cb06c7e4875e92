import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { recordingTerminal } from '../../test/kit/recording-terminal.ts';
import { printValue } from './print.ts';

const value = {
  plain: 'caf\u00e9 ☕',
  lines: 'a\nb\tc\n',
  acting: [
    'esc\u001B[2J',
    'c1\u009B31m',
    'del\u007F',
    'bidi\u202Ex',
    'sep\u2028x',
    'lines\nand\u202E',
    'raw\udcff',
  ],
  'key\u009B': null,
  number: 1.5,
};

test.each(['json', 'yaml'] as const)(
  '%s reads back as what was printed, and acts on no terminal',
  (format) => {
    const terminal = recordingTerminal();
    printValue(terminal, value, format);
    expect(terminal.output()).not.toMatch(/[^\P{Cc}\n\t]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
    const read: unknown = format === 'json' ? JSON.parse(terminal.output()) : parse(terminal.output());
    expect(read).toEqual(value);
  },
);
