import { expect, test } from 'vitest';
import { argoApplication } from '../../test/kit/cluster-objects.ts';
import { readAgentEnvelope } from '../contract/agent-v1/envelope.ts';
import type { KubeObject } from '../domain/drift/drift.ts';
import { readApplication } from './read-application.ts';

const read = (parts: Parameters<typeof argoApplication>[1]) =>
  readApplication(argoApplication('web', parts) as unknown as KubeObject);
const sync = (status: string, revision: string) => ({ sync: { status, revision } });

test('what runs is the revision of the comparison only when nothing differs', () => {
  expect(read({ status: sync('Synced', 'new') }).liveRevision).toBe('new');
  const history = [
    { id: 1, revision: 'older' },
    { id: 2, revision: 'old', deployedAt: '2026-11-20T13:00:00Z' },
  ];
  const behind = read({ status: { ...sync('OutOfSync', 'new'), history } });
  expect(behind).toMatchObject({ liveRevision: 'old', lastSyncedAt: '2026-11-20T13:00:00Z' });
  const operationState = { phase: 'Failed', syncResult: { revision: 'tried' } };
  expect(read({ status: { ...sync('OutOfSync', 'new'), operationState } }).liveRevision).toBe('tried');
  expect(read({ status: sync('OutOfSync', 'new') }).liveRevision).toBe('');
});

test('several sources are told, and the first stands for all', () => {
  const sources = [
    { repoURL: 'a', path: 'x', targetRevision: 'main' },
    { repoURL: 'b', chart: 'c' },
  ];
  const status = { sync: { status: 'Synced', revisions: ['r1', 'r2'] } };
  expect(read({ spec: { source: undefined, sources }, status })).toMatchObject({ liveRevision: 'r1' });
  const { repoUrl, sources: told } = readApplication({ spec: { sources } });
  expect([repoUrl, told?.length]).toEqual(['a', 2]);
});

test('automation is off when there is none, and when it is disabled', () => {
  const automated = (syncPolicy: object) => read({ spec: { syncPolicy } }).syncPolicy?.automated;
  expect([{}, { automated: {} }, { automated: { enabled: false } }].map(automated)).toEqual([
    false,
    true,
    false,
  ]);
});

test('resources are counted by what is wrong with them', () => {
  const resources = [
    { kind: 'Deployment', name: 'a', status: 'OutOfSync', health: { status: 'Degraded', message: 'm' } },
    { kind: 'Service', name: 'b', status: 'Synced', health: { status: 'Healthy' }, requiresPruning: true },
  ];
  expect(read({ status: { resources } })).toMatchObject({
    resourceCount: 2,
    outOfSyncResourceCount: 1,
    degradedResourceCount: 1,
    resources: [{ healthMessage: 'm' }, { requiresPruning: true }],
  });
});

test.for([
  {},
  { spec: 'x', status: 3, metadata: null },
  { metadata: { name: 'a\nb'.repeat(400) }, status: { reconciledAt: 'soon', history: [null, { id: -1 }] } },
  {
    status: {
      conditions: 'none',
      resources: [[], { name: {} }],
      operationState: { phase: 'Running', startedAt: 1 },
    },
  },
])('whatever an object holds, the hub understands what is told of it: %o', (object) => {
  const told = {
    argoApplicationStatus: { applications: [readApplication(object)] },
  };
  expect(readAgentEnvelope(JSON.parse(JSON.stringify(told)))).toMatchObject({ ok: true });
});
