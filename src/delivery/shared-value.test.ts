import { expect, test } from 'vitest';
import type { FieldValue } from '../tree/fields/change.ts';
import { sharedValue } from './shared-value.ts';

const said = (name: string, value: FieldValue, [path, text]: readonly [string, string]) =>
  sharedValue({ name, value }, { path, text });

const base = [
  'base/kustomization.yaml',
  'images: [{ name: web, newName: far, newTag: v2 }]\nreplicas: [{ name: web, count: 5 }]\n',
] as const;
const deployment = [
  'base/deployment.yaml',
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 4, template: { spec: { containers: [{ name: a, image: "web:v3" }] } } }\n',
] as const;

test('entries of a base, its manifests and values of a chart tell what they say now', () => {
  expect(said('images[web]', { name: 'web', newTag: 'v1' }, base)).toBe('far:v2');
  expect(said('images[far].newTag', 'v1', base)).toBe('far:v2');
  expect(said('replicas[web]', { name: 'web', count: 2 }, base)).toBe(5);
  expect(said('images[web]', { name: 'web', newTag: 'v1' }, deployment)).toBe('web:v3');
  expect(said('image', { repository: 'web', tag: 'v1' }, deployment)).toBe('web:v3');
  expect(said('replicas', 2, deployment)).toBe(4);
  const values = ['values.yaml', 'image: { tag: v2 }\nreplicaCount: 3\n'] as const;
  expect(said('image.tag', 'v1', values)).toBe('v2');
  expect(said('values.replicaCount', 1, values)).toBe(3);
});

test('what it no longer speaks of, or cannot be read, is absent', () => {
  expect(said('images[other]', { name: 'other' }, base)).toBeUndefined();
  expect(said('replicas[other]', { name: 'other', count: 1 }, deployment)).toBeUndefined();
  expect(said('image.tag', 'v1', ['values.yaml', 'a: [\n'])).toBeUndefined();
});
