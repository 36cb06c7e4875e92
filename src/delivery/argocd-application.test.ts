import { expect, test } from 'vitest';
import { readArgoCd } from '../domain/layout/argocd-settings.ts';
import { argocdApplication } from './argocd-application.ts';
import type { ServiceBinding } from './service-file.ts';

const at = { file: 'service.yaml', line: 1 };
const place = { tenant: 'acme', environment: 'production', service: 'api' };
const settings = readArgoCd({
  repoURL: 'https://hub.example.com/git/shop.git',
  targetRevision: 'main',
  syncPolicy: { automated: { prune: true } },
  environments: { production: { syncPolicy: { syncOptions: ['CreateNamespace=true'] }, project: 'live' } },
});
const application = (binding: ServiceBinding, where = place) => {
  if (!settings) throw new Error('there are settings');
  return argocdApplication({
    name: 'acme-production-api',
    place: where,
    settings,
    environment: { namespace: 'shop', cluster: 'eu-west-1' },
    binding,
    output: `delivery/${where.tenant}/${where.environment}/${where.service}`,
  });
};
const source = { at, path: 'bases/api' };
const manifests: ServiceBinding = { type: 'manifests', source, workload: undefined };

test('manifests are read from the generated folder, with the policy of the environment', () => {
  expect(application(manifests)).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: 'acme-production-api',
      namespace: 'argocd',
      annotations: {
        'knowngood.dev/tenant': 'acme',
        'knowngood.dev/environment': 'production',
        'knowngood.dev/service': 'api',
      },
    },
    spec: {
      project: 'live',
      destination: { name: 'eu-west-1', namespace: 'shop' },
      source: {
        repoURL: 'https://hub.example.com/git/shop.git',
        targetRevision: 'main',
        path: 'delivery/acme/production/api',
        directory: { recurse: true },
      },
      syncPolicy: { syncOptions: ['CreateNamespace=true'] },
    },
  });
  expect(application(manifests, { ...place, environment: 'dev' })).toMatchObject({
    spec: { project: 'default', syncPolicy: { automated: { prune: true } } },
  });
});

test('a published chart is one source, and its values are another', () => {
  const chart = { repository: 'oci://images.example.com/charts', name: 'redis', version: '1.2.3' };
  expect(application({ type: 'helm', chart, release: undefined, values: [] })).toMatchObject({
    spec: {
      sources: [
        {
          repoURL: 'images.example.com/charts',
          chart: 'redis',
          targetRevision: '1.2.3',
          helm: { releaseName: 'api', valueFiles: ['$values/delivery/acme/production/api/values.yaml'] },
        },
        { repoURL: 'https://hub.example.com/git/shop.git', targetRevision: 'main', ref: 'values' },
      ],
    },
  });
  expect(application({ type: 'helm', chart: source, release: 'r', values: [] })).toMatchObject({
    spec: { sources: [{ path: 'bases/api', helm: { releaseName: 'r' } }, { ref: 'values' }] },
  });
});
