import { expect, test } from 'vitest';
import type { AgentEnvelope } from '../contract/agent-v1/envelope.ts';
import { fitMessage } from './fit-message.ts';

const resource = (name: string, healthStatus: string) => ({
  kind: 'Deployment',
  name,
  syncStatus: 'Synced',
  healthStatus,
});
const shop: AgentEnvelope = {
  argoApplicationStatus: {
    applications: [
      {
        name: 'shop',
        resourceCount: 101,
        resources: [
          ...Array.from({ length: 100 }, (_, at) => resource(`well-${at}`, 'Healthy')),
          resource('bad', 'Degraded'),
        ],
      },
    ],
  },
};
const bytes = (envelope: unknown): number => Buffer.byteLength(JSON.stringify(envelope));

test('what fits is left as it is', () => {
  expect(fitMessage(shop, bytes(shop))).toBe(shop);
  const heartbeat = { heartbeat: { clusterId: 'ü'.repeat(100) } };
  expect(fitMessage(heartbeat, bytes(heartbeat) - 1)).toBeUndefined();
});

test('of an Application the resources that are well go first, and its numbers stay', () => {
  expect(fitMessage(shop, 300)).toEqual({
    argoApplicationStatus: {
      applications: [{ name: 'shop', resourceCount: 101, resources: [resource('bad', 'Degraded')] }],
    },
  });
  expect(fitMessage(shop, 150)).toMatchObject({
    argoApplicationStatus: { applications: [{ name: 'shop', resources: [] }] },
  });
  expect(fitMessage(shop, 50)).toBeUndefined();
});

test('of lists that nobody reads to the end the first part is told', () => {
  const findings = Array.from({ length: 64 }, (_, at) => ({ id: `finding-${at}` }));
  expect(fitMessage({ driftReport: { findings } }, 500)).toMatchObject({
    driftReport: { findings: findings.slice(0, 16) },
  });
  expect(fitMessage({ driftReport: { findings } }, 20)).toBeUndefined();
  const resources = Array.from({ length: 64 }, (_, at) => ({ name: `workload-${at}` }));
  const told = fitMessage({ inventorySnapshot: { summary: { podCount: 64 }, resources } }, 500);
  expect(told).toMatchObject({
    inventorySnapshot: { summary: { podCount: 64 }, resources: resources.slice(0, 16) },
  });
});
