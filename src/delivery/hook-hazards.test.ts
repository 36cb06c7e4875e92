import { expect, test } from 'vitest';
import { hookHazards } from './hook-hazards.ts';
import { objectsIn } from './objects-in.ts';

const job = (image: string, head = 'name: migrate, annotations: { argocd.argoproj.io/hook: PreSync }') => {
  const text = `kind: Job\nmetadata: { ${head} }\nspec: { template: { spec: { containers: [{ name: run, image: "${image}" }] } } }\n`;
  return objectsIn('job.yaml', text).map((value) => ({ path: 'job.yaml', value }));
};
const messages = (before: string, after: string, back: boolean, head?: string) =>
  hookHazards(job(before, head), job(after, head), back).map(({ message }) => message);

test('a hook whose image goes backwards is named with both images', () => {
  expect(messages('acme/api:v2', 'acme/api:v1', true)).toEqual([
    'Job migrate is a hook and runs an older image (acme/api:v2 → acme/api:v1); what the newer one did is not undone',
  ]);
  expect(messages('acme/api:v2', 'acme/api:v1', false)).toHaveLength(1);
});

test('going back, an image that says nothing of its age is an old one', () => {
  expect(messages('acme/api:main-2', 'acme/api:main-1', true)).toHaveLength(1);
  expect(messages('acme/api:main-2', 'acme/api:main-1', false)).toEqual([]);
});

test('a newer image, the same image, a new hook and what is no hook say nothing', () => {
  expect(messages('acme/api:v1', 'acme/api:v2', true)).toEqual([]);
  expect(messages('acme/api:v1', 'acme/api:v1', true)).toEqual([]);
  expect(messages('acme/api:v2', 'acme/api:v1', true, 'name: batch')).toEqual([]);
  expect(hookHazards([], job('acme/api:v1'), true)).toEqual([]);
});

test('hooks of Helm, and hooks that are named anew each time, are hooks', () => {
  const head = 'generateName: migrate-, annotations: { helm.sh/hook: pre-upgrade }';
  expect(messages('acme/api:v2', 'acme/api:v1', true, head)[0]).toContain('Job migrate-* is a hook');
});

test('Pods and init containers are looked at, too', () => {
  const pod = (image: string) => {
    const text = `kind: Pod\nmetadata: { name: a, annotations: { helm.sh/hook: test } }\nspec: { initContainers: [{ name: i, image: "${image}" }] }\n`;
    return objectsIn('pod.yaml', text).map((value) => ({ path: 'pod.yaml', value }));
  };
  expect(hookHazards(pod('a:2'), pod('a:1'), true)).toHaveLength(1);
});
