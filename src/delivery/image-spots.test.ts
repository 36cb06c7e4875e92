import { expect, test } from 'vitest';
import { imageBy, spotsOf, withImages, withReplicas } from './image-spots.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 2,
    template: {
      spec: {
        initContainers: [{ name: 'wait', image: 'busybox:1' }],
        containers: [{ name: 'web', image: 'ghcr.io/shop/web:v1' }, { image: 'side' }],
      },
    },
  },
};

test('replicas and the images of all containers are found, each under a name of its own', () => {
  expect(spotsOf(deployment)).toEqual([
    { kind: 'replicas', id: 'replicas', value: 2 },
    { kind: 'image', id: '/spec/template/spec/initContainers/wait', value: 'busybox:1' },
    { kind: 'image', id: '/spec/template/spec/containers/web', value: 'ghcr.io/shop/web:v1' },
    { kind: 'image', id: '/spec/template/spec/containers/1', value: 'side' },
  ]);
  expect(spotsOf({ ...deployment, kind: 'CustomResourceDefinition' })).toEqual([]);
  expect(spotsOf({ ...deployment, kind: 'Shop' })).toHaveLength(3);
});

test('an entry changes name, tag and digest as kustomize does', () => {
  const name = 'ghcr.io/shop/web';
  expect(imageBy(`${name}:v1`, { name, newTag: 'v2' })).toBe(`${name}:v2`);
  expect(imageBy(`${name}:v1`, { name, newName: 'other' })).toBe('other:v1');
  expect(imageBy(`${name}:v1`, { name, digest })).toBe(`${name}@${digest}`);
  expect(imageBy(`${name}@${digest}`, { name, newTag: 'v2' })).toBe(`${name}:v2`);
  expect(imageBy(name, { name, newTag: 'v2', digest })).toBe(`${name}:v2@${digest}`);
  expect(imageBy('ghcr.io/shop/web-two:v1', { name, newTag: 'v2' })).toBe('ghcr.io/shop/web-two:v1');
});

test('entries apply in their order, and to what they are for alone', () => {
  const entries = [
    { name: 'side', newName: 'far' },
    { name: 'far', newTag: '3' },
  ];
  expect(spotsOf(withImages(deployment, entries)).map(({ value }) => value)).toEqual([
    2,
    'busybox:1',
    'ghcr.io/shop/web:v1',
    'far:3',
  ]);
  expect(spotsOf(withReplicas(deployment, [{ name: 'web', count: 5 }]))[0]).toMatchObject({ value: 5 });
  expect(withReplicas(deployment, [{ name: 'other', count: 5 }])).toBe(deployment);
});
