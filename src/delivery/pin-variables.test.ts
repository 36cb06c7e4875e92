import fc from 'fast-check';
import { expect, test } from 'vitest';
import { generatedIn, generatorIn, regenerated, smallShop } from '../../test/kit/generated-tree.ts';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { writePins } from '../domain/pin/write-pins.ts';
import { pinVariables } from './pin-variables.ts';

const api = 'tenants/acme/production/api/service.yaml';
const own = 'tenants/acme/production/api/variables.yaml';

/** The pins of acme/production for what is there now, and for what was there then. */
function pinsOf(
  now: Readonly<Record<string, string>>,
  then: Readonly<Record<string, string>>,
  more: object = {},
) {
  const trees = memoryTrees();
  const place = { tenant: 'acme', environment: 'production', service: undefined, ...more };
  return trees.run(
    pinVariables(generatorIn(now), { ...place, after: trees.tree(now), target: trees.tree(then) }),
  );
}

test('a variable that a service asks for is pinned in its folder, and others are not', () => {
  const now = { ...smallShop, 'variables.yaml': 'LEVEL: debug\nOTHER: 1\n' };
  expect(pinsOf(now, smallShop)).toEqual({
    pins: [
      {
        service: 'api',
        file: own,
        address: '#/LEVEL',
        name: 'LEVEL',
        value: 'info',
        shared: 'variables.yaml',
        now: 'debug',
        entry: 'LEVEL: info',
      },
    ],
    unpinned: [],
  });
  expect(pinsOf(now, smallShop, { service: 'other' }).pins).toEqual([]);
  expect(pinsOf(now, smallShop, { names: new Set(['OTHER']) }).pins).toEqual([]);
  expect(pinsOf(smallShop, smallShop).pins).toEqual([]);
});

test('a service that cannot be generated gets no pins; it is refused where it would be written', () => {
  const now = { ...smallShop, 'variables.yaml': 'LEVEL: debug\n', [api]: 'kind: Nothing\n' };
  expect(pinsOf(now, smallShop)).toEqual({ pins: [], unpinned: [] });
});

const word = fc.constantFrom('info', 'debug', '1.10', '"5"', 'true', '"a: b"', '"{{hq.var.NAME}}-x"');
const shared = fc.record({
  'variables.yaml': fc.record({ LEVEL: word, NAME: fc.constantFrom('one', 'two') }),
  'environments/production/variables.yaml': fc.option(fc.record({ LEVEL: word })),
  'tenants/acme/variables.yaml': fc.option(fc.record({ NAME: fc.constantFrom('three', 'four') })),
});
const textOf = (variables: object | null): string =>
  Object.entries(variables ?? {})
    .map(([key, value]) => `${key}: ${String(value)}\n`)
    .join('');
const shopWith = (variables: object) => ({
  ...smallShop,
  ...Object.fromEntries(Object.entries(variables).map(([path, of]) => [path, textOf(of as object | null)])),
});
const below = (files: Readonly<Record<string, string>>, tenant: string) =>
  Object.entries(generatedIn(files)).filter(([path]) => path.includes(`/${tenant}/`));

test('with its pins a tenant-environment is generated as it was, byte for byte, and nobody else changes', () => {
  fc.assert(
    fc.property(shared, shared, (past, present) => {
      const then = regenerated(shopWith(past));
      const now = regenerated(shopWith(present));
      const { pins, unpinned } = pinsOf(now, then);
      expect(unpinned).toEqual([]);
      const text = writePins(now[own], pins, 'a'.repeat(40)).text;
      const after = regenerated({ ...now, ...(text === undefined ? {} : { [own]: text }) }, now);
      expect(below(after, 'acme')).toEqual(below(then, 'acme'));
      expect(below(after, 'globex')).toEqual(below(now, 'globex'));
    }),
    { numRuns: 60 },
  );
});
