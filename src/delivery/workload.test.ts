import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { Manifest, ManifestValue } from './manifest-set.ts';
import { imageText, setImage, setWorkload } from './workload.ts';

const at = { file: 'service.yaml', line: 3 };
const image = { at, name: 'example/api', repository: 'ghcr.io/example/api', tag: 'v2', digest: undefined };
const wish = {
  at,
  service: 'api',
  workload: undefined,
  image: undefined,
  replicas: undefined,
  resources: undefined,
  variables: [],
};

const manifests = (text: string): readonly Manifest[] =>
  parseAllDocuments(text).map((document) => ({
    at,
    file: 'a.yaml',
    value: document.toJS() as ManifestValue,
  }));
const deployment = (name: string, containers: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec: { template: { spec: { containers: ${containers} } } }\n`;
const podOf = (manifest: Manifest | undefined) =>
  (manifest!.value as { spec: { replicas?: number; template: { spec: { containers: unknown[] } } } }).spec;

test('every container of the image gets the new one, whatever tag it had', () => {
  const set = manifests(
    deployment('api', '[{ name: a, image: "example/api:v1" }, { name: b, image: "other/api" }]'),
  );
  expect(podOf(setImage(set, image)[0]).template.spec.containers).toEqual([
    { name: 'a', image: 'ghcr.io/example/api:v2' },
    { name: 'b', image: 'other/api' },
  ]);
  const ported = { ...image, name: 'localhost:5000/api' };
  const local = manifests(deployment('api', '[{ name: a, image: "localhost:5000/api" }]'));
  expect(podOf(setImage(local, ported)[0]).template.spec.containers).toMatchObject([
    { image: 'ghcr.io/example/api:v2' },
  ]);
  expect(() => setImage(set, { ...image, name: 'none' })).toThrow(
    'service.yaml:3: no container has the image none',
  );
});

test('a digest stands behind the tag', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  expect(imageText({ ...image, digest })).toBe(`ghcr.io/example/api:v2@${digest}`);
  expect(imageText({ ...image, tag: undefined })).toBe('ghcr.io/example/api');
});

test('replicas go to the only workload, or to the one that is named', () => {
  const one = manifests(deployment('x', '[]'));
  const replicas = { at, count: 5 };
  expect(podOf(setWorkload(one, { ...wish, replicas })[0]).replicas).toBe(5);
  const two = manifests(`${deployment('x', '[]')}---\n${deployment('api', '[]')}`);
  expect(setWorkload(two, { ...wish, replicas }).map((set) => podOf(set).replicas)).toEqual([undefined, 5]);
  const named = setWorkload(two, { ...wish, replicas, workload: 'x' });
  expect(named.map((set) => podOf(set).replicas)).toEqual([5, undefined]);
  expect(() => setWorkload(two, { ...wish, replicas, service: 'z' })).toThrow(
    'no single workload is named z; name one with binding.workload (there are: Deployment x, Deployment api)',
  );
});

test('a Deployment of another group is none', () => {
  const foreign = deployment('api', '[{ name: api }]').replace('apps/v1', 'example.com/v1');
  const wishes = { ...wish, replicas: { at, count: 5 }, variables: [{ name: 'X', value: '1' }] };
  const both = manifests(`${foreign}---\n${deployment('api', '[{ name: api }]')}`);
  const [left, right] = setWorkload(both, wishes);
  expect(left).toEqual(both[0]);
  expect(podOf(right)).toMatchObject({
    replicas: 5,
    template: { spec: { containers: [{ env: [{ name: 'X', value: '1' }] }] } },
  });
  expect(() => setWorkload(manifests(foreign), wishes)).toThrow(
    'no single workload is named api; name one with binding.workload (there is none)',
  );
});

test('variables replace those of their name and are added behind the others; a secret is a reference', () => {
  const set = manifests(
    deployment('api', '[{ name: a, env: [{ name: X, value: "1" }, { name: Y, value: "2" }] }]'),
  );
  const secret = { secretKeyRef: { name: 'db', key: 'pw' } };
  const variables = [
    { name: 'Z', value: secret },
    { name: 'X', value: '9' },
  ];
  const resources = { requests: { cpu: '1' } };
  expect(podOf(setWorkload(set, { ...wish, variables, resources })[0]).template.spec.containers).toEqual([
    {
      name: 'a',
      env: [
        { name: 'X', value: '9' },
        { name: 'Y', value: '2' },
        { name: 'Z', valueFrom: secret },
      ],
      resources,
    },
  ]);
});

test('of several containers the one with the image is meant, then the one with the name of the service', () => {
  const variables = [{ name: 'X', value: '1' }];
  const set = manifests(deployment('api', '[{ name: a, image: "ghcr.io/example/api:v2" }, { name: api }]'));
  const has = (found: readonly Manifest[]) =>
    (podOf(found[0]).template.spec.containers as { env?: unknown }[]).map(({ env }) => env !== undefined);
  expect(has(setWorkload(set, { ...wish, variables, image }))).toEqual([true, false]);
  expect(has(setWorkload(set, { ...wish, variables }))).toEqual([false, true]);
  expect(() => setWorkload(set, { ...wish, variables, service: 'z' })).toThrow(
    'it is not clear which container',
  );
});
