import { expect, test } from 'vitest';
import { memoryTrees } from '../../../test/kit/memory-trees.ts';
import { diffTrees } from '../../tree/diff-trees.ts';
import { everything } from '../../tree/select.ts';
import { broughtImages } from './brought-images.ts';
import { imageText } from './image-name.ts';

const brought = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) => {
  const trees = memoryTrees();
  const changes = trees.run(diffTrees(trees.tree(before), trees.tree(after), everything));
  return trees.run(broughtImages(changes)).map(imageText);
};

const service = (tag: string, replicas = 2): string =>
  `image: { repository: ghcr.io/shop/api, tag: ${tag} }\nreplicas: ${replicas}\n`;

test('an image that a change asks for anew is brought, once, however many files say it', () => {
  const files = (tag: string) => ({
    'api/service.yaml': service(tag),
    'delivery/kustomization.yaml': `images: [{ name: ghcr.io/shop/api, newTag: ${tag} }]\n`,
    'web/app.yaml': `containers: [{ name: web, image: "nginx:${tag}" }]\n`,
  });
  expect(brought(files('v2'), files('v1'))).toEqual(['docker.io/library/nginx:v1', 'ghcr.io/shop/api:v1']);
});

test('nothing is brought by a change of other fields, by a file that goes, or by a tag without a name', () => {
  expect(brought({ 'a/service.yaml': service('v1', 1) }, { 'a/service.yaml': service('v1', 3) })).toEqual([]);
  expect(brought({ 'a/service.yaml': service('v1'), b: 'x' }, { b: 'x' })).toEqual([]);
  expect(
    brought({ 'values.yaml': 'image: { tag: v2 }\n' }, { 'values.yaml': 'image: { tag: v1 }\n' }),
  ).toEqual([]);
});

test('a file that comes back brings all its images', () => {
  expect(brought({ b: 'x' }, { b: 'x', 'a/service.yaml': service('v1') })).toEqual(['ghcr.io/shop/api:v1']);
});
