import { expect, test } from 'vitest';
import { objectsOf } from '../delivery/rendered-object.ts';
import { schemaHazards } from './schema-hazards.ts';

const hazards = (...texts: readonly string[]) =>
  schemaHazards(texts.flatMap(objectsOf).map((value) => ({ path: 'a.yaml', value })));

test('an object of each built-in kind is checked by the schema of its kind, and says so with its file', async () => {
  const kinds = [
    'v1 ConfigMap, v1 PersistentVolumeClaim, v1 Service, v1 Secret, apps/v1 StatefulSet, apps/v1 DaemonSet',
    'autoscaling/v2 HorizontalPodAutoscaler, batch/v1 Job, networking.k8s.io/v1 Ingress',
    'networking.k8s.io/v1 NetworkPolicy, policy/v1 PodDisruptionBudget, rbac.authorization.k8s.io/v1 Role',
    'storage.k8s.io/v1 StorageClass, scheduling.k8s.io/v1 PriorityClass',
  ].flatMap((line) => line.split(', ').map((each) => each.split(' ')));
  for (const [apiVersion = '', kind = ''] of kinds) {
    const [found] = await hazards(
      `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: 7, nmae: a }\n`,
    );
    expect(found).toMatchObject({ code: 'object_invalid', blocking: false, paths: ['a.yaml'] });
    expect(found?.message).toContain('metadata.name has to be of type string');
    expect(found?.message).toContain('metadata.nmae is no field of it; did you mean name?');
  }
});

test('an object of another kind, or of an older version, is left alone', async () => {
  expect(
    await hazards(
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: 7 }\n',
      'apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: { name: 7 }\n',
      'apiVersion: shop.example.com/v1\nkind: Service\nmetadata: { name: a }\nspec: 7\n',
    ),
  ).toEqual([]);
});

test('values of a Secret are in no message', async () => {
  const [found] = await hazards(
    'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ndata: { password: hunter2 }\nstringData: { token: 7777 }\n',
  );
  expect(found?.message).toContain('data.password is no byte');
  expect(JSON.stringify(found)).not.toMatch(/hunter2|7777/);
});

test('more values than a server has time for are left alone, over all objects together', async () => {
  const labels = Array.from({ length: 4500 }, (_, index) => `l${index}: a`).join(', ');
  const large = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: 7, labels: { ${labels} } }\n`;
  const found = await hazards(
    ...Array.from({ length: 13 }, () => large),
    'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: 7\n',
  );
  expect(found.map(({ message }) => message.split(' ')[0])).toEqual([
    ...Array.from({ length: 11 }, () => 'ConfigMap'),
    'Pod',
  ]);
  const wide = Array.from({ length: 4000 }, (_, index) => `l${index}: a`).join('\n');
  const [strange] = await hazards(`apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n${wide}\n`);
  expect(strange?.message).toMatch(/: l0 is no field of it.*, and 3997 more$/);
});
