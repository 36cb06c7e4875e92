import { expect, test } from 'vitest';
import { generatorIn, smallShop } from '../../test/kit/generated-tree.ts';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { standingPins } from './standing-pins.ts';

const own = 'tenants/acme/production/api/variables.yaml';
const mark = (shared: string): string =>
  `# knowngood pin: rollback to aaaaaaaa keeps what ${shared} said then`;

function pinsIn(files: Readonly<Record<string, string>>, where: object = {}) {
  const trees = memoryTrees();
  return trees.run(standingPins(generatorIn(files).layout, trees.tree(files), where));
}

test('a pin is told with its place and what the shared file says now', () => {
  const files = {
    ...smallShop,
    'variables.yaml': 'LEVEL: debug\n',
    [own]: `OWN: 1\nLEVEL: info ${mark('variables.yaml')}\n`,
  };
  const pin = {
    tenant: 'acme',
    environment: 'production',
    service: 'api',
    file: own,
    line: 2,
    name: 'LEVEL',
    address: '#/LEVEL',
    value: 'info',
    target: 'aaaaaaaa',
    shared: 'variables.yaml',
    sharedNow: 'debug',
  };
  expect(pinsIn(files)).toEqual([pin]);
  expect(pinsIn(files, { tenant: 'acme', environment: 'production', service: 'api' })).toEqual([pin]);
  expect(pinsIn(files, { tenant: 'nobody' })).toEqual([]);
});

test('what the shared file no longer says, or cannot say, is absent', () => {
  const gone = { ...smallShop, [own]: `LEVEL: info ${mark('gone.yaml')}\n` };
  expect(pinsIn(gone)).toMatchObject([{ name: 'LEVEL', sharedNow: undefined }]);
  const broken = {
    ...smallShop,
    'variables.yaml': 'LEVEL: [\n',
    [own]: `LEVEL: info ${mark('variables.yaml')}\n`,
  };
  expect(pinsIn(broken)).toMatchObject([{ name: 'LEVEL', sharedNow: undefined }]);
});

test('a secret is told by its reference alone', () => {
  const files = {
    ...smallShop,
    'variables.yaml': 'LEVEL: { secretRef: { name: db, key: password } }\n',
    [own]: `LEVEL: info ${mark('variables.yaml')}\n`,
  };
  expect(pinsIn(files)).toMatchObject([{ sharedNow: { secretRef: { name: 'db', key: 'password' } } }]);
});
