import { expect, test } from 'vitest';
import type { ImageNeed } from './overlay-needs.ts';
import { kustomizationPins, onOneLine, servicePins } from './overlay-pins.ts';

const place = { service: 'web', file: 'own.yaml' };
const image = (more: Partial<ImageNeed> = {}): ImageNeed => ({
  entry: { name: 'ghcr.io/a/web', newTag: 'v1' },
  joins: false,
  wanted: 'ghcr.io/a/web:v1',
  now: 'ghcr.io/a/web:v2',
  shared: 'base.yaml',
  ...more,
});
const replicas = { entry: { name: 'web', count: 2 }, now: 5, shared: 'base.yaml' };
const needs = { images: [image()], replicas: [replicas], unheld: [{ name: 'x', reason: 'y' }] };

test('a kustomization takes entries on a line of their own, or the keys that an entry lacks', () => {
  const { pins, unpinned } = kustomizationPins(place, needs);
  expect(pins).toMatchObject([
    {
      address: '#/images/[name=ghcr.io~1a~1web]',
      name: 'images[ghcr.io/a/web]',
      value: { name: 'ghcr.io/a/web', newTag: 'v1' },
      entry: 'images:\n  - { name: ghcr.io/a/web, newTag: v1 }',
      now: 'ghcr.io/a/web:v2',
    },
    { address: '#/replicas/[name=web]', entry: 'replicas:\n  - { name: web, count: 2 }', now: 5 },
  ]);
  expect(unpinned).toEqual([{ service: 'web', name: 'x', reason: 'y' }]);
  const joined = kustomizationPins(place, { ...needs, images: [image({ joins: true })], replicas: [] });
  expect(joined.pins).toMatchObject([
    { address: '#/images/[name=ghcr.io~1a~1web]/newTag', value: 'v1', name: 'images[ghcr.io/a/web].newTag' },
  ]);
});

test('service.yaml has room for one image, and replicas of one workload', () => {
  const free = { image: false, workload: 'web' };
  expect(servicePins(place, needs, free).pins).toMatchObject([
    { address: '#/image', entry: 'image: { repository: ghcr.io/a/web, tag: v1 }' },
    { address: '#/replicas', entry: 'replicas: 2' },
  ]);
  const renamed = image({ entry: { name: 'a', newName: 'b', digest: 'sha256:c' } });
  expect(servicePins(place, { ...needs, images: [renamed] }, free).pins[0]?.value).toEqual({
    name: 'a',
    repository: 'b',
    digest: 'sha256:c',
  });
  const taken = servicePins(place, needs, { image: true, workload: 'other' });
  expect(taken.pins).toEqual([]);
  expect(taken.unpinned.map(({ reason }) => reason)).toEqual([
    'y',
    'service.yaml has room for one image',
    'replicas of service.yaml are for another workload',
  ]);
  const joined = servicePins(
    place,
    { ...needs, images: [image({ joins: true })] },
    { image: true, workload: 'web' },
  );
  expect(joined.pins[0]).toMatchObject({ address: '#/image/tag', entry: 'image:\n  tag: v1' });
});

test('keys and values that YAML would read as something else are quoted', () => {
  expect(onOneLine({ name: 'yes', newTag: '1.10' })).toBe('{ name: "yes", newTag: "1.10" }');
});
