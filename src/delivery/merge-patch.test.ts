import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { FieldValue } from '../tree/fields/change.ts';
import { isBuiltIn, mergePatch } from './merge-patch.ts';

const merge = (value: string, patch: string): unknown =>
  mergePatch(parse(value) as FieldValue, parse(patch) as FieldValue);

test('mappings are merged, null removes, texts are replaced', () => {
  expect(merge('{ a: { b: 1, c: 2 }, d: x }', '{ a: { b: 3, c: null, e: 4 }, d: y }')).toEqual({
    a: { b: 3, e: 4 },
    d: 'y',
  });
});

test('containers and their variables are merged by name, and what is new comes first', () => {
  const base =
    'apiVersion: apps/v1\nspec: { containers: [{ name: a, env: [{ name: X, value: "1" }] }, { name: b }] }';
  const patch =
    'apiVersion: apps/v1\nspec: { containers: [{ name: c }, { name: a, env: [{ name: Y, value: "2" }] }] }';
  expect(merge(base, patch)).toMatchObject({
    spec: {
      containers: [
        { name: 'c' },
        {
          name: 'a',
          env: [
            { name: 'Y', value: '2' },
            { name: 'X', value: '1' },
          ],
        },
        { name: 'b' },
      ],
    },
  });
});

test('marks delete or replace', () => {
  const base =
    'apiVersion: apps/v1\nspec: { containers: [{ name: a }, { name: b, image: x }], sel: { m: 1 } }';
  const patch = 'spec: { containers: [{ name: a, $patch: delete }], sel: { $patch: replace, n: 2 } }';
  expect(merge(base, patch)).toMatchObject({
    spec: { containers: [{ name: 'b', image: 'x' }], sel: { n: 2 } },
  });
  expect(merge('{ a: 1 }', '{ $patch: delete }')).toBeUndefined();
});

test('other lists are replaced, and so are all lists of kinds that Kubernetes does not define', () => {
  expect(merge('{ args: [a, b] }', '{ args: [c] }')).toEqual({ args: ['c'] });
  const base = 'apiVersion: example.com/v1\nspec: { containers: [{ name: a }] }';
  expect(merge(base, 'spec: { containers: [{ name: b, x: null }] }')).toMatchObject({
    spec: { containers: [{ name: 'b' }] },
  });
});

test.each([
  ['v1', true],
  ['apps/v1', true],
  ['networking.k8s.io/v1', true],
  ['argoproj.io/v1alpha1', false],
  [undefined, true],
])('%s is built in: %s', (apiVersion, expected) => {
  expect(isBuiltIn(apiVersion)).toBe(expected);
});
