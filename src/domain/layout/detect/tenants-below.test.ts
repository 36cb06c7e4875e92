import { expect, test } from 'vitest';
import { namesIn } from './folder-names.ts';
import { folderTree } from './folder-tree.ts';
import { tenantsBelow } from './tenants-below.ts';

const services = new Set(['api', 'web', 'jobs', 'policies']);
const below = (places: Readonly<Record<string, readonly string[]>>) => {
  const found = Object.entries(places).map(([where, folders]) => {
    const [member = '', environment = ''] = where.split(' ');
    return {
      member,
      environment,
      folder: folderTree(
        folders.map((name) => `${name}/kustomization.yaml`),
        8,
      ),
    };
  });
  const total = found.reduce((sum, { folder }) => sum + folder.files, 0);
  return tenantsBelow(namesIn(found), services, total);
};

test('names under several services are tenants; a base beside them is none', () => {
  const found = below({ 'api prod': ['p01', 'p02', 'base'], 'web prod': ['p01', 'p02'] });
  expect(found?.others.map(({ name }) => name)).toEqual(['base']);
  expect(found?.evidence).toBe(1);
});

test('folders of a service that has no tenants in an environment are told of by service', () => {
  const found = below({
    'api prod': ['p01', 'p02', 'p03'],
    'web prod': ['p01', 'p02', 'p03', 'odd'],
    'policies prod': ['api', 'limits', 'quota'],
    'policies qa': ['limits'],
  });
  expect(found?.without).toEqual([{ environments: ['prod', 'qa'], services: ['policies'] }]);
  expect(found?.others.map(({ name }) => name)).toEqual(['odd']);
});

test('a new tenant in a single service is one if its name is like the others', () => {
  const found = below({
    'api prod': ['acme-1', 'acme-2', 'acme-3'],
    'web prod': ['acme-1', 'acme-2', 'acme-3', 'acme-9'],
  });
  expect(found?.others).toEqual([]);
});

test('names that hardly recur are no tenants', () => {
  expect(below({ 'api prod': ['a', 'b'], 'web prod': ['c', 'd'] })).toBeUndefined();
});
