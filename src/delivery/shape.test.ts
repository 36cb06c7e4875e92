import { expect, test } from 'vitest';
import { readYaml } from './read-yaml.ts';
import { type MappingShape, checkShape, mappingAt, textAt, valueAt } from './shape.ts';
import { readYamlFile } from './yaml-file.ts';

const shape: MappingShape = {
  kind: 'mapping',
  about: '',
  keys: {
    name: { kind: 'text', about: '', pattern: '^[a-z]+$', looks: 'is no name' },
    mode: { kind: 'text', about: '', only: ['on-demand', 'always'] },
    count: { kind: 'integer', about: '', least: 0, most: 9 },
    more: { kind: 'free', about: '' },
    list: { kind: 'list', about: '', items: { kind: 'text', about: '' } },
    how: {
      kind: 'choice',
      about: '',
      by: 'type',
      of: {
        a: { kind: 'mapping', about: '', keys: { type: { kind: 'text', about: '' } }, required: [] },
      },
    },
  },
  required: ['name'],
};

const read = (text: string) => {
  const [document] = readYamlFile('f.yaml', text).documents;
  if (!document) throw new Error('there is a document');
  return readYaml(document, () => ({ kind: 'plain', value: 1, text: '1' }));
};

test('what has the shape passes, and its parts can be asked for', () => {
  const value = read(
    'name: x\nmode: always\ncount: "{{hq.var.N}}"\nmore: { a: 1 }\nlist: [a]\nhow: { type: a }\n',
  );
  checkShape(value, shape, '');
  expect(textAt(value, 'name')).toBe('x');
  expect(textAt(value, 'none')).toBeUndefined();
  expect(mappingAt(value, 'more')?.entries.size).toBe(1);
  expect(valueAt(value, 'list')?.kind).toBe('list');
});

test.each([
  ['- a\n', 1, 'the file must be a mapping'],
  ['mode: always\n', 1, 'name is missing'],
  ['name: x\nmood: always\n', 2, 'unknown key mood; did you mean mode?'],
  ['name: x\nhow:\n  type: a\n  tipe: b\n', 4, 'unknown key how.tipe; did you mean type?'],
  ['name: X\n', 1, 'name "X" is no name'],
  ['name: true\n', 1, 'name must be a text'],
  ['name: ""\n', 1, 'name must be a text'],
  ['name: x\nmode: never\n', 2, 'mode must be on-demand or always'],
  ['name: x\ncount: 1.5\n', 2, 'count must be a whole number from 0 to 9'],
  ['name: x\ncount: 10\n', 2, 'count must be a whole number'],
  ['name: x\nmore: 1\n', 2, 'more must be a mapping'],
  ['name: x\nlist: a\n', 2, 'list must be a list'],
  ['name: x\nlist:\n  - a\n  - {}\n', 4, 'list[1] must be a text'],
  ['name: x\nhow: {}\n', 2, 'how needs a type: a'],
  ['name: x\nhow: { type: constructor }\n', 2, 'how.type must be one of a'],
])('%j is refused at its line', (text, line, reason) => {
  expect(() => checkShape(read(text), shape, '')).toThrow(`f.yaml:${line}: ${reason}`);
});
