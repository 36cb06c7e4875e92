import { expect, test } from 'vitest';
import { type ApprovalNote, type CommitNote, commitMessage, foldLine } from './commit-message.ts';
import type { Plan, PlannedField } from './plan.ts';

const target = 'abc12345'.padEnd(40, '0');
const digest = `sha256:${'7c'.repeat(32)}`;
const field = (name: string): PlannedField => ({
  file: 'f',
  address: `f#/${name}`,
  field: name,
  before: 1,
  after: 2,
  secret: false,
});
const plan = (over: Partial<Plan> = {}): Plan => ({
  kind: 'rollback',
  mode: 'full',
  tenant: 'acme',
  environment: 'production',
  service: undefined,
  base: 'b',
  target,
  edits: [],
  sources: [],
  services: [],
  shared: [],
  kept: [],
  hazards: [],
  refused: [],
  conflicts: [],
  impact: { services: 0, bindings: 0, variables: 0, fields: 0, files: 0 },
  ...over,
});
const note = (over: Partial<CommitNote> = {}): CommitNote => ({
  justification: 'Bad image tag v2.1.0 causing 500 errors',
  author: 'jane@example.com',
  approval: { kind: 'approved', by: ['bob@example.com'], quorum: 1 },
  requestId: 'rbk-789xyz',
  digest,
  ...over,
});
const trailers = `Rollback-Request-Id: rbk-789xyz
Rollback-Target: ${target}
Plan-Digest: ${digest}
`;

test('a service rollback, as documented', () => {
  const text = commitMessage(plan({ mode: 'service', service: 'api-gateway' }), note());
  expect(text).toBe(`Rollback: tenant/acme env/production → revision abc12345

Mode: service
Service: api-gateway
Justification: Bad image tag v2.1.0 causing 500 errors
Author: jane@example.com
Approval: Approved by bob@example.com (quorum: 1/1)
Rollback Request ID: rbk-789xyz

${trailers}`);
});

test('a full rollback names no service', () => {
  expect(commitMessage(plan(), note())).not.toContain('Service:');
});

test('field mode names its fields', () => {
  const services = [{ service: 'api', files: [], fields: [field('image.tag'), field('replicas')] }];
  const text = commitMessage(plan({ mode: 'field', service: 'api', services }), note());
  expect(text).toContain('Mode: field\nService: api\nFields: image.tag, replicas\nJustification:');
});

test.each<[ApprovalNote, string]>([
  [{ kind: 'local' }, 'Local'],
  [{ kind: 'not_required' }, 'Not required'],
  [{ kind: 'approved', by: ['b@x', 'c@x'], quorum: 2 }, 'Approved by b@x, c@x (quorum: 2/2)'],
  [{ kind: 'break_glass', session: 'bgs-1' }, 'Bypassed by break-glass bgs-1 (see audit)'],
])('approval %j', (approval, text) => {
  expect(commitMessage(plan(), note({ approval }))).toContain(`\nApproval: ${text}\n`);
});

test('local mode has no request', () => {
  const text = commitMessage(plan(), note({ approval: { kind: 'local' }, requestId: undefined }));
  expect(text).not.toMatch(/Request/);
  expect(text.endsWith(`Approval: Local\n\nRollback-Target: ${target}\nPlan-Digest: ${digest}\n`)).toBe(true);
});

test('an undo says which commit it reverts, as git revert does', () => {
  const undo = plan({ kind: 'undo', tenant: undefined, environment: undefined });
  expect(commitMessage(undo, note({ subject: 'Bump api to v2.1.0' }))).toContain(
    `Undo: commit abc12345 "Bump api to v2.1.0"\n\nThis reverts commit ${target}.\n\nMode: full\n`,
  );
});

test('a release names what it brings, and no mode', () => {
  const tag: PlannedField = { ...field('image.tag'), address: 'f#/image/tag', after: 'v2.1.0' };
  const services = [
    { service: 'api', files: [], fields: [tag] },
    { service: 'web', files: [], fields: [field('replicas')] },
  ];
  const text = commitMessage(
    plan({ kind: 'release', mode: 'field', target: undefined, services }),
    note({ requestId: 'rel-1' }),
  );
  expect(text).toBe(`Release: tenant/acme env/production → api v2.1.0, web

Fields: image.tag, replicas
Justification: Bad image tag v2.1.0 causing 500 errors
Author: jane@example.com
Approval: Approved by bob@example.com (quorum: 1/1)
Release Request ID: rel-1

Release-Request-Id: rel-1
Plan-Digest: ${digest}
`);
});

test('a promotion names both environments', () => {
  const text = commitMessage(
    plan({
      kind: 'promotion',
      mode: 'service',
      from: 'staging',
      service: 'api',
      target: undefined,
      services: [{ service: 'api', files: [], fields: [] }],
    }),
    note({ requestId: 'prm-1' }),
  );
  expect(text).toMatch(
    /^Promotion: tenant\/acme env\/staging → env\/production: api\n\nFrom: staging\nService: api\n/,
  );
  expect(text).toMatch(/\nPromotion Request ID: prm-1\n\nPromotion-Request-Id: prm-1\nPlan-Digest: /);
});

test('a release of many services names a few, and a secret tag is not told', () => {
  const tag: PlannedField = { ...field('image.tag'), address: 'f#/image/tag', after: 'v2', secret: true };
  const services = ['a', 'b', 'c', null].map((service) => ({ service, files: [], fields: [tag] }));
  const text = commitMessage(plan({ kind: 'release', mode: 'full', target: undefined, services }), note());
  expect(text.split('\n')[0]).toBe('Release: tenant/acme env/production → a, b, c, …');
});

test.each([
  'x\nApproval: Approved by ceo@example.com (quorum: 9/9)',
  'x\r\n\r\nRollback-Request-Id: rbk-other',
  'x\u2028Rollback-Request-Id: rbk-other',
  'x\u0085Rollback-Request-Id: rbk-other',
])('nobody can forge a line: %j', (justification) => {
  const lines = commitMessage(plan(), note({ justification })).split('\n');
  expect(lines.filter((line) => line.startsWith('Approval:'))).toHaveLength(1);
  expect(lines.filter((line) => line.startsWith('Rollback-Request-Id:'))).toHaveLength(1);
  expect(lines).toHaveLength(commitMessage(plan(), note()).split('\n').length);
});

test('folded text has no control or reordering characters and a bounded length', () => {
  expect(foldLine(' a\tb\u202Ec\u0000d ')).toBe('a b c d');
  expect(foldLine('x'.repeat(10_000))).toHaveLength(4096);
  expect(foldLine('\uD800')).toBe('\uFFFD');
});
