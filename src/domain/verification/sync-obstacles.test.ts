import { expect, test } from 'vitest';
import type { Application } from '../cluster/application.ts';
import { applicationOf } from '../cluster/application.test-kit.ts';
import { syncObstacles } from './sync-obstacles.ts';

const now = 3_600_000;
const kinds = (said: Partial<Application>): readonly string[] =>
  syncObstacles(applicationOf(said), { now, branch: 'main' }).map(({ kind }) => kind);
const operation = (phase: string, minutes: number, message = '') => ({
  phase,
  message,
  startedAt: now - minutes * 60_000,
  finishedAt: undefined,
});
const condition = (type: string, message: string) => ({ type, message, lastTransitionAt: undefined });

test('an Application that syncs by itself has none', () => {
  expect(kinds({})).toEqual([]);
  expect(kinds({ targetRevision: 'HEAD', operation: operation('Running', 9) })).toEqual([]);
});

test.for([
  [{ syncPolicy: undefined }, 'manual_sync'],
  [{ syncPolicy: { automated: false, prune: true, selfHeal: true } }, 'manual_sync'],
  [{ operation: operation('Running', 11) }, 'stuck_operation'],
  [{ operation: operation('Failed', 1, 'one or more objects failed') }, 'failed_operation'],
  [{ conditions: [condition('SyncError', 'Blocked by sync window')] }, 'sync_window'],
  [{ operation: operation('Succeeded', 1, 'Sync window is closed') }, 'sync_window'],
  [{ healthStatus: 'Suspended' }, 'paused_rollout'],
  [{ targetRevision: 'release-1' }, 'other_branch'],
  [{ conditions: [condition('ComparisonError', 'cannot render')] }, 'condition'],
] as const)('%o is named', ([said, kind]) => {
  expect(kinds(said)).toEqual([kind]);
});

test('a canary that waits is named by its Rollout, and long words are cut', () => {
  const rollout = { kind: 'Rollout', healthStatus: 'Suspended' };
  const resource = { group: '', namespace: '', name: '', syncStatus: '', healthMessage: '', hookType: '' };
  expect(kinds({ resources: [{ ...resource, ...rollout, requiresPruning: false }] })).toEqual([
    'paused_rollout',
  ]);
  const [failed] = syncObstacles(applicationOf({ operation: operation('Error', 1, 'x\n'.repeat(999)) }), {
    now,
    branch: 'main',
  });
  expect(failed?.text.length).toBeLessThan(250);
  expect(failed?.text).not.toContain('\n');
});

test('a window that the agent knows is named with its times', () => {
  const message = 'a sync window is closed: it holds syncs back at 0 13 * * * for 2h';
  const [window] = syncObstacles(applicationOf({ conditions: [condition('SyncWindow', message)] }), {
    now,
    branch: 'main',
  });
  expect(window).toEqual({ kind: 'sync_window', text: `${message}; open it, or wait` });
});
