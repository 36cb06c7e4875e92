import { expect, test } from 'vitest';
import { valueEntry, valuesNeeds } from './values-needs.ts';

const shared = (value: { readonly [key: string]: string | number | object }) => ({
  file: 'shared.yaml',
  value: JSON.parse(JSON.stringify(value)) as Readonly<Record<string, string>>,
});
const own = { file: 'own.yaml', value: { image: { pullPolicy: 'Always' } } };

/** What the own layer has to hold when a shared one was `past` and is `after` now. */
const needsOf = (past: Parameters<typeof shared>[0], after: Parameters<typeof shared>[0]) =>
  valuesNeeds({ after: [shared(after), own], past: [shared(past), own], own: 1 });

test('images and replicas that changed are needed at their own keys, however deep they lie', () => {
  const past = { replicaCount: 2, level: 'info', web: { image: { tag: 'v1' }, workerImage: 'a:1' } };
  const after = { replicaCount: 3, level: 'debug', web: { image: { tag: 'v2' }, workerImage: 'a:2' } };
  expect(needsOf(past, after)).toEqual({
    values: [
      { keys: ['replicaCount'], value: 2, now: 3, shared: 'shared.yaml' },
      { keys: ['web', 'image', 'tag'], value: 'v1', now: 'v2', shared: 'shared.yaml' },
      { keys: ['web', 'workerImage'], value: 'a:1', now: 'a:2', shared: 'shared.yaml' },
    ],
    unheld: [],
  });
});

test('what the own layer says itself is not needed', () => {
  const layers = (tag: string) => [
    shared({ image: { tag } }),
    { file: 'own.yaml', value: { image: { tag: 'x' } } },
  ];
  expect(valuesNeeds({ after: layers('v2'), past: layers('v1'), own: 1 })).toEqual({
    values: [],
    unheld: [],
  });
});

test('a later layer, a list and a key that is new cannot be held, and each is told', () => {
  const layers = (tag: string) => [own, shared({ image: { tag } })];
  expect(valuesNeeds({ after: layers('v2'), past: layers('v1'), own: 0 }).unheld).toEqual([
    { name: 'image.tag', reason: 'shared.yaml counts more than its own values' },
  ]);
  expect(needsOf({ jobs: [{ image: 'a:1' }] }, { jobs: [{ image: 'a:2' }] }).unheld).toEqual([
    { name: 'jobs', reason: 'it is a list, which is replaced whole' },
  ]);
  expect(needsOf({}, { replicas: 3 }).unheld).toMatchObject([{ name: 'replicas' }]);
});

test('an entry is written below its keys', () => {
  expect(valueEntry(['web', 'image', 'tag'], 'v1')).toBe('web:\n  image:\n    tag: v1');
  expect(valueEntry(['replicaCount'], 2)).toBe('replicaCount: 2');
  expect(valueEntry(['image', 'tag'], '1.10')).toBe('image:\n  tag: "1.10"');
});
