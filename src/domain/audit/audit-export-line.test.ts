import { expect, test } from 'vitest';
import { auditBeginning } from './audit-chain.ts';
import type { AuditRow } from './audit-entry.ts';
import { auditExportLine, checkpointExportLine } from './audit-export-line.ts';

const row: AuditRow = {
  entry: {
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
    projectId: undefined,
    requestId: undefined,
    flags: [],
    details: { b: 1, a: 'x\ny\u2028' },
  },
  prev: auditBeginning,
  hash: 'f'.repeat(64),
};

test('a row is one line whose parts stand where docs/audit.md says', () => {
  const line = auditExportLine(row);
  expect(line.slice(9, 73)).toBe(row.prev);
  expect(line.slice(83, 147)).toBe(row.hash);
  expect(line.slice(157, -2)).toBe(
    '{"action":"request.submitted","actor":{"accountId":"usr_1","credential":{"id":"ses_1","kind":"session"},' +
      '"name":"Jane","personId":"usr_1"},"at":5,"details":{"a":"x\\ny\u2028","b":1},"flags":[],' +
      '"object":{"id":"rbk-01","type":"request"},"seq":1}',
  );
  expect(line.indexOf('\n')).toBe(line.length - 1);
  expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify(row)));
});

test('a checkpoint is one line, its members in one order', () => {
  expect(checkpointExportLine({ signature: 'AA==', keyId: 'k', at: 5, hash: 'f', seq: 1 })).toBe(
    '{"checkpoint":{"seq":1,"hash":"f","at":5,"keyId":"k","signature":"AA=="}}\n',
  );
});
