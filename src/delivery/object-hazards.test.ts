import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { ManifestValue } from './manifest-set.ts';
import { type GeneratedObject, objectHazards } from './object-hazards.ts';

const objects = (text: string): readonly GeneratedObject[] =>
  parseAllDocuments(text).map((document) => ({
    path: 'a.yaml',
    place: 'a/b',
    value: document.toJS() as ManifestValue,
  }));
const object = (kind: string, spec: string, apiVersion = 'v1'): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x }\nspec: ${spec}\n`;
const found = (before: string, after: string) =>
  objectHazards(objects(before), objects(after)).map(({ code, message }) => `${code}: ${message}`);

test('what stays as it is, and what changes as it may, is no hazard', () => {
  const deployment = object('Deployment', '{ replicas: 2, selector: { a: 1 } }', 'apps/v1');
  expect(found(deployment, deployment.replace('replicas: 2', 'replicas: 3'))).toEqual([]);
  expect(found('', deployment)).toEqual([]);
});

test.each([
  [
    'PersistentVolumeClaim',
    'PersistentVolumeClaim x goes away, and with it its data unless its volume is retained',
  ],
  ['CustomResourceDefinition', 'CustomResourceDefinition x goes away, and with it every object of its kind'],
  ['Application', 'Application x goes away, and with it what it manages where it cascades'],
  ['ConfigMap', 'ConfigMap x goes away'],
])('a %s that goes away is named with what goes along', (kind, message) => {
  expect(found(object(kind, '{}'), object('Secret', '{}'))).toEqual([`object_goes_away: ${message}`]);
});

test.each([
  [
    'Deployment',
    '{ selector: { a: 1 } }',
    '{ selector: { a: 2 } }',
    'changes spec.selector, which a cluster refuses',
  ],
  [
    'StatefulSet',
    '{ volumeClaimTemplates: [1] }',
    '{ volumeClaimTemplates: [2] }',
    'changes spec.volumeClaimTemplates',
  ],
  ['Service', '{ clusterIP: 10.0.0.1 }', '{ clusterIP: None }', 'changes spec.clusterIP'],
  ['Job', '{ template: { a: 1 } }', '{ template: { a: 2 } }', 'changes spec.template'],
])('a %s with another fixed field is refused by a cluster', (kind, before, after, message) => {
  const all = found(object(kind, before), object(kind, after));
  expect(all).toEqual([expect.stringContaining(`field_immutable: ${kind} x ${message}`)]);
});

test('volumes only grow, whatever the unit', () => {
  const claim = (size: string) =>
    object('PersistentVolumeClaim', `{ resources: { requests: { storage: ${size} } } }`);
  expect(found(claim('2Gi'), claim('1500Mi'))).toEqual([
    'volume_shrinks: PersistentVolumeClaim x asks for less storage, and volumes only grow',
  ]);
  expect(found(claim('1Gi'), claim('1.5Gi'))).toEqual([]);
  expect(found(claim('1Gi'), claim('odd'))).toEqual([]);
});

test('replicas that an autoscaler sets are named', () => {
  const scaler = object(
    'HorizontalPodAutoscaler',
    '{ scaleTargetRef: { kind: Deployment, name: x } }',
    'autoscaling/v2',
  );
  const both = (replicas: number) =>
    `${object('Deployment', `{ replicas: ${replicas} }`, 'apps/v1')}---\n${scaler}`;
  expect(found(both(2), both(3))).toEqual([
    'replicas_scaled: Deployment x sets replicas, which HorizontalPodAutoscaler x sets as well',
  ]);
});

test('objects of another tenant-environment are others', () => {
  const [one] = objects(object('ConfigMap', '{}'));
  const elsewhere = one && { ...one, place: 'c/d' };
  expect(objectHazards(one ? [one] : [], elsewhere ? [elsewhere] : [])).toMatchObject([
    { code: 'object_goes_away' },
  ]);
});

test('a definition that changes concerns every object of its kind', () => {
  const all = found(
    object('CustomResourceDefinition', '{ a: 1 }'),
    object('CustomResourceDefinition', '{ a: 2 }'),
  );
  expect(all).toEqual([
    'definition_changes: CustomResourceDefinition x changes for every object of its kind',
  ]);
});
