import { expect, test } from 'vitest';
import { ownedFields } from './owned-field.ts';
import { readOwned } from './read-owned.ts';

const read = (object: unknown, set: unknown) => {
  const [field] = ownedFields(set);
  return readOwned(object, field?.steps ?? []);
};

const pod = {
  spec: {
    containers: [
      { name: 'side', image: 's' },
      { name: 'app', image: 'a', args: ['x', 'y'], ports: [{ containerPort: 80 }] },
    ],
    finalizers: ['keep'],
  },
};
const app = (below: object) => ({ 'f:spec': { 'f:containers': { 'k:{"name":"app"}': below } } });

test('items are found by their keys, wherever they stand', () => {
  expect(read(pod, app({ 'f:image': {} }))).toBe('a');
  expect(read(pod, app({ 'f:args': { 'i:1': {} } }))).toBe('y');
  const port = { 'k:{"containerPort":80,"protocol":"TCP"}': { 'f:containerPort': {} } };
  expect(read(pod, app({ 'f:ports': port }))).toBe(80);
  expect(read(pod, { 'f:spec': { 'f:finalizers': { 'v:"keep"': {} } } })).toBe('keep');
});

test('what is not there is undefined, whatever stands in its place', () => {
  expect(read(pod, app({ 'f:env': { 'k:{"name":"A"}': {} } }))).toBeUndefined();
  expect(read(pod, { 'f:spec': { 'f:containers': { 'f:image': {} } } })).toBeUndefined();
  expect(read(pod, { 'f:spec': { 'k:{"name":"app"}': {} } })).toBeUndefined();
  expect(read({}, { 'f:constructor': {} })).toBeUndefined();
  expect(read(undefined, app({ 'f:image': {} }))).toBeUndefined();
});
