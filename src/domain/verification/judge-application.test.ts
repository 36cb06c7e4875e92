import { expect, test } from 'vitest';
import type { ApplicationResource } from '../cluster/application.ts';
import { judgeApplication } from './judge-application.ts';
import { observedOf } from './verification.test-kit.ts';

const at = { now: 1_000_000, branch: 'main' };
const judged = (...said: Parameters<typeof observedOf>): string => {
  const { stage, reason } = judgeApplication(observedOf(...said), at);
  return reason === '' ? stage : `${stage}: ${reason}`;
};
const resource = (said: Partial<ApplicationResource>): ApplicationResource => ({
  group: 'apps',
  kind: 'Deployment',
  namespace: 'acme',
  name: 'api',
  syncStatus: 'Synced',
  healthStatus: 'Healthy',
  healthMessage: '',
  hookType: '',
  requiresPruning: false,
  ...said,
});
const done = { phase: 'Succeeded', message: '', startedAt: 10, finishedAt: 20 };

test('an Application that runs our tree, in sync and well, is healthy', () => {
  expect(judged({})).toBe('healthy');
  expect(judged({ operation: done, reconciledAt: 20 })).toBe('healthy');
  expect(
    judged({ resources: [resource({}), resource({ hookType: 'PreSync', healthStatus: 'Missing' })] }),
  ).toBe('healthy');
});

test('what it runs is compared by content, never by its word Synced', () => {
  expect(judged({ liveRevision: 'a'.repeat(40) }, { relation: 'behind' })).toBe(
    'delivered: it still runs aaaaaaaa',
  );
  expect(judged({ liveRevision: 'b'.repeat(40) }, { relation: 'unknown' })).toBe(
    'delivered: it runs bbbbbbbb, which this repository does not have',
  );
});

test.for([
  [{ syncStatus: 'OutOfSync', outOfSyncResourceCount: 1 }, 'delivered: it is OutOfSync: 1 resource differs'],
  [{ syncStatus: '' }, 'delivered: it is of unknown sync: 0 resources differ'],
  [{ operation: { ...done, phase: 'Running' } }, 'delivered: a sync is running'],
  [{ operation: done, reconciledAt: 19 }, 'delivered: Argo CD has not looked at the cluster since its sync'],
  [{ operation: done }, 'delivered: Argo CD has not looked at the cluster since its sync'],
  [{ healthStatus: 'Degraded' }, 'synced: it is Degraded'],
  [{ healthStatus: '' }, 'synced: it is of unknown health'],
  [{ degradedResourceCount: 2 }, 'synced: 2 resources are degraded'],
  [{ outOfSyncResourceCount: 1 }, 'synced: 1 resource differs'],
  [{ resources: [resource({ healthStatus: 'Progressing' })] }, 'synced: Deployment api is Progressing'],
] as const)('%o is %s', ([said, expected]) => {
  expect(judged(said)).toBe(expected);
});

test('drift of what it manages keeps it from being healthy; no drift, or none reported, does not', () => {
  const finding = { kind: 'Deployment', name: 'api', summary: 'replicas are 5, not 3' };
  expect(judged({}, { findings: [finding] })).toBe('synced: Deployment api drifts: replicas are 5, not 3');
  expect(judged({}, { findings: [] })).toBe('healthy');
});

test('what is in the way is named until it is well', () => {
  const manual = { syncPolicy: undefined };
  const evidence = judgeApplication(observedOf(manual, { relation: 'behind' }), at);
  expect(evidence.obstacles.map(({ kind }) => kind)).toEqual(['manual_sync']);
  expect(judgeApplication(observedOf(manual), at).obstacles).toEqual([]);
});

test('an image that the commit does not ask for keeps it from being healthy, once the inventory is newer than the sync', () => {
  const images = { others: [{ workload: 'Deployment api', runs: 'api:v2', expected: 'v1' }] };
  expect(judged({}, { images })).toBe('synced: Deployment api runs api:v2, not v1');
  expect(judged({ operation: done, reconciledAt: 20 }, { images: { ...images, reportedAt: 19 } })).toBe(
    'healthy',
  );
  expect(judged({ operation: done, reconciledAt: 20 }, { images: { ...images, reportedAt: 20 } })).toBe(
    'synced: Deployment api runs api:v2, not v1',
  );
  expect(judged({}, { images: { compared: 2 } })).toBe('healthy');
});
