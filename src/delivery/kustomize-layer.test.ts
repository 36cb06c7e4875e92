import { expect, test } from 'vitest';
import { readLayer } from './kustomize-layer.ts';

const read = (text: string) => readLayer('apps/web/kustomization.yaml', text);

test('what matters to images and replicas is read, with paths from the root of the repository', () => {
  const layer = read(`resources: [../../base, extra.yaml]
components: [../size]
patches:
  - path: size.yaml
  - target: { kind: Deployment }
    patch: |-
      - { op: remove, path: /spec/replicas }
patchesStrategicMerge: [old.yaml]
images: [{ name: web, newTag: v1 }, { newTag: lost }]
replicas: [{ name: web, count: 2 }]
`);
  expect(layer).toMatchObject({
    resources: ['base', 'apps/web/extra.yaml'],
    components: ['apps/size'],
    patches: [
      { path: 'apps/web/old.yaml' },
      { path: 'apps/web/size.yaml' },
      { target: { kind: 'Deployment' }, text: expect.stringContaining('remove') as unknown },
    ],
    images: [{ name: 'web', newTag: 'v1' }],
    replicas: [{ name: 'web', count: 2 }],
    remote: [],
    unread: [],
  });
});

test('what is fetched, and what may change anything, is told as such', () => {
  const layer = read(`resources: ["https://github.com/example/base?ref=v1", ../../../out]
replacements: [{ path: r.yaml }]
images: [{ name: web, tagSuffix: -eu }]
`);
  expect(layer.remote).toEqual(['https://github.com/example/base?ref=v1', '../../../out']);
  expect(layer.unread).toEqual(['replacements', 'tagSuffix']);
});

test('an empty file, and one that is no mapping, do nothing', () => {
  for (const text of ['', '- a\n']) expect(read(text)).toMatchObject({ resources: [], images: [] });
});
