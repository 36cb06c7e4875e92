import { expect, test } from 'vitest';
import { noFacts } from '../cluster/cluster.ts';
import { dryRunObstacle } from './dry-run-obstacle.ts';

const able = { simulated: false, seenAt: 0, facts: { ...noFacts, capabilities: ['observe', 'k8s.dryrun'] } };

test('an agent that is heard and may ask can be asked, also when it lags', () => {
  expect(dryRunObstacle(able, 0)).toBeUndefined();
  expect(dryRunObstacle(able, 120_000)).toBeUndefined();
});

test.for([
  [{ simulated: true }, 'cluster', 'simulated'],
  [{ seenAt: undefined }, 'agent', 'no agent of it has reported yet'],
  [{ seenAt: -600_000 }, 'agent', 'its agent is offline'],
  [{ facts: { ...noFacts, capabilities: ['observe'] } }, 'role', '--server-dry-run'],
] as const)('with %o the layer %s is missing', ([change, layer, reason]) => {
  expect(dryRunObstacle({ ...able, ...change }, 0)).toMatchObject({
    layer,
    reason: expect.stringContaining(reason),
  });
});
