import { expect, test } from 'vitest';
import { changedFields } from './changes.ts';

/** The fields that change from one text to the other, by address: may they be shown? */
function secretsOf(before: string, after: string): Readonly<Record<string, boolean>> | string {
  const found = changedFields(before, after);
  if (found.kind === 'opaque') return found.reason;
  return Object.fromEntries(found.changes.map(({ address, secret }) => [address, secret]));
}

const copy = 'kubectl.kubernetes.io/last-applied-configuration';

test.each([
  ['kind: Secret\ndata: {k: x}\n', { '#/data/k': true }],
  ['kind: Secret\nstringData: {k: x}\n', { '#/stringData/k': true }],
  ['kind: Secret\nmetadata: {namespace: x}\n', { '#/metadata/namespace': false }],
  ['kind: ConfigMap\ndata: {k: x}\n', { '#/data/k': false }],
  ['a: x\nsops: {mac: m}\n', { '#/a': true }],
  ['secretGenerator: [{name: a, literals: [k=x]}]\n', { '#/secretGenerator/[name=a]/literals/[k]': true }],
  [
    'configMapGenerator: [{name: a, literals: [k=x]}]\n',
    { '#/configMapGenerator/[name=a]/literals/[k]': false },
  ],
  [
    `kind: Secret\nmetadata: {annotations: {${copy}: x}}\n`,
    { [`#/metadata/annotations/${copy.replace('/', '~1')}`]: true },
  ],
  [`kind: Secret\nmetadata: {annotations: {note: x}}\n`, { '#/metadata/annotations/note': false }],
  ['kind: List\nitems: [{kind: Secret, data: {k: x}}]\n', { '#/items/0/data/k': true }],
  ['kind: List\nitems: [{kind: Service, data: {k: x}}]\n', { '#/items/0/data/k': false }],
  ['kind: SecretList\nitems: [{data: {k: x}}]\n', { '#/items/0/data/k': true }],
])('%j, where x changes', (text, expected) => {
  expect(secretsOf(text, text.replaceAll('x', 'y'))).toEqual(expected);
});

test.each([
  ['a: 1\n', 'a: 1\nitems: [{kind: Secret, data: {k: x}}]\n', { '#/items': true }],
  ['a: 1\n', 'a: 1\nitems: [{kind: Service}]\n', { '#/items': false }],
  ['a: 1\n', 'a: 1\nnested: {secretGenerator: [{literals: [x]}]}\n', { '#/nested': true }],
  ['kind: Secret\n', `kind: Secret\nmetadata: {annotations: {${copy}: x}}\n`, { '#/metadata': true }],
  ['kind: Secret\n', 'kind: Secret\nmetadata: {name: x}\n', { '#/metadata': false }],
  ['kind: ConfigMap\ndata: {k: x}\n', 'kind: Secret\ndata: {k: y}\n', { '#/kind': false, '#/data/k': true }],
  ['a: x\n', 'a: y\nsops: {mac: m}\n', { '#/a': true, '#/sops': true }],
])('from %j to %j', (before, after, expected) => {
  expect(secretsOf(before, after)).toEqual(expected);
  expect(secretsOf(after, before)).toEqual(expected);
});

test('a value that is the same by many aliases is looked at once', () => {
  const lines = Array.from({ length: 20 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]\n`);
  const bomb = `a0: &a0 [1]\n${lines.join('')}`;
  expect(secretsOf('b: 1\n', `b: 1\n${bomb}`)).toBeTypeOf('string');
});
