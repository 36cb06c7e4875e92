import { expect, test } from 'vitest';
import { auditBeginning, auditChainText } from './audit-chain.ts';
import type { AuditEntry } from './audit-entry.ts';

const entry: AuditEntry = {
  seq: 1,
  at: 5,
  actor: {
    personId: 'usr_1',
    accountId: 'usr_1',
    name: 'Jane',
    email: undefined,
    credential: { kind: 'session', id: 'ses_1' },
  },
  action: 'request.submitted',
  object: { type: 'request', id: 'rbk-01' },
  projectId: 'prj_1',
  requestId: undefined,
  flags: ['break_glass'],
  details: { b: [1, null], a: 'x\ny' },
};

test('the text is the same whatever the order of members, and whether they are absent or undefined', () => {
  const { requestId: _, ...rest } = entry;
  const turned = Object.fromEntries(Object.entries(rest).toReversed()) as unknown as AuditEntry;
  expect(auditChainText(auditBeginning, turned)).toBe(auditChainText(auditBeginning, entry));
});

test('the text spells out every member', () => {
  expect(auditChainText(auditBeginning, entry)).toBe(
    [
      'knowngood-audit-1',
      '0'.repeat(64),
      '{"action":"request.submitted","actor":{"accountId":"usr_1","credential":{"id":"ses_1","kind":"session"},' +
        '"name":"Jane","personId":"usr_1"},"at":5,"details":{"a":"x\\ny","b":[1,null]},"flags":["break_glass"],' +
        '"object":{"id":"rbk-01","type":"request"},"projectId":"prj_1","seq":1}',
      '',
    ].join('\n'),
  );
});

test('every change of an entry or of the row before it changes the text', () => {
  const text = auditChainText(auditBeginning, entry);
  const others: AuditEntry[] = [
    { ...entry, seq: 2 },
    { ...entry, at: 6 },
    { ...entry, flags: [] },
    { ...entry, requestId: 'x' },
    { ...entry, details: { ...entry.details, b: [null, 1] } },
    { ...entry, actor: { ...entry.actor, name: 'Joan' } },
  ];
  for (const other of others) expect(auditChainText(auditBeginning, other)).not.toBe(text);
  expect(auditChainText('1'.repeat(64), entry)).not.toBe(text);
});
