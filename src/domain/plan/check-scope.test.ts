import { expect, test } from 'vitest';
import { memoryTrees } from '../../../test/kit/memory-trees.ts';
import { checkScope } from './check-scope.ts';
import { files, layout } from './scopes.test-kit.ts';

test.each([
  [{ tenant: 'acne', environment: 'production' }, 'there is no tenant acne; did you mean acme?'],
  [
    { tenant: 'acme', environment: 'prodution' },
    'tenant acme has no environment prodution; did you mean production?',
  ],
  [
    { tenant: 'acme', environment: 'production', service: 'wep' },
    'acme/production has no service wep; did you mean web?',
  ],
])('a name that is not there is refused with the nearest one: %j', (scope, message) => {
  const trees = memoryTrees();
  expect(() => trees.run(checkScope(layout, trees.tree(files), scope))).toThrow(message);
});

test('a scope that is there passes', () => {
  const trees = memoryTrees();
  const scope = { tenant: 'acme', environment: 'production', service: 'web' };
  expect(trees.run(checkScope(layout, trees.tree(files), scope))).toBeUndefined();
});
