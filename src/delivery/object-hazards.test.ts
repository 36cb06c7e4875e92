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

test('an autoscaler that stays beside what changes is seen, and one of another place is none', () => {
  const [scaler] = objects(
    object('HorizontalPodAutoscaler', '{ scaleTargetRef: { kind: Deployment, name: x } }', 'autoscaling/v2'),
  );
  const [was, is] = [2, 3].map((replicas) => objects(object('Deployment', `{ replicas: ${replicas} }`)));
  const codes = (beside: readonly GeneratedObject[]) =>
    objectHazards(was ?? [], is ?? [], beside).map(({ code }) => code);
  expect(codes(scaler ? [scaler] : [])).toEqual(['replicas_scaled']);
  expect(codes(scaler ? [{ ...scaler, place: 'c/d' }] : [])).toEqual([]);
});

test('the role of a binding, and data that says it is immutable, cannot change', () => {
  const binding = (role: string) =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: x }\nroleRef: { name: ${role} }\n`;
  expect(found(binding('a'), binding('b'))).toEqual([
    'field_immutable: RoleBinding x changes roleRef, which a cluster refuses in an object that is there',
  ]);
  const settings = (value: number, more = 'immutable: true\n') =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n${more}data: { a: "${value}" }\n`;
  expect(found(settings(1), settings(2))).toEqual([expect.stringContaining('ConfigMap x changes data')]);
  expect(found(settings(1, ''), settings(2))).toEqual([]);
});

test('a hook that is made anew for each sync may change, and one that is kept may not', () => {
  const job = (image: string, policy: string) =>
    `apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: x\n  annotations: { argocd.argoproj.io/hook: PreSync${policy} }\nspec: { template: { image: ${image} } }\n`;
  const all = (policy: string) => found(job('a', policy), job('b', policy));
  expect(all('')).toEqual([]);
  expect(all(', argocd.argoproj.io/hook-delete-policy: BeforeHookCreation')).toEqual([]);
  expect(all(', argocd.argoproj.io/hook-delete-policy: HookFailed')).toEqual([
    expect.stringContaining('Job x changes spec.template'),
  ]);
});
