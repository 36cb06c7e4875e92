import { expect, test } from 'vitest';
import type { AgentEnvelope } from './envelope.ts';
import { readAgentEnvelope, readHubEnvelope } from './envelope.ts';
import { registerRequest, registerResponse } from './register.ts';

const ofAgent = (envelope: unknown) => readAgentEnvelope(JSON.parse(JSON.stringify(envelope)));

test('everything that Go leaves out is there again', () => {
  const sent: AgentEnvelope = {
    argoApplicationStatus: { timestamp: '2026-11-20T14:00:00.5Z', applications: [{ name: 'api' }] },
  };
  expect(ofAgent(sent)).toMatchObject({
    ok: true,
    value: {
      kind: 'argoApplicationStatus',
      message: {
        timestamp: Date.UTC(2026, 10, 20, 14, 0, 0, 500),
        applications: [
          {
            name: 'api',
            liveRevision: '',
            resourceCount: 0,
            resources: [],
            history: [],
          },
        ],
      },
    },
  });
});

test('lists of null, times of year one and times of other zones are understood', () => {
  const finding = { id: '1', detectedAt: '2026-11-20T16:00:00.123456789+02:00' };
  expect(ofAgent({ driftReport: { timestamp: '0001-01-01T00:00:00Z', findings: [finding] } })).toMatchObject({
    value: {
      message: { timestamp: undefined, findings: [{ detectedAt: Date.UTC(2026, 10, 20, 14, 0, 0, 123) }] },
    },
  });
  expect(ofAgent({ driftReport: { findings: null } })).toMatchObject({
    value: { message: { findings: [] } },
  });
});

test('a message of a newer protocol is no error, and nothing to act on', () => {
  expect(ofAgent({ weather: { rain: true } })).toEqual({ ok: true, value: undefined });
  expect(ofAgent({})).toEqual({ ok: true, value: undefined });
  expect(ofAgent({ heartbeat: { clusterId: 'c', mood: 'good' }, driftReport: null })).toMatchObject({
    value: { kind: 'heartbeat', message: { clusterId: 'c' } },
  });
});

test.for([
  [[], 'a message has to be a JSON object'],
  ['x', 'a message has to be a JSON object'],
  [null, 'a message has to be a JSON object'],
  [{ heartbeat: {}, driftReport: {} }, 'one message at a time: heartbeat, driftReport'],
  [{ heartbeat: 'x' }, 'heartbeat: Invalid input'],
  [{ heartbeat: { timestamp: 'now' } }, 'heartbeat.timestamp: must be a time'],
  [{ heartbeat: { clusterId: 'a\nb' } }, 'heartbeat.clusterId: must not hold control characters'],
  [{ heartbeat: { clusterId: 'a'.repeat(513) } }, 'heartbeat.clusterId: Too big'],
  [{ inventorySnapshot: {} }, 'inventorySnapshot.summary: Invalid input'],
  [
    { driftReport: { findings: Array.from({ length: 10_001 }, () => ({})) } },
    'driftReport.findings: Too big',
  ],
] as const)('%o is refused with a reason', ([envelope, reason]) => {
  const read = readAgentEnvelope(envelope);
  expect(read.ok ? '' : read.reason).toContain(reason);
});

test('names that every object has are no messages', () => {
  expect(ofAgent({ constructor: {} })).toEqual({ ok: true, value: undefined });
  expect(readAgentEnvelope(JSON.parse('{"__proto__":{}}'))).toEqual({ ok: true, value: undefined });
});

test('long prose is cut, so that one long message does not cost the whole report', () => {
  const read = ofAgent({ commandAck: { commandId: 'c', message: 'x'.repeat(9_000) } });
  expect(read).toMatchObject({ value: { message: { message: 'x'.repeat(4_000) } } });
});

test('what the hub sends is read by its key', () => {
  expect(readHubEnvelope({ rotateToken: { commandId: 'c', newToken: 't' } })).toMatchObject({
    value: { kind: 'rotateToken', message: { newToken: 't' } },
  });
  expect(readHubEnvelope({ ping: { timestamp: '2026-11-20T14:00:00Z' } })).toMatchObject({
    value: { kind: 'ping' },
  });
});

test('registering needs no more than a token', () => {
  expect(registerRequest.parse({ registrationToken: 't', cluster: {} })).toMatchObject({
    cluster: { name: '', capabilities: [], metadata: {} },
  });
  expect(registerResponse.parse({ agentToken: 't', clusterId: 'c' })).toMatchObject({
    statusIntervalSeconds: 0,
  });
});
