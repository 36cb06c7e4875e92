import { expect, test } from 'vitest';
import { imageText, lastName, readImageName } from './image-name.ts';

const read = (text: string): string => {
  const { repository = '', tag = '-', digest = '-' } = readImageName(text) ?? {};
  return repository === '' ? 'none' : `${repository} ${tag} ${digest}`;
};

test.for([
  ['nginx', 'docker.io/library/nginx - -'],
  ['nginx:1.29', 'docker.io/library/nginx 1.29 -'],
  ['bitnami/nginx:1', 'docker.io/bitnami/nginx 1 -'],
  ['index.docker.io/library/nginx', 'docker.io/library/nginx - -'],
  ['registry-1.docker.io/bitnami/nginx:1', 'docker.io/bitnami/nginx 1 -'],
  ['ghcr.io/shop/api:v2.1.0', 'ghcr.io/shop/api v2.1.0 -'],
  ['localhost/api:v1', 'localhost/api v1 -'],
  ['images.example.com:5000/api', 'images.example.com:5000/api - -'],
  ['images.example.com:5000/api:v1', 'images.example.com:5000/api v1 -'],
  ['ghcr.io/shop/api@sha256:ab', 'ghcr.io/shop/api - sha256:ab'],
  ['ghcr.io/shop/api:v1@sha256:ab', 'ghcr.io/shop/api v1 sha256:ab'],
  ['', 'none'],
  [':v1', 'none'],
  ['{{ .Values.image }}', 'none'],
  ['$IMAGE', 'none'],
] as const)('%s is %s', ([text, expected]) => {
  expect(read(text)).toBe(expected);
});

test('the last name is what charts call the image', () => {
  expect(lastName({ repository: 'ghcr.io/shop/api' })).toBe('api');
});

test('an image is written as it is named, with its registry', () => {
  const written = (text: string): string => imageText(readImageName(text) ?? { ...none });
  expect(['api', 'api:v1', 'ghcr.io/shop/api@sha256:ab', 'h:5/a:v1@sha256:ab'].map(written)).toEqual([
    'docker.io/library/api',
    'docker.io/library/api:v1',
    'ghcr.io/shop/api@sha256:ab',
    'h:5/a:v1@sha256:ab',
  ]);
});

const none = { repository: 'none', tag: undefined, digest: undefined };
