import { expect, test } from 'vitest';
import { readText } from './field-text.ts';
import { createInterner } from './node-builder.ts';
import { isSecretField } from './secret.ts';

const documentOf = (text: string) => {
  const read = readText(text, createInterner());
  return read.kind === 'read' ? read.read.documents[0] : undefined;
};

test.each([
  ['kind: Secret\n', ['data', 'k'], true],
  ['kind: Secret\n', ['stringData'], true],
  ['kind: Secret\n', [], true],
  ['kind: Secret\n', ['metadata', 'name'], false],
  ['kind: ConfigMap\n', ['data', 'k'], false],
  ['a: 1\nsops: {mac: x}\n', ['a'], true],
  ['kind: Kustomization\n', ['secretGenerator', '[name=a]', 'literals', '[P]'], true],
  ['kind: Kustomization\n', ['configMapGenerator', '[name=a]', 'literals', '[P]'], false],
])('%j at %j: %s', (text, steps, secret) => {
  expect(isSecretField(documentOf(text), steps)).toBe(secret);
});
