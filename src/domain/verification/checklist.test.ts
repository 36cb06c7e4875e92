import { expect, test } from 'vitest';
import { checklistOf } from './checklist.ts';
import { observedOf } from './verification.test-kit.ts';
import { verifyRecovery } from './verify-recovery.ts';

const states = (
  applications: readonly ReturnType<typeof observedOf>[],
  { notes = 0, settle = 0, delivered = true } = {},
): string => {
  const facts = { now: 0, completedAt: 0, delivered, branch: 'main', silent: [], patience: 1000 };
  const verification = verifyRecovery({ ...facts, applications, settle });
  return checklistOf(verification, { commit: 'abc12345ff', notes })
    .map(({ key, state }) => `${key} ${state}`)
    .join(', ');
};

test('the five steps fill themselves', () => {
  expect(states([], { delivered: false })).toBe(
    'git waiting, sync unknown, health unknown, drift unknown, notes waiting',
  );
  expect(states([observedOf({}, { relation: 'behind', findings: [] })])).toBe(
    'git done, sync waiting, health waiting, drift waiting, notes waiting',
  );
  expect(states([observedOf({ healthStatus: 'Degraded' })])).toBe(
    'git done, sync done, health failed, drift unknown, notes waiting',
  );
  expect(states([observedOf({}, { findings: [{ kind: 'Deployment' }] })])).toBe(
    'git done, sync done, health waiting, drift failed, notes waiting',
  );
  expect(states([observedOf({}, { findings: [] })], { notes: 2 })).toBe(
    'git done, sync done, health done, drift done, notes done',
  );
  expect(states([observedOf()], { settle: 1 })).toContain('health waiting');
});

test('they are the steps of the page, in its order', () => {
  const verification = verifyRecovery({
    now: 0,
    completedAt: 0,
    delivered: true,
    branch: 'main',
    silent: [],
    patience: 1,
    applications: [],
    settle: 0,
  });
  expect(checklistOf(verification, { commit: '', notes: 1 }).map(({ title }) => title)).toEqual([
    'Verify Git state',
    'Check ArgoCD sync status',
    'Verify cluster health',
    'Review drift detection',
    'Document the incident',
  ]);
});

test('the health step says whether running images are as expected, or that nobody reports them', () => {
  const health = (...of: Parameters<typeof observedOf>): string | undefined => {
    const facts = { now: 0, completedAt: 0, delivered: true, branch: 'main', silent: [], patience: 1000 };
    const verification = verifyRecovery({ ...facts, applications: [observedOf(...of)], settle: 0 });
    return checklistOf(verification, { commit: 'abc', notes: 0 }).find(({ key }) => key === 'health')?.detail;
  };
  expect(health()).toBe('healthy, and stayed so; running images are not reported');
  expect(health({}, { images: {} })).toBe('healthy, and stayed so; the running image is as expected');
  expect(health({}, { images: { compared: 3 } })).toBe(
    'healthy, and stayed so; 3 running images are as expected',
  );
  const others = [{ workload: 'Deployment api', runs: 'api:v2', expected: 'v1' }];
  expect(health({}, { images: { others } })).toBe('argocd/api: Deployment api runs api:v2, not v1');
});
