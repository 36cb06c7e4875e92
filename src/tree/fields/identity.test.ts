import { expect, test } from 'vitest';
import { collection } from './node.ts';
import { createInterner } from './node-builder.ts';
import { readText } from './field-text.ts';
import { identitiesFor, withoutVersion } from './identity.ts';

test.each([
  ['https://github.com/org/repo/path?ref=abc', 'https://github.com/org/repo/path'],
  ['github.com/org/repo//path?timeout=9&ref=abc', 'github.com/org/repo//path'],
  ['https://example.com/?page=1', 'https://example.com/?page=1'],
  ['quay.io/org/app:v1', 'quay.io/org/app'],
  ['quay.io/org/app:v1@sha256:0a1b', 'quay.io/org/app'],
  ['localhost:5000/app', 'localhost:5000/app'],
  ['nginx:1.27', 'nginx'],
  ['system:masters', 'system:masters'],
  ['--log-level=debug', '--log-level'],
  ['LOG_LEVEL=debug', 'LOG_LEVEL'],
  ['--verbose', '--verbose'],
  ['../base', '../base'],
])('%s without its version is %s', (text, short) => {
  expect(withoutVersion(text)).toBe(short);
});

/** The steps that the first fitting identity gives to the items of a list. */
function stepsIn(text: string): readonly (string | undefined)[] {
  const read = readText(text, createInterner());
  const list = read.kind === 'read' ? collection(read.read.documents[0]?.root.node) : undefined;
  if (!list) return [];
  for (const { step } of identitiesFor([list])) {
    const steps = list.children.map(step);
    if (new Set(steps).size === steps.length && !steps.includes(undefined)) return steps;
  }
  return [];
}

test.each([
  ['names', '[{name: a, key: x}, {name: b, key: x}]', ['[name=a]', '[name=b]']],
  ['keys, where names repeat', '[{name: a, key: x}, {name: a, key: y}]', ['[key=x]', '[key=y]']],
  [
    'kind and name',
    '[{kind: User, name: a}, {kind: Group, name: a}]',
    ['[kind=User,name=a]', '[kind=Group,name=a]'],
  ],
  [
    'names of whole objects',
    '[{metadata: {name: a}}, {metadata: {name: b}}]',
    ['[metadata.name=a]', '[metadata.name=b]'],
  ],
  [
    'places to mount',
    '[{name: v, mountPath: /a}, {name: v, mountPath: /b}]',
    ['[mountPath=~1a]', '[mountPath=~1b]'],
  ],
  ['ports', '[{containerPort: 80}, {containerPort: 81}]', ['[containerPort=80]', '[containerPort=81]']],
  ['scalars without their version', '[a=1, b=2]', ['[a]', '[b]']],
  ['scalars whole, where the short ones repeat', '[a=1, a=2]', ['[a~21]', '[a~22]']],
  ['nothing, where items agree', '[{name: a}, {name: a}]', []],
  ['nothing, where items differ in kind', '[{name: a}, x]', []],
  ['nothing, where a name is no scalar', '[{name: {x: 1}}]', []],
])('items are told apart by %s', (_, text, steps) => {
  expect(stepsIn(text)).toEqual(steps);
});
