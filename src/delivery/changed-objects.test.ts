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
  const changes = trees.run(diffTrees(trees.tree(before), trees.tree(after), everything));
  const changed = trees.run(changedObjects(layout, changes));
  return objectHazards(changed.before, changed.after);
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
