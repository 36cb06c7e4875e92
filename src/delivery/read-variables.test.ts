import { expect, test } from 'vitest';
import { readVariables } from './read-variables.ts';

const read = (text: string) => readVariables({ file: 'tenants/acme/variables.yaml', scope: 'tenant', text });

test('each kind of value is read with its line and the text it is written with', () => {
  const found = read(`# of acme
LOG_LEVEL: info
RATIO: 1.10
DEBUG: false
EMPTY: ""
DB_PASSWORD: { secretRef: { name: db, key: password } }
`);
  const common = { scope: 'tenant', file: 'tenants/acme/variables.yaml' };
  expect([...found.values()]).toEqual([
    { ...common, key: 'LOG_LEVEL', line: 2, value: { kind: 'plain', value: 'info', text: 'info' } },
    { ...common, key: 'RATIO', line: 3, value: { kind: 'plain', value: 1.1, text: '1.10' } },
    { ...common, key: 'DEBUG', line: 4, value: { kind: 'plain', value: false, text: 'false' } },
    { ...common, key: 'EMPTY', line: 5, value: { kind: 'plain', value: '', text: '' } },
    { ...common, key: 'DB_PASSWORD', line: 6, value: { kind: 'secret', name: 'db', key: 'password' } },
  ]);
});

test('an empty file sets nothing', () => {
  for (const text of ['', '# nothing yet\n', '---\n']) expect(read(text).size).toBe(0);
});

test.each([
  ['- A\n', 1, 'must be a mapping of names to values'],
  ['A: 1\nA: 2\n', 2, 'Map keys must be unique'],
  ['A: [1\n', 2, 'Flow sequence'],
  ['A:\n', 1, 'A has no value'],
  ['A: 1\nB: [1]\n', 2, 'B must be a text, a number, true or false'],
  ['A: {{hq.var.B}}\n', 1, 'A: YAML reads {{hq.var.B}} as a mapping; write "{{hq.var.B}}", in quotes'],
  ['A: {{ hq.var.B }}\n', 1, 'A: YAML reads {{hq.var.B}} as a mapping; write "{{hq.var.B}}", in quotes'],
  ['A: "\\ud800"\n', 1, 'A holds half of a character'],
  ['A: { b: 1 }\n', 1, 'A must be a single value'],
  ['A: { secretRef: { name: Db, key: x } }\n', 1, 'A must be a single value'],
  ['A: { secretRef: { name: db, key: x, extra: 1 } }\n', 1, 'A must be a single value'],
  ['A: .nan\n', 1, 'A must be a text, a number'],
  ['A: &a 1\nB: *a\n', 2, 'B is an alias; write its value out'],
  ['"a b": 1\n', 1, 'a variable is named by'],
  ['1A: 1\n', 1, 'a variable is named by'],
  ['A: 1\n---\nB: 1\n', 3, 'holds more than one document'],
  [`A: ${'x'.repeat(262_144)}\n`, 1, 'is longer than 262,144 characters'],
])('%j is refused at its line', (text, line, reason) => {
  expect(() => read(text)).toThrow(`tenants/acme/variables.yaml:${line}: ${reason}`);
});

test('a bomb of aliases is refused without being unfolded', () => {
  const bomb = `l0: &l0 [x]\n${Array.from({ length: 9 }, (_, at) => `l${at + 1}: &l${at + 1} [${`*l${at}, `.repeat(9)}]`).join('\n')}\n`;
  expect(() => read(bomb)).toThrow('l0 must be a text');
});
