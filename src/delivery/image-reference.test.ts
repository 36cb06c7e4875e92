import { expect, test } from 'vitest';
import { compareVersions, readImage } from './image-reference.ts';

const digest = `sha256:${'a'.repeat(64)}`;

test.each([
  ['nginx', { name: 'nginx', tag: undefined, digest: undefined }],
  ['nginx:1.27', { name: 'nginx', tag: '1.27', digest: undefined }],
  ['registry:5000/web', { name: 'registry:5000/web', tag: undefined, digest: undefined }],
  ['ghcr.io/acme/api:v2@' + digest, { name: 'ghcr.io/acme/api', tag: 'v2', digest }],
  ['ghcr.io/acme/api@' + digest, { name: 'ghcr.io/acme/api', tag: undefined, digest }],
])('%s is read', (text, image) => {
  expect(readImage(text)).toEqual(image);
});

test.each(['', '{{hq.var.IMAGE}}', '{{ .Values.image }}', 'a b', '-rm', `a${'b'.repeat(600)}`])(
  '%j is no image',
  (text) => {
    expect(readImage(text)).toBeUndefined();
  },
);

const order = (before: string, after: string) => {
  const [was, is] = [readImage(before), readImage(after)];
  return was && is && compareVersions(was, is);
};

test('plain version numbers tell which is older, and nothing else does', () => {
  expect(order('a:v2.10.0', 'a:v2.9.3')).toBe('older');
  expect(order('a:1.9', 'a:1.10')).toBe('newer');
  expect(order('a:1.0', 'a:1.0.0')).toBeUndefined();
  expect(order('a:main-1', 'a:main-0')).toBeUndefined();
  expect(order('a:2', 'b:1')).toBeUndefined();
  expect(order('a', `a@${digest}`)).toBeUndefined();
});
