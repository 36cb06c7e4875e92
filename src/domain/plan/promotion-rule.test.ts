import { expect, test } from 'vitest';
import type { FieldChange, FieldValue } from '../../tree/fields/change.ts';
import { parseKeep } from './keep.ts';
import { carriedKinds } from './carried-kinds.ts';
import { whyStays } from './promotion-rule.ts';

const change = (address: string, after: FieldValue | undefined, before: FieldValue = 'x'): FieldChange => ({
  address,
  short: address,
  before,
  after,
  secret: false,
});
const rule = { from: 'staging', to: 'eu-production', carry: carriedKinds, keep: [] };
const staysIn = (file: string, address: string, after: FieldValue | undefined, before?: FieldValue) =>
  whyStays(rule, `a/${file}`, change(address, after, before))?.reason;

test.each<[string, string, FieldValue]>([
  ['service.yaml', '#/image/tag', 'v2'],
  ['service.yaml', '#/image/digest', 'sha256:0'],
  ['service.yaml', '#/image', { tag: 'v2' }],
  ['service.yaml', '#/binding/version', '1.2.3'],
  ['service.yaml', '#/values/LEVEL', 'debug'],
  ['variables.yaml', '#/LEVEL', 'debug'],
  ['values.yaml', '#/image/tag', 'v2'],
  ['values-base.yaml', '#/config/cache', 5],
  ['kustomization.yaml', '#/images/[name=api]/newTag', 'v2'],
  ['kustomization.yaml', '#/helmCharts/[name=x]/version', '2'],
  ['Chart.yaml', '#/dependencies/[name=x]/version', '2'],
  ['app.yaml', '#/spec/source/targetRevision', '2'],
  ['release.yaml', '#/spec/chart/spec/version', '2'],
  ['deployment.yaml', '@Deployment/a#/spec/template/spec/containers/[name=a]/image', 'a:2'],
])('in %s, %s is carried', (file, address, after) => {
  expect(staysIn(file, address, after)).toBeUndefined();
});

test.each<[string, string, FieldValue | undefined, string]>([
  ['service.yaml', '#/replicas', 5, 'it is no image'],
  ['service.yaml', '#/binding/source', 'bases/a', 'it is no image'],
  ['deployment.yaml', '#/spec/replicas', 5, 'it is no image'],
  ['kustomization.yaml', '#/patches/[path=a]', 'b', 'it is no image'],
  ['kustomization.yaml', '#/resources/[a]', 'b', 'it is no image'],
  ['Chart.yaml', '#/name', 'b', 'it is no image'],
  ['values.yaml', '#/minReplicas', 5, 'a setting called replicas'],
  ['values.yaml', '#/ingress/enabled', true, 'a setting called ingress'],
  ['service.yaml', '#/values/DB_HOST', 'db', 'a setting called host'],
  ['service.yaml', '#/values/TITLE', 'the staging shop', 'its value names staging'],
  ['service.yaml', '#/values/TITLE', 'x.eu-production.example', 'its value names eu-production'],
  ['variables.yaml', '#/PASSWORD', { secretRef: { name: 'a', key: 'b' } }, 'a secret belongs'],
  ['variables.yaml', '#/PASSWORD/secretRef/name', 'a', 'a secret belongs'],
  ['service.yaml', '#/values/LEVEL', undefined, 'staging does not have it'],
])('in %s, %s stays', (file, address, after, reason) => {
  expect(staysIn(file, address, after)).toContain(reason);
});

test('a remote base is carried when both pin it', () => {
  const address = '#/resources/[https://g.io/o]';
  expect(
    staysIn('kustomization.yaml', address, 'https://g.io/o?ref=2', 'https://g.io/o?ref=1'),
  ).toBeUndefined();
});

test('a keep pattern and a narrower choice hold back', () => {
  const kept = { ...rule, keep: [parseKeep('**/values.yaml#/image/**')] };
  expect(whyStays(kept, 'a/values.yaml', change('#/image/tag', 'v2'))?.pattern).toBe(
    '**/values.yaml#/image/**',
  );
  const images = { ...rule, carry: ['image'] as const };
  expect(whyStays(images, 'a/variables.yaml', change('#/A', 1))?.reason).toBe('promoted is only: image');
});
