import { expect, test } from 'vitest';
import { ownedAddress, ownedFields } from './owned-field.ts';

const addresses = (set: unknown): readonly string[] =>
  ownedFields(set).map(({ steps, presence }) => `${ownedAddress(steps)}${presence ? ' is there' : ''}`);

test('every kind of step is read, and written as a field address', () => {
  expect(
    addresses({
      'f:metadata': {
        'f:labels': { '.': {}, 'f:app.kubernetes.io/name': {} },
        'f:finalizers': { 'v:"x=y"': {} },
      },
      'f:spec': {
        'f:containers': { 'k:{"name":"app"}': { '.': {}, 'f:image': {} } },
        'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { 'f:name': {} } },
        'f:args': { 'i:2': {} },
      },
    }),
  ).toEqual([
    '#/metadata/labels is there',
    '#/metadata/labels/app.kubernetes.io~1name',
    '#/metadata/finalizers/[x~2y]',
    '#/spec/containers/[name=app] is there',
    '#/spec/containers/[name=app]/image',
    '#/spec/ports/[containerPort=80,protocol=TCP]/name',
    '#/spec/args/2',
  ]);
});

test('what is no set of fields names nothing', () => {
  for (const set of [undefined, null, 'f:a', [], {}, { 'k:{': {} }, { 'v:': {} }, { 'i:x': {} }, { a: {} }])
    expect(addresses(set)).toEqual([]);
});

test('a set that never ends is left at some depth', () => {
  const deep = Array.from({ length: 100 }).reduce<object>((below) => ({ 'f:a': below }), {});
  expect(addresses(deep)).toEqual([]);
});
