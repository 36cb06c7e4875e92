import { expect, test } from 'vitest';
import { readYamlFile } from './yaml-file.ts';

test('each document that holds something is there, and lines count from the top of the file', () => {
  const file = readYamlFile('a.yaml', '---\na: 1\n---\n# nothing\n---\nb: 2\n');
  expect(file.documents.map(({ root }) => file.lineAt(root.range?.[0]))).toEqual([2, 6]);
});

test.each([
  ['a: "\n', 'a.yaml:'],
  ['a: \u0000\n', 'a.yaml:1: the file is binary or has control characters'],
  ['x'.repeat(1_048_577), 'a.yaml:1: the file is larger than 1 MiB'],
  ['---\na: 1\n'.repeat(1_001), 'a.yaml:1: holds more than 1000 documents'],
])('what is no YAML is refused: %#', (text, reason) => {
  expect(() => readYamlFile('a.yaml', text)).toThrow(reason);
});
