import { expect, test } from 'vitest';
import { changedFields } from './changes.ts';

const shown = (value: unknown): string => (value === undefined ? '∅' : JSON.stringify(value));

const list = (before: string, after: string): readonly string[] => {
  const found = changedFields(before, after);
  if (found.kind === 'opaque') return [found.reason];
  return found.changes.map(({ address, before, after }) => `${address} ${shown(before)} → ${shown(after)}`);
};

test.each([
  ['equal texts', 'a: 1\n', 'a: 1\n', []],
  ['layout, quotes, comments and order of keys', 'a: x\nb: [1]\n', '# c\nb:\n- 1\na: "x" # d\n', []],
  ['the words for null', 'a: ~\n', 'a:\n', []],
  ['a scalar', 'a: {b: 1}\n', 'a: {b: 2}\n', ['#/a/b 1 → 2']],
  [
    'a container on one side is one change',
    'a: 1\n',
    'a: 1\nb: {c: 1, d: [2]}\n',
    ['#/b ∅ → {"c":1,"d":[2]}'],
  ],
  ['a change of type is one change', 'a: {b: 1}\n', 'a: 1\n', ['#/a {"b":1} → 1']],
  ['the type of the whole file', 'a: 1\n', '[a]\n', ['# {"a":1} → ["a"]']],
  ['NO and its quotes, which YAML 1.1 tells apart', 'a: NO\n', 'a: "NO"\n', ['#/a "NO" → "NO"']],
  ['off and false', 'a: off\n', 'a: false\n', ['#/a "off" → false']],
  ['octal', 'a: 0644\n', 'a: 644\n', ['#/a "0644" → 644']],
  ['a number and its text', 'a: 1\n', 'a: "1"\n', ['#/a 1 → "1"']],
  [
    'big integers',
    'a: 9007199254740993\n',
    'a: 9007199254740992\n',
    ['#/a "9007199254740993" → 9007199254740992'],
  ],
  ['numbers written another way', 'a: 1.0\n', 'a: 1.00\n', ['#/a "1.0" → "1.00"']],
  ['dates', 'a: 2024-01-01\n', 'a: "2024-01-01"\n', ['#/a "2024-01-01" → "2024-01-01"']],
  ['tags', 'a: !x 1\n', 'a: !y 1\n', ['#/a "1" → "1"']],
  ['a tag that changes nothing', 'a: !!str x\n', 'a: x\n', []],
  [
    'keys that objects have by nature',
    '__proto__: {constructor: 1}\n',
    '__proto__: {constructor: 2}\n',
    ['#/__proto__/constructor 1 → 2'],
  ],
  ['a null key', '~: 1\n', '~: 2\n', ['#/~0 1 → 2']],
  [
    'a number becomes a text as key: the mapping changes',
    'a: {1: x}\n',
    'a: {"1": x}\n',
    ['#/a {"1":"x"} → {"1":"x"}'],
  ],
  ['a key with a slash', 'a: {x.y/z: 1}\n', 'a: {x.y/z: 2}\n', ['#/a/x.y~1z 1 → 2']],
  ['an alias and its value written out', 'a: &x 1\nb: *x\n', 'a: &x 1\nb: 1\n', []],
  ['a list that changed its order', 'a: [x, y]\n', 'a: [y, x]\n', ['#/a ["x","y"] → ["y","x"]']],
  ['a mapping keyed by a list', 'a: {[x]: 1}\n', 'a: {[x]: 2}\n', ['#/a {"?1":1} → {"?1":2}']],
])('%s', (_, before, after, expected) => {
  expect(list(before, after).map((line) => line.replaceAll(/\?\d+/g, '?1'))).toEqual(expected);
});

test('values named __proto__ stay plain data', () => {
  const found = changedFields('a: 1\n', 'a: {__proto__: {polluted: true}}\n');
  const value = found.kind === 'fields' ? found.changes[0]?.after : undefined;
  expect(Object.keys(value ?? {})).toEqual(['__proto__']);
  expect('polluted' in {}).toBe(false);
});

test('what stands in Secrets and under SOPS is marked', () => {
  const secrets = (before: string, after: string) => {
    const found = changedFields(before, after);
    return found.kind === 'fields'
      ? found.changes.map(({ address, secret }) => [address, secret])
      : found.reason;
  };
  const secret = 'kind: Secret\nmetadata: {name: a}\ndata: {k: eA==}\n';
  expect(secrets(secret, secret.replace('eA', 'eB').replace('name: a', 'name: b'))).toEqual([
    ['#/metadata/name', false],
    ['#/data/k', true],
  ]);
  expect(secrets('a: ENC[1]\nsops: {mac: m}\n', 'a: ENC[2]\nsops: {mac: m}\n')).toEqual([['#/a', true]]);
});
