import { expect, test } from 'vitest';
import { effectiveVariables } from './effective-variables.ts';
import { readVariables } from './read-variables.ts';
import { readYaml, valueOfRead } from './read-yaml.ts';
import { readYamlFile } from './yaml-file.ts';

const variables = effectiveVariables({
  tenant: readVariables({
    file: 'v.yaml',
    scope: 'tenant',
    text: 'N: 3\nS: "a: b # c\\n\\"d\\""\nP: { secretRef: { name: db, key: pw } }\n',
  }),
});

const read = (text: string) =>
  readYamlFile('a.yaml', text).documents.map((document) =>
    valueOfRead(readYaml(document, (asked, at) => variables.resolve(asked, at).value)),
  );

test('placeholders are filled wherever a text stands, and a lone one keeps its type', () => {
  const text =
    'replicas: "{{hq.var.N}}"\nlist:\n  - n{{hq.var.N}}\n  - "{{hq.var.P}}"\nodd: "{{hq.var.S}}"\n';
  expect(read(text)).toEqual([
    {
      replicas: 3,
      list: ['n3', { secretKeyRef: { name: 'db', key: 'pw' } }],
      odd: 'a: b # c\n"d"',
    },
  ]);
});

test('empty documents are none, and the others keep their order', () => {
  expect(read('---\n# nothing\n---\na: 1\n---\n---\nb: 2\n')).toEqual([{ a: 1 }, { b: 2 }]);
  expect(read('')).toEqual([]);
  expect(read('# a comment\n')).toEqual([]);
});

test('aliases and merges are written out, and a key that is there counts more than a merged one', () => {
  const text = 'x: &x { a: 1, b: 2 }\ny: { <<: *x, b: 3 }\nz: { <<: [{ a: 9 }, *x] }\nw: *x\n';
  expect(read(text)).toEqual([
    { x: { a: 1, b: 2 }, y: { a: 1, b: 3 }, z: { a: 9, b: 2 }, w: { a: 1, b: 2 } },
  ]);
});

test('names that mean something to JavaScript are names like others', () => {
  const [found] = read('__proto__: { a: 1 }\nconstructor: x\n');
  expect(Object.keys(found as object)).toEqual(['__proto__', 'constructor']);
});

test.each([
  ['a:\n  tag: {{hq.var.N}}\n', 2, 'YAML reads {{hq.var.N}} as a mapping; write "{{hq.var.N}}", in quotes'],
  ['"{{hq.var.N}}": 1\n', 1, 'a placeholder cannot be in a key'],
  ['a: 1\nb: "{{hq.var.X}}"\n', 2, 'X is set in no scope'],
  ['a: x{{hq.var.P}}\n', 1, 'is a secret and cannot be part of a text'],
  ['a: 1\nb: yes\n', 2, 'yes is not text to every reader'],
  ['a: 0755\n', 1, '0755 is not text'],
  ['a: 12345678901234567890\n', 1, 'cannot be kept exactly'],
  ['a: .inf\n', 1, 'cannot be kept exactly'],
  ['a: "\\ud800"\n', 1, 'half of a character'],
  ['? [a]\n: 1\n', 1, 'a key has to be a text'],
  ['a: 1\nb: *c\n', 2, 'the alias *c has no anchor before it'],
  ['<<: 1\n', 1, '<< takes a mapping'],
  ['a: [1\n', 2, 'Flow sequence'],
  ['a: 1\na: 2\n', 2, 'Map keys must be unique'],
  ['['.repeat(200), 1, ''],
])('%j is refused at its line', (text, line, reason) => {
  expect(() => read(text)).toThrow(`a.yaml:${line}: `);
  expect(() => read(text)).toThrow(reason);
});

test('a bomb of aliases is refused', () => {
  const lists = Array.from(
    { length: 9 },
    (_, at) => `l${at + 1}: &l${at + 1} [${Array.from({ length: 9 }, () => `*l${at}`).join(', ')}]`,
  );
  expect(() => read(`l0: &l0 [x]\n${lists.join('\n')}\n`)).toThrow('too large once its aliases');
});
