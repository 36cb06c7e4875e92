import { expect, test } from 'vitest';
import { autoscaledTargets, targetKey } from './autoscaled-targets.ts';

test('a target is told by kind, namespace and name', () => {
  const targets = autoscaledTargets([
    {
      metadata: { namespace: 'shop', name: 'any' },
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
    },
    { metadata: { namespace: 'shop' }, spec: {} },
    {},
  ]);
  expect([...targets]).toEqual([targetKey('Deployment', 'shop', 'web')]);
});
