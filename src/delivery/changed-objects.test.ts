import { expect, test } from 'vitest';
import { generatorIn, regenerated, smallShop } from '../../test/kit/generated-tree.ts';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { diffTrees } from '../tree/diff-trees.ts';
import { everything } from '../tree/select.ts';
import { changedObjects } from './changed-objects.ts';
import { objectHazards } from './object-hazards.ts';

const hazards = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) => {
  const trees = memoryTrees();
  const { layout } = generatorIn(before);
  const there = trees.tree(after);
  const changes = trees.run(diffTrees(trees.tree(before), there, everything));
  const changed = trees.run(changedObjects(layout, changes, there));
  return objectHazards(changed.before, changed.after, changed.beside);
};

test('a service that goes away names its objects and its Application', () => {
  const before = regenerated(smallShop);
  const rest = Object.entries(before).filter(([path]) => !path.startsWith('tenants/acme/production/api/'));
  const after = regenerated(Object.fromEntries(rest), before);
  expect(hazards(before, after).map(({ message }) => message)).toEqual([
    'Application acme-production-api goes away, and with it what it manages where it cascades',
    'Deployment api goes away',
  ]);
  expect(hazards(before, before)).toEqual([]);
});

test('an object that moves to another file stays, and what cannot be read says nothing', () => {
  const before: Record<string, string> = {
    ...regenerated(smallShop),
    'delivery/acme/production/x/a.yaml': 'a: [\n',
  };
  const folder = 'delivery/acme/production/api/';
  const moved = Object.fromEntries(
    Object.entries(before).map(([path, text]) => [
      path.replace(`${folder}deployment`, `${folder}moved`),
      text,
    ]),
  );
  expect(hazards(before, moved)).toEqual([]);
});

test('an autoscaler in a file of its own, which stays, is seen beside the replicas that change', () => {
  const scaler =
    'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: api }\nspec: { scaleTargetRef: { kind: Deployment, name: api } }\n';
  const service = 'tenants/acme/production/api/service.yaml';
  const before = regenerated({ ...smallShop, 'plain/api/scaler.yaml': scaler });
  const after = regenerated(
    { ...before, [service]: (before[service] ?? '').replace('replicas: 2', 'replicas: 3') },
    before,
  );
  expect(hazards(before, after).map(({ message }) => message)).toEqual([
    'Deployment api sets replicas, which HorizontalPodAutoscaler api sets as well',
  ]);
});
