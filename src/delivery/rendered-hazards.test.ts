import { expect, test } from 'vitest';
import { compareRendered } from './compare-rendered.ts';
import { collisionHazards, renderedHazards } from './rendered-hazards.ts';

const place = { tenant: 'acme', environment: 'production' };

const messages = (before: readonly string[], after: readonly string[], back = true): readonly string[] =>
  renderedHazards({ ...compareRendered(before, after), service: 'api', back }).map(({ message }) => message);

const external = 'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: db }\n';
const sealed = (value: string) =>
  `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: key }\nspec: { x: ${value} }\n`;
const hook = (tag: string) =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: { name: migrate, annotations: { helm.sh/hook: pre-upgrade } }\nspec: { template: { spec: { containers: [{ name: run, image: "acme/api:${tag}" }] } } }\n`;
const scaler =
  'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: a }\nspec: { scaleTargetRef: { kind: Deployment, name: api } }\n';
const deployment = (replicas: number, name = 'api') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec: { replicas: ${replicas} }\n`;

test('hooks, secrets and scaled replicas are seen in what was rendered, also beside what changes', () => {
  expect(
    messages(
      [external, scaler, sealed('new'), hook('v2'), deployment(2)],
      [external, scaler, sealed('old'), hook('v1'), deployment(3)],
    ),
  ).toEqual([
    'Deployment api sets replicas, which HorizontalPodAutoscaler a sets as well',
    expect.stringContaining('SealedSecret key in api: the values of then come back'),
    'ExternalSecret db: its values are not in Git and stay as they are',
    expect.stringContaining('Job migrate is a hook and runs an older image (acme/api:v2 → acme/api:v1)'),
  ]);
});

test('a release brings no old secret back, and an object that stays does not go away', () => {
  expect(messages([external, sealed('a')], [external, sealed('b')], false)).toEqual([]);
  expect(messages([external, scaler], [external, scaler])).toEqual([]);
  expect(messages([deployment(1)], [])).toEqual(['Deployment api goes away']);
});

test('an object that comes and that another service of the place makes is named with that service', () => {
  const { objects } = compareRendered([deployment(1)], [deployment(2), deployment(1, 'shared')]);
  const made = (service: string, name: string, environment = 'production', destination = environment) => ({
    place: { ...place, environment, service },
    destination,
    documents: [deployment(7, name)],
  });
  const mine = { place: { ...place, service: 'api' }, destination: 'production', objects };
  const hazards = (...others: readonly ReturnType<typeof made>[]) =>
    collisionHazards(mine, others).map(({ message }) => message);
  expect(hazards(made('api', 'shared'), made('web', 'shared'))).toEqual([
    'Deployment shared is made by web, too: each sync of one would undo the other',
  ]);
  // What was there already is left to be mended, and other places are other clusters or namespaces.
  expect(hazards(made('web', 'api'), made('web', 'shared-2'), made('web', 'shared', 'staging'))).toEqual([]);
  expect(hazards(made('web', 'shared', 'staging', 'production'))).toEqual([
    'Deployment shared is made by acme/staging/web, too: each sync of one would undo the other',
  ]);
});
