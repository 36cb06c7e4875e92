import { expect, test } from 'vitest';
import type { DeploymentStatus } from '../deployment/deployment.ts';
import { type DeploymentFacts, chooseTarget } from './choose-target.ts';

const row = (revision: string, status: DeploymentStatus = 'success') => ({ revision, status, at: 0 });
const facts = (...all: readonly DeploymentFacts[]) => new Map(all.map((each) => [each.revision, each]));
const fact = (revision: string, said: Partial<DeploymentFacts>): DeploymentFacts => ({
  revision,
  mark: undefined,
  health: undefined,
  ...said,
});
const HOUR = 3_600_000;

test('without evidence it is the state before the last change, and that is thin', () => {
  expect(chooseTarget([row('c'), row('b'), row('a')], facts())).toMatchObject({
    revision: 'b',
    thin: true,
    evidence: [{ kind: 'before_last_change' }],
  });
});

test('the newest that is known to have worked is chosen, with what says so', () => {
  const known = facts(
    fact('b', { health: { healthyMilliseconds: HOUR - 1, endedBad: false } }),
    fact('a', { health: { healthyMilliseconds: 14 * HOUR, endedBad: false } }),
  );
  expect(chooseTarget([row('c'), row('b'), row('a')], known)).toEqual({
    revision: 'a',
    thin: false,
    evidence: [{ kind: 'healthy', text: 'clusters reported it healthy for 14 hours' }],
  });
  const marked = facts(...known.values(), fact('b', { mark: { word: 'good', by: 'bob' } }));
  expect(chooseTarget([row('c'), row('b'), row('a')], marked)).toMatchObject({
    revision: 'b',
    evidence: [{ kind: 'marked_good', text: 'bob marked it as good' }],
  });
});

test('what failed, was rolled back, was marked bad or ended badly is never chosen for its evidence', () => {
  const history = [row('e'), row('d', 'rolled_back'), row('c', 'failed'), row('b'), row('a')];
  const bad = facts(
    fact('b', { mark: { word: 'bad', by: 'bob' } }),
    fact('a', { health: { healthyMilliseconds: 9 * HOUR, endedBad: true } }),
  );
  expect(chooseTarget(history, bad)).toMatchObject({ revision: 'a', thin: true });
});

test('a first deployment has nothing to go back to', () => {
  expect(chooseTarget([row('a')], facts())).toBeUndefined();
  expect(chooseTarget([], facts())).toBeUndefined();
  expect(chooseTarget([row('b'), row('a', 'failed')], facts())).toBeUndefined();
});
