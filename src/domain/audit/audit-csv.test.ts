import { expect, test } from 'vitest';
import { auditCsvHead, auditCsvLine } from './audit-csv.ts';
import type { AuditRow } from './audit-entry.ts';

const row = (name: string): AuditRow => ({
  entry: {
    seq: 1,
    at: 0,
    actor: {
      personId: 'p',
      accountId: 'p',
      name,
      email: undefined,
      credential: { kind: 'session', id: 's' },
    },
    action: 'request.submitted',
    object: { type: 'request', id: 'rbk-1' },
    projectId: 'prj_1',
    requestId: 'rbk-1',
    flags: ['break_glass'],
    details: { a: 'x,"y"' },
  },
  prev: '0',
  hash: '1',
});

test('a row has as many cells as the head has names', () => {
  const line = auditCsvLine(row('jane'));
  expect(line).toBe(
    '1,1970-01-01T00:00:00Z,request.submitted,request,rbk-1,jane,,session s,prj_1,rbk-1,break_glass,"{""a"":""x,\\""y\\""""}",0,1\r\n',
  );
  expect(auditCsvHead.split(',')).toHaveLength(14);
});

test.each(['=cmd|1', '+1', '-1', '@x', '\tx'])('no cell is a formula: %j', (name) => {
  expect(auditCsvLine(row(name))).toContain(`'${name}`);
});
