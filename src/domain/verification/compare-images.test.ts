import { expect, test } from 'vitest';
import { compareImages } from './compare-images.ts';
import { expectedImages } from './expected-images.ts';

const compared = (files: string, ...images: readonly string[]): string => {
  const running = [{ kind: 'Deployment', name: 'api', images }];
  const { compared: count, others } = compareImages(
    running,
    expectedImages([{ path: 'values.yaml', text: files }]),
    'api',
  );
  return [String(count), ...others.map(({ runs, expected }) => `${runs} not ${expected}`)].join(', ');
};
const parts = (repository: string, tag: string): string =>
  `image: { repository: ${repository}, tag: ${tag} }\n`;

test('the repository says which image is meant, the tag whether it is the one', () => {
  expect(compared(parts('ghcr.io/shop/api', 'v1'), 'ghcr.io/shop/api:v1')).toBe('1');
  expect(compared(parts('ghcr.io/shop/api', 'v1'), 'ghcr.io/shop/api:v2')).toBe(
    '1, ghcr.io/shop/api:v2 not v1',
  );
  expect(compared(parts('shop/api', 'v1'), 'docker.io/shop/api:v1')).toBe('1');
});

test('an image that no file names is left out: a sidecar that was injected, say', () => {
  expect(compared(parts('ghcr.io/shop/api', 'v1'), 'ghcr.io/shop/api:v1', 'istio/proxyv2:1.27')).toBe('1');
  expect(compared('replicas: 3\n', 'ghcr.io/shop/api:v1')).toBe('0');
});

test('a lone tag is expected of the image that bears the name of the service, and of no other', () => {
  expect(compared('image: { tag: v1 }\n', 'ghcr.io/shop/api:v1')).toBe('1');
  expect(compared('image: { tag: v1 }\n', 'ghcr.io/shop/api:v2')).toBe('1, ghcr.io/shop/api:v2 not v1');
  expect(compared('image: { tag: v1 }\n', 'ghcr.io/shop/side:v9')).toBe('0');
});

test('a digest is compared with a digest, and never with a tag', () => {
  const digest = 'image: "ghcr.io/shop/api:v1@sha256:ab"\n';
  expect(compared(digest, 'ghcr.io/shop/api:v1@sha256:ab')).toBe('1');
  expect(compared(digest, 'ghcr.io/shop/api:v1@sha256:cd')).toBe('1, ghcr.io/shop/api:v1@sha256:cd not v1');
  expect(compared(digest, 'ghcr.io/shop/api:v1')).toBe('1');
  expect(compared(parts('ghcr.io/shop/api', 'v1'), 'ghcr.io/shop/api@sha256:ab')).toBe('0');
});

test('where files ask for two tags of one image, either is right', () => {
  const two = 'a: { image: "ghcr.io/shop/api:v1" }\nb: { image: "ghcr.io/shop/api:v2" }\n';
  expect(compared(two, 'ghcr.io/shop/api:v1', 'ghcr.io/shop/api:v2')).toBe('2');
  expect(compared(two, 'ghcr.io/shop/api:v3')).toBe('1, ghcr.io/shop/api:v3 not v1 or v2');
});
