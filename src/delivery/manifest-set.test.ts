import { expect, test } from 'vitest';
import { identityOf, kindOf, manifestOf, nameOf, readManifests } from './manifest-set.ts';

const at = { file: 'service.yaml', line: 3 };
const fill = (): never => {
  throw new Error('no placeholder here');
};
const read = (files: Readonly<Record<string, string>>) =>
  readManifests(
    Object.entries(files).map(([path, text]) => ({ path, text })),
    { folder: 'bases/api', fill, at },
  );
const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: api }\n';

test('the objects of all files are read, and others ignored', () => {
  const found = read({
    'bases/api/a.yaml': `${service}---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api }\n`,
    'bases/api/sub/b.json': '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}}',
    'bases/api/README.md': 'not: {yaml',
  });
  expect(found.map(({ file, at: { line }, value }) => [file, line, kindOf(value), nameOf(value)])).toEqual([
    ['a.yaml', 1, 'Service', 'api'],
    ['a.yaml', 5, 'Deployment', 'api'],
    ['sub/b.json', 1, 'ConfigMap', 'c'],
  ]);
});

test.each([
  [{}, 'service.yaml:3: bases/api holds no manifests'],
  [{ 'bases/api/kustomization.yaml': 'resources: []\n' }, 'kustomization.yaml:1: is no manifest'],
  [{ 'bases/api/a.yaml': '- a\n' }, 'a.yaml:1: a manifest must be a mapping'],
  [{ 'bases/api/a.yaml': '\nkind: Service\n' }, 'a.yaml:2: the manifest has no apiVersion'],
  [{ 'bases/api/a.yaml': 'apiVersion: v1\nkind: List\nitems: []\n' }, 'the manifest has no metadata.name'],
  [
    { 'bases/api/a.yaml': service, 'bases/api/b.yaml': `---\n${service}` },
    'b.yaml:2: Service api is also in bases/api/a.yaml:1',
  ],
])('%j is refused', (files, reason) => {
  expect(() => read(files as Record<string, string>)).toThrow(reason);
});

test('versions of an API do not make two objects, groups and namespaces do', () => {
  const identity = (apiVersion: string, namespace = 'a') =>
    identityOf(manifestOf({ apiVersion, kind: 'K', metadata: { name: 'n', namespace } }, at));
  expect(identity('apps/v1')).toBe(identity('apps/v2'));
  expect(identity('apps/v1')).not.toBe(identity('v1'));
  expect(identity('v1')).not.toBe(identity('v1', 'b'));
});
