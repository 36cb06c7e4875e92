import { expect, test } from 'vitest';
import { readEnvironmentFile, readServiceFile } from './service-file.ts';

const path = 'tenants/acme/dev/api/service.yaml';
const none = (): never => {
  throw new Error('no placeholder here');
};
const read = (text: string) =>
  readServiceFile({ path, text: `apiVersion: knowngood.dev/v1\nkind: Service\n${text}` }, none);

const helm = 'binding: { type: helm, repository: https://charts.example.com, chart: redis, version: 1.2.3';

test('each part of a service is read, with its place', () => {
  const service = read(
    'image: { repository: ghcr.io/acme/api, tag: 1.10 }\nreplicas: 3\nvalues: { A: b }\npatches: [patches/a.yaml]\nbinding: { type: manifests, source: bases/api }\n',
  );
  expect(service).toMatchObject({
    image: { name: 'ghcr.io/acme/api', repository: 'ghcr.io/acme/api', tag: '1.10' },
    replicas: { count: 3, at: { file: path, line: 4 } },
    patches: [{ path: 'tenants/acme/dev/api/patches/a.yaml' }],
    binding: { type: 'manifests', source: { path: 'bases/api', at: { file: path, line: 7 } } },
  });
});

test('a chart is published somewhere with one version, or is in the repository', () => {
  expect(read(`${helm}, values: [bases/redis.yaml, ./own.yaml] }\n`).binding).toMatchObject({
    chart: { repository: 'https://charts.example.com', name: 'redis', version: '1.2.3' },
    values: [{ path: 'bases/redis.yaml' }, { path: 'tenants/acme/dev/api/own.yaml' }],
  });
  expect(read('binding: { type: helm, source: charts/api }\n').binding).toMatchObject({
    chart: { path: 'charts/api' },
  });
});

test.each([
  ['', 1, 'binding is missing'],
  ['binding: { type: manifest, source: a }\n', 3, 'binding.type must be one of manifests, kustomize, helm'],
  ['binding: { type: manifests }\n', 3, 'binding.source is missing'],
  ['binding: { type: kustomize, source: ../../../../../x }\n', 3, '"../../../../../x" leaves the repository'],
  [`${helm}, source: a }\n`, 3, 'binding has a source and names a published chart too'],
  ['binding: { type: helm }\n', 3, 'binding needs repository, chart and version, or source'],
  [`${helm.replace(', version: 1.2.3', '')} }\n`, 3, 'binding.version is missing'],
  [`${helm.replace('1.2.3', '^1.2')} }\n`, 3, 'binding.version "^1.2" is not one version'],
  [`${helm.replace('https', 'http')} }\n`, 3, 'binding.repository "http://charts.example.com" must be'],
  ['imagee: {}\nbinding: { type: manifests, source: a }\n', 3, 'unknown key imagee; did you mean image?'],
  ['replicas: two\nbinding: { type: manifests, source: a }\n', 3, 'replicas must be a whole number'],
  [
    'patches: [../../x.yaml]\nbinding: { type: manifests, source: a }\n',
    3,
    '"../../x.yaml" leaves the folder',
  ],
  ['binding: { type: manifests, source: a }\n---\nb: 1\n', 5, 'holds more than one document'],
])('%j is refused at its line', (text, line, reason) => {
  expect(() => read(text)).toThrow(`${path}:${line}: ${reason}`);
});

test('an environment says where it runs, or nothing', () => {
  const file = 'tenants/acme/dev/environment.yaml';
  const of = (text: string) => readEnvironmentFile({ path: file, text }, none);
  expect(of('namespace: acme-dev\ncluster: eu-1\n')).toEqual({ namespace: 'acme-dev', cluster: 'eu-1' });
  expect(of('')).toEqual({ namespace: undefined, cluster: undefined });
  expect(() => of('namespaces: x\n')).toThrow(`${file}:1: unknown key namespaces; did you mean namespace?`);
  expect(() => of('namespace: Acme\n')).toThrow(`${file}:1: namespace "Acme" must have up to 63`);
});
