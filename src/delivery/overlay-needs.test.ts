import { expect, test } from 'vitest';
import type { ImageEntry } from './image-spots.ts';
import { type BuiltObject, finishLayer, objectsIn } from './kustomize-build.ts';
import { overlayNeeds } from './overlay-needs.ts';

/** One deployment with these containers. */
const objects = (replicas: number | undefined, images: readonly string[], name = 'web') =>
  objectsIn(
    'base.yaml',
    JSON.stringify({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name },
      spec: {
        ...(replicas === undefined ? {} : { replicas }),
        template: {
          spec: { containers: images.map((image, index) => ({ name: `c${String(index)}`, image })) },
        },
      },
    }),
  );

const needs = (
  past: readonly BuiltObject[],
  now: readonly BuiltObject[],
  images: readonly ImageEntry[] = [],
) => {
  const layer = { file: 'own.yaml', images, replicas: [] };
  return overlayNeeds({
    ...layer,
    input: now,
    output: finishLayer(now, layer),
    past: finishLayer(past, layer),
  });
};

test('an image and a number that changed are needed, once for all containers of one image', () => {
  expect(
    needs(objects(2, ['web:v1', 'web:v1', 'side:1']), objects(3, ['web:v2', 'web:v2', 'side:1'])),
  ).toEqual({
    images: [
      {
        entry: { name: 'web', newName: undefined, newTag: 'v1', digest: undefined },
        joins: false,
        wanted: 'web:v1',
        now: 'web:v2',
        shared: 'base.yaml',
      },
    ],
    replicas: [{ entry: { name: 'web', count: 2 }, now: 3, shared: 'base.yaml' }],
    unheld: [],
  });
  expect(needs(objects(2, ['web:v1']), objects(2, ['web:v1']))).toEqual({
    images: [],
    replicas: [],
    unheld: [],
  });
});

test('an entry of the overlay is joined, and one that has a tag needs nothing', () => {
  const [past, now] = [objects(1, ['web:v1']), objects(1, ['web:v2'])];
  expect(needs(past, now, [{ name: 'web', newName: 'far' }]).images).toMatchObject([
    { joins: true, entry: { name: 'web', newName: undefined, newTag: 'v1' } },
  ]);
  expect(needs(past, now, [{ name: 'web', newTag: 'own' }]).images).toEqual([]);
});

test('what no entry brings back is told', () => {
  const two = needs(objects(1, ['web:v1', 'web:v0']), objects(1, ['web:v2', 'web:v2']));
  expect(two.unheld).toMatchObject([
    { name: 'web', reason: expect.stringContaining('different images') as unknown },
  ]);
  const bare = needs(objects(1, ['web']), objects(1, ['web:v2']));
  expect(bare.unheld).toEqual([{ name: 'web', reason: 'no entry of images makes it web again' }]);
  expect(needs(objects(undefined, []), objects(4, [])).unheld).toMatchObject([{ name: 'replicas of web' }]);
});

test('what is new, and what is gone, needs nothing', () => {
  expect(needs(objects(2, ['web:v1'], 'gone'), objects(3, ['new:v1'], 'new'))).toEqual({
    images: [],
    replicas: [],
    unheld: [],
  });
});
