import { expect, test } from 'vitest';
import { type TreeLiteral, memoryTrees } from '../../../test/kit/memory-trees.ts';
import { diffTrees } from '../../tree/diff-trees.ts';
import { everything } from '../../tree/select.ts';
import { defaultTemplates, makeLayout } from '../layout/layout.ts';
import { readPlannedFields } from '../plan/field-file.ts';
import { changeKey } from '../plan/known-fields.ts';
import { parseKeep } from '../plan/keep.ts';
import { heldFields } from './held-fields.ts';

const layout = makeLayout(defaultTemplates);
const file = 'tenants/acme/production/api-gateway/service.yaml';

function held(before: TreeLiteral, after: TreeLiteral, ...also: readonly string[]) {
  const trees = memoryTrees();
  const changes = trees.run(diffTrees(trees.tree(before), trees.tree(after), everything));
  return trees.run(heldFields(layout, changes, { also: also.map(parseKeep) }));
}

test('the versions that went away are held, and nothing else', () => {
  const before = { [file]: 'image: { tag: v2.1.0 }\nreplicas: 5\n', 'variables.yaml': 'tag: v2\n' };
  const after = { [file]: 'image: { tag: v2.0.9 }\nreplicas: 3\n', 'variables.yaml': 'tag: v1\n' };
  expect(held(before, after)).toEqual([
    {
      tenant: 'acme',
      environment: 'production',
      service: 'api-gateway',
      file,
      address: `${file}#/image/tag`,
      field: 'image.tag',
      value: 'v2.1.0',
    },
  ]);
});

test('other fields are held where they are named, and no secret ever', () => {
  const before = {
    [file]: 'replicas: 5\nvalues: { LEVEL: debug, A: 1 }\nkind: Secret\ndata: { pw: eA== }\n',
  };
  const after = { [file]: 'replicas: 3\nvalues: { LEVEL: info, A: 2 }\nkind: Secret\ndata: { pw: eQ== }\n' };
  const fields = (...also: readonly string[]) =>
    held(before, after, ...also).map(({ field, value }) => [field, value]);
  expect(fields()).toEqual([]);
  expect(fields('**#/replicas', '**#/values/LEVEL', '**#/data')).toEqual([
    ['replicas', 5],
    ['values.LEVEL', 'debug'],
  ]);
  expect(fields('tenants/globex/**#/replicas')).toEqual([]);
});

test('generated files, new fields and files that are none follow from others or hold nothing', () => {
  const generated = 'delivery/acme/production/api-gateway/deployment.yaml';
  expect(held({ [generated]: 'image: a:2\n' }, { [generated]: 'image: a:1\n' })).toEqual([]);
  expect(held({ [file]: 'a: 1\n' }, { [file]: 'a: 1\nimage: x\n' })).toEqual([]);
  expect(held({ [file]: 'image: x\n' }, {})).toEqual([]);
  expect(held({ [file]: 'image: x\0' }, { [file]: 'image: y\0' })).toEqual([]);
});

test('a move of everything holds nothing', () => {
  const all = (tag: string): TreeLiteral =>
    Object.fromEntries(
      Array.from({ length: 501 }, (_, at) => [
        `tenants/acme/production/s${at}/service.yaml`,
        `tag: ${tag}\n`,
      ]),
    );
  expect(held(all('v2'), all('v1'))).toEqual([]);
});

test('what is known of a change already is not read again, and other changes are', () => {
  const trees = memoryTrees();
  const other = 'tenants/acme/production/search/service.yaml';
  const before = trees.tree({ [file]: 'image: x:2\n', [other]: 'image: y:2\n' });
  const after = trees.tree({ [file]: 'image: x:1\n', [other]: 'image: y:1\n' });
  const changes = trees.run(diffTrees(before, after, everything));
  const all = trees.run(heldFields(layout, changes));
  const [first] = changes;
  const known = new Map(first ? [[changeKey(first), trees.run(readPlannedFields([first]))]] : []);
  trees.asked.clear();
  expect(trees.run(heldFields(layout, changes, { known }))).toEqual(all);
  expect([...trees.asked]).toEqual([trees.oidOf('image: y:2\n'), trees.oidOf('image: y:1\n')]);
});
