import { expect, test } from 'vitest';
import { expectedImages } from './expected-images.ts';

const pod = (image: string): string =>
  `kind: Deployment\nmetadata: { name: api }\nspec: { template: { spec: { containers: [{ name: api, image: "${image}" }] } } }\n`;

const expected = (files: Readonly<Record<string, string>>): readonly string[] =>
  expectedImages(Object.entries(files).map(([path, text]) => ({ path, text }))).map(
    ({ repository = '?', tag, digest }) => `${repository}:${tag ?? ''}${digest ? `@${digest}` : ''}`,
  );

test('pod templates say it, of every document and every container', () => {
  const two = `${pod('ghcr.io/shop/api:v1')}---\n${pod('ghcr.io/shop/side:v2')}`;
  expect(expected({ 'api/app.yaml': two })).toEqual(['ghcr.io/shop/api:v1', 'ghcr.io/shop/side:v2']);
  expect(expected({ 'api/app.yaml': pod('ghcr.io/shop/api') })).toEqual([]);
});

test('values and service files say it in parts; a lone tag is one, too', () => {
  expect(expected({ 'values.yaml': 'image: { repository: ghcr.io/shop/api, tag: v1 }\n' })).toEqual([
    'ghcr.io/shop/api:v1',
  ]);
  expect(
    expected({ 'values.yaml': 'image: { registry: ghcr.io, repository: shop/api, digest: "sha256:ab" }\n' }),
  ).toEqual(['ghcr.io/shop/api:@sha256:ab']);
  expect(expected({ 'service.yaml': 'image:\n  tag: v2.1.0\nreplicas: 3\n' })).toEqual(['?:v2.1.0']);
});

test('a kustomization stands in for what other files name', () => {
  const file = (images: string) => ({
    'api/app.yaml': pod('api:old'),
    'api/kustomization.yaml': `images: [${images}]\n`,
  });
  expect(expected(file('{ name: api, newTag: v2 }'))).toEqual(['docker.io/library/api:v2']);
  expect(expected(file('{ name: api, newName: ghcr.io/shop/api, newTag: v2 }'))).toEqual([
    'ghcr.io/shop/api:v2',
  ]);
  expect(expected(file('{ name: api, newName: ghcr.io/shop/api }'))).toEqual(['ghcr.io/shop/api:old']);
  expect(expected(file('{ name: api, digest: "sha256:ab" }'))).toEqual(['docker.io/library/api:@sha256:ab']);
  expect(expected(file('{ name: other, newTag: v2 }'))).toEqual([
    'docker.io/library/api:old',
    'docker.io/library/other:v2',
  ]);
});

test('a number that is written in one way alone is a tag like any other', () => {
  expect(expected({ 'values.yaml': 'image: { repository: ghcr.io/shop/api, tag: 20261121 }\n' })).toEqual([
    'ghcr.io/shop/api:20261121',
  ]);
});

test('what is no text, no YAML, a template or a doubtful number says nothing', () => {
  expect(
    expected({
      'a.yaml': 'image: { repository: x/y, tag: 2.0 }\n',
      'b.yaml': 'image: "{{ .Values.image }}"\n',
      'c.yaml': ': : :\n\t',
      'd.yaml': 'image: { tag: "{{hq.var.TAG}}" }\n',
      'e.yaml': '',
      'f.yaml': 'image: { repository: x/y, tag: 1e3 }\n',
    }),
  ).toEqual([]);
});
