import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const here = import.meta.dirname;
const read = (file: string): string => readFileSync(join(here, file), 'utf8');

const countOf = (file: string): number =>
  file.endsWith('.yaml')
    ? (parse(read(file)) as readonly unknown[]).length
    : read(file).split(/^== /m).length - 1;

test('README.md has every file of the corpus and counts it right', () => {
  const rows = [...read('README.md').matchAll(/\| `(\S+)` +\| (\d+) +\|$/gm)];
  const said = new Map(rows.map(([, file = '', count]) => [file, Number(count)]));
  expect([...said.keys()].filter((file) => file.endsWith('.yaml')).toSorted()).toEqual(
    readdirSync(here).filter((file) => file.endsWith('.yaml')),
  );
  expect([...said]).toEqual([...said.keys()].map((file) => [file, countOf(file)]));
  expect([...said.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(300);
});
