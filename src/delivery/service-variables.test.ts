import { expect, test } from 'vitest';
import { generatorIn, project, smallShop } from '../../test/kit/generated-tree.ts';
import { type TreeLiteral, memoryTrees } from '../../test/kit/memory-trees.ts';
import { type VariablesOf, serviceVariables } from './service-variables.ts';

const place = { tenant: 'acme', environment: 'production' };
const own = 'tenants/acme/production/api/variables.yaml';

function seenIn(files: TreeLiteral, where: VariablesOf = place) {
  const trees = memoryTrees();
  return trees.run(serviceVariables(generatorIn(files), trees.tree(files), where));
}

test('each variable says what it is, where it is set, and what it overrides', () => {
  const files = {
    ...smallShop,
    'variables.yaml': 'LEVEL: info\nURL: "https://{{hq.var.NAME}}/"\n',
    'environments/production/variables.yaml': 'LEVEL: warn\n',
    [own]: '# ours\nLEVEL: debug\nTAG: 1.10\nPASSWORD: { secretRef: { name: db, key: password } }\n',
  };
  const { variables, complete } = seenIn(files);
  expect(complete).toBe(true);
  expect(variables.map(({ service, origin, value }) => [service, origin.key, value])).toEqual([
    ['api', 'LEVEL', { kind: 'plain', value: 'debug', text: 'debug' }],
    ['api', 'NAME', { kind: 'plain', value: 'Acme', text: 'Acme' }],
    ['api', 'PASSWORD', { kind: 'secret', name: 'db', key: 'password' }],
    ['api', 'TAG', { kind: 'plain', value: 1.1, text: '1.10' }],
    ['api', 'URL', { kind: 'plain', value: 'https://Acme/', text: 'https://Acme/' }],
  ]);
  expect(variables[0]).toMatchObject({
    origin: { scope: 'service', file: own, line: 2 },
    overrides: [
      {
        scope: 'environment',
        file: 'environments/production/variables.yaml',
        line: 1,
        value: { text: 'warn' },
      },
      { scope: 'repository', file: 'variables.yaml', line: 1, value: { text: 'info' } },
    ],
  });
  expect(variables[1]).toMatchObject({ origin: { scope: 'tenant' }, overrides: [] });
});

test('only what is asked for is answered, and only for what is generated', () => {
  const files = {
    ...smallShop,
    'tenants/acme/production/web/service.yaml': 'kind: Service\n',
    'tenants/acme/production/notes/README.md': 'nothing is generated here\n',
  };
  const servicesIn = (where: VariablesOf): readonly string[] => [
    ...new Set(seenIn(files, where).variables.map(({ service }) => service)),
  ];
  expect(servicesIn(place)).toEqual(['api', 'web']);
  expect(servicesIn({ ...place, service: 'web' })).toEqual(['web']);
  expect(servicesIn({ ...place, service: 'notes' })).toEqual([]);
  expect(servicesIn({ ...place, environment: 'dev' })).toEqual([]);
});

test('a variable that cannot be filled is named with its file and line', () => {
  expect(() => seenIn({ ...smallShop, [own]: 'A: "{{hq.var.B}}"\nB: "{{hq.var.A}}"\n' })).toThrow(
    `${own}:1: variables go round in a circle: A → B → A`,
  );
});

test('where there are very many, the rest is asked for service by service', () => {
  const many = Array.from({ length: 2_000 }, (_, index) => `V${index}: ${index}\n`).join('');
  const files: Record<string, string> = { 'knowngood.yaml': project, 'variables.yaml': many };
  for (const name of ['a', 'b', 'c', 'd'])
    files[`tenants/acme/production/${name}/service.yaml`] = 'kind: Service\n';
  const { variables, complete } = seenIn(files);
  expect({ count: variables.length, complete }).toEqual({ count: 6_000, complete: false });
  expect(seenIn(files, { ...place, service: 'd' })).toMatchObject({ complete: true });
});
