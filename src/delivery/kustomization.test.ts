import { expect, test } from 'vitest';
import { overlayOf, referencesOf } from './kustomization.ts';
import { readServiceFile } from './service-file.ts';

const service = (text: string) =>
  readServiceFile(
    {
      path: 'a/service.yaml',
      text: `apiVersion: knowngood.dev/v1\nkind: Service\nbinding: { type: kustomize, source: bases/x, workload: w }\n${text}`,
    },
    () => ({ kind: 'plain', value: 1, text: '1' }),
  );

test('an overlay has what the service says and nothing else', () => {
  const common = { name: 'api', base: '../../bases/x', patches: [], values: [] };
  expect(overlayOf({ ...common, service: service('') })).toEqual({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: ['../../bases/x'],
  });
  const digest = `sha256:${'a'.repeat(64)}`;
  const full = service(`replicas: 2\nimage: { name: x, repository: z, tag: v1, digest: "${digest}" }\n`);
  expect(
    overlayOf({
      ...common,
      service: full,
      patches: ['patch-1.yaml'],
      values: [
        ['A', '"b"'],
        ['C', 'd'],
      ],
    }),
  ).toMatchObject({
    replicas: [{ name: 'w', count: 2 }],
    images: [{ name: 'x', newName: 'z', digest }],
    configMapGenerator: [{ name: 'api-values', literals: ['A=""b""', 'C=d'] }],
    patches: [{ path: 'patch-1.yaml' }],
  });
  expect(overlayOf({ ...common, service: service('image: { repository: z, tag: v1 }\n') })).toMatchObject({
    images: [{ name: 'z', newTag: 'v1' }],
  });
});

test('all files and folders that a kustomization names are found, from the root of the repository', () => {
  const text = `resources: [a.yaml, ../b]
components: [./c]
patches: [{ path: p.yaml }, { patch: "[]" }]
patchesStrategicMerge:
  - s.yaml
  - |-
    kind: X
    a: 1
`;
  expect(referencesOf('bases/x/kustomization.yaml', text).map(({ path, at }) => [path, at.line])).toEqual([
    ['bases/x/a.yaml', 1],
    ['bases/b', 1],
    ['bases/x/c', 2],
    ['bases/x/p.yaml', 3],
    ['bases/x/s.yaml', 5],
  ]);
  expect(referencesOf('kustomization.yaml', '')).toEqual([]);
});
