import { expect, test } from 'vitest';
import { imageText } from '../domain/verification/image-name.ts';
import type { ManifestValue } from './manifest-set.ts';
import { renderedImages } from './rendered-images.ts';

const pods = (...images: readonly string[]) => ({
  spec: { containers: images.map((image) => ({ name: image, image })) },
});
const deployment = (...images: readonly string[]): ManifestValue => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { template: pods(...images) },
});
const hook: ManifestValue = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'migrate', annotations: { 'helm.sh/hook': 'pre-upgrade' } },
  spec: { template: { spec: { initContainers: [{ name: 'wait', image: 'busybox:1' }] } } },
};

const texts = (before: readonly ManifestValue[], after: readonly ManifestValue[]): readonly string[] =>
  renderedImages(before, after).map(imageText);

test('images of containers that come are named once, those of hooks and of init containers too', () => {
  const twice = [deployment('ghcr.io/shop/web:v1', 'nginx:1'), deployment('nginx:1'), hook];
  expect(texts([], twice)).toEqual([
    'docker.io/library/busybox:1',
    'docker.io/library/nginx:1',
    'ghcr.io/shop/web:v1',
  ]);
});

test('what was asked for before comes from nowhere, whichever object asks for it now', () => {
  expect(texts([deployment('nginx:1')], [deployment('nginx:1', 'nginx:2')])).toEqual([
    'docker.io/library/nginx:2',
  ]);
  expect(texts([deployment('nginx:1')], [])).toEqual([]);
});

test('a template is no image, and neither is what stands outside of containers', () => {
  const other = { ...deployment('{{ .Values.image }}'), data: { image: 'nginx:1' } };
  expect(texts([], [other])).toEqual([]);
});
