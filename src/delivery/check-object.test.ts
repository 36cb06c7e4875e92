import { expect, test } from 'vitest';
import { validate as deployment } from 'kubernetes-models/_schemas/IoK8sApiAppsV1Deployment';
import { validate as cronJob } from 'kubernetes-models/_schemas/IoK8sApiBatchV1CronJob';
import { validate as service } from 'kubernetes-models/_schemas/IoK8sApiCoreV1Service';
import { type ValidateObject, objectFaults } from './check-object.ts';
import type { ManifestValue } from './manifest-set.ts';
import { objectsOf } from './rendered-object.ts';

const read = (text: string): ManifestValue => objectsOf(text)[0] ?? {};

const faultsOf = (value: ManifestValue, validate: ValidateObject) => objectFaults(value, validate).shown;

const web = (container: string, spec = ''): ManifestValue =>
  read(`apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { app: web, any/thing: goes }, creationTimestamp: null }
spec:
  selector: { matchLabels: { app: web } }
  ${spec}
  template:
    metadata: { labels: { app: web } }
    spec:
      volumes: [{ name: tmp, emptyDir: {} }, { name: conf, configMap: { name: a, items: [{ key: k, path: p }] } }]
      containers: [${container}]
status: {}
`);

const good =
  '{ name: web, image: "a:1", ports: [{ containerPort: 80 }], env: [{ name: A, valueFrom: { secretKeyRef: { name: a, key: k } } }], livenessProbe: { httpGet: { port: http } }, resources: { limits: { cpu: 0.5, memory: 1Gi } } }';

test('a good object has no faults, nor has one that says null or an empty mapping', () => {
  expect(faultsOf(web(good, 'replicas: 3'), deployment)).toEqual([]);
  expect(
    faultsOf(
      read(`apiVersion: batch/v1
kind: CronJob
metadata: { name: night }
spec: { schedule: "@daily", jobTemplate: { spec: { template: { spec: { containers: [${good}] } } } } }`),
      cronJob,
    ),
  ).toEqual([]);
});

test('an unknown field is named with the one that was meant, where one is near', () => {
  expect(faultsOf(web('{ name: web, imgae: "a:1" }', 'paused: true\n  zzzzzzz: 1'), deployment)).toEqual([
    'spec.zzzzzzz is no field of it',
    'spec.template.spec.containers[0].imgae is no field of it; did you mean image?',
  ]);
});

test('a wrong type, a missing field and a wrong quantity are named with what has to be there', () => {
  const faults = faultsOf(
    web(
      '{ image: "a:1", resources: { limits: { memory: much } }, env: [{ name: A, value: 1 }] }',
      'replicas: two',
    ),
    deployment,
  );
  expect(faults).toEqual([
    'spec.replicas has to be of type integer',
    'spec.template.spec.containers[0].name is missing',
    'spec.template.spec.containers[0].env[0].value has to be of type string',
    'spec.template.spec.containers[0].resources.limits.memory is no quantity',
  ]);
});

test('a choice that there is not names those that there are', () => {
  const text =
    'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { type: Outer, ports: [{ port: 80, targetPort: { a: 1 } }] }\n';
  expect(faultsOf(read(text), service)).toEqual([
    'spec.ports[0].targetPort has to be of type string or integer',
    'spec.type has to be one of ClusterIP, ExternalName, LoadBalancer, NodePort',
  ]);
});

test('an object with more values than anybody writes is not checked', () => {
  const many = Array.from({ length: 6000 }, () => '{ name: a }').join(', ');
  expect(faultsOf(web(many, 'replicas: two'), deployment)).toEqual([]);
});

test('all faults are counted, and as many as are asked for put into words', () => {
  const strange = Array.from({ length: 40 }, (_, index) => `imag${index}: a`).join(', ');
  const value = web(`{ name: web, ${strange} }`, 'replicas: two');
  expect(objectFaults(value, deployment, 2)).toEqual({
    shown: [
      'spec.replicas has to be of type integer',
      'spec.template.spec.containers[0].imag0 is no field of it; did you mean image?',
    ],
    count: 41,
  });
  expect(objectFaults(value, deployment, 1).shown).toHaveLength(1);
});
