import { expect, test } from 'vitest';
import { clusterPresence } from './cluster-presence.ts';

test.for([
  [0, 'connected'],
  [60, 'connected'],
  [61, 'lagging'],
  [300, 'lagging'],
  [301, 'offline'],
  // A clock that was set back does not make anybody late.
  [-900, 'connected'],
] as const)('an agent that was heard %d seconds ago is %s', ([seconds, presence]) => {
  expect(clusterPresence(1_000_000, 1_000_000 + seconds * 1000)).toBe(presence);
});

test('an agent that never came is waited for', () => {
  expect(clusterPresence(undefined, 5)).toBe('waiting');
});
