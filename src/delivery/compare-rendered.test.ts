import { expect, test } from 'vitest';
import { compareRendered } from './compare-rendered.ts';

const deployment = (image: string, name = 'api'): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n  image: ${image}\n`;

test('objects come, go, change or stay, and each has its text', () => {
  const { objects, unchanged } = compareRendered(
    [deployment('a:1'), deployment('x', 'same'), deployment('x', 'old')],
    [deployment('a:2'), deployment('x', 'same'), deployment('x', 'new')],
  );
  expect(unchanged).toBe(1);
  expect(objects.map(({ change, kind, namespace, name }) => [change, kind, namespace, name])).toEqual([
    ['changed', 'Deployment', 'shop', 'api'],
    ['added', 'Deployment', 'shop', 'new'],
    ['removed', 'Deployment', 'shop', 'old'],
  ]);
  expect(objects[0]).toMatchObject({
    before: expect.stringContaining('image: a:1'),
    after: expect.stringContaining('image: a:2'),
  });
  expect(objects[1]).toMatchObject({ before: undefined, hidden: false });
});

test('order of keys, comments and the style of a text change nothing', () => {
  const other =
    '# new\nkind: "Deployment"\napiVersion: apps/v1\nspec: {image: "a:1"}\nmetadata: {namespace: shop, name: api}\n';
  expect(compareRendered([deployment('a:1')], [other])).toMatchObject({ objects: [], unchanged: 1 });
});

test('an object with another version of its API is the same object', () => {
  const old = 'apiVersion: autoscaling/v1\nkind: HorizontalPodAutoscaler\nmetadata: { name: a }\n';
  const { objects } = compareRendered([old], [old.replace('/v1', '/v2')]);
  expect(objects).toMatchObject([{ change: 'changed', apiVersion: 'autoscaling/v2' }]);
});

test('secret values are never in the texts', () => {
  const secret = (value: string): string =>
    `apiVersion: v1\nkind: Secret\nmetadata: { name: db }\nstringData: { password: ${value} }\n`;
  const text = JSON.stringify(compareRendered([secret('hunter2')], [secret('swordfish')]).objects);
  expect(text).not.toMatch(/hunter2|swordfish/);
  expect(text).toContain('(secret, another)');
});

test('an object that is too long is named and not shown; a name that the cluster completes is begun', () => {
  const long = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { x: ${'y'.repeat(70_000)} }\n`;
  expect(compareRendered([], [long]).objects).toMatchObject([{ name: 'a', hidden: true, after: undefined }]);
  const job = 'apiVersion: batch/v1\nkind: Job\nmetadata: { generateName: migrate- }\n';
  expect(compareRendered([], [job]).objects).toMatchObject([{ name: 'migrate-*' }]);
});

test('an autoscaler that stays is still known, for hazards', () => {
  const scaler = 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: a }\n';
  expect(compareRendered([scaler], [scaler, deployment('a:1')]).beside.map(({ kind }) => kind)).toEqual([
    'HorizontalPodAutoscaler',
  ]);
});
