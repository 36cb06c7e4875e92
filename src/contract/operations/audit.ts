import { auditCheckpoint, auditExportQuery, auditQuery, auditRow, auditVerdict } from '../audit.ts';
import { json, text } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { list, page } from '../primitives.ts';

export const auditOperations = {
  listAudit: {
    method: 'GET',
    path: '/audit',
    summary: 'The audit log, newest first',
    access: 'audit',
    about: 'instance',
    query: auditQuery,
    answer: json(page(auditRow)),
    refusals: [],
  },
  exportAudit: {
    method: 'GET',
    path: '/audit/export',
    summary: 'The audit log, oldest first, as JSON Lines or CSV; JSON Lines verify offline',
    access: 'audit',
    about: 'instance',
    query: auditExportQuery,
    answer: text('application/jsonl', 'text/csv; charset=utf-8'),
    refusals: [],
  },
  verifyAudit: {
    method: 'GET',
    path: '/audit/verify',
    summary: 'Walk the whole chain and its checkpoints',
    access: 'audit',
    about: 'instance',
    answer: json(auditVerdict),
    refusals: ['busy'],
  },
  listCheckpoints: {
    method: 'GET',
    path: '/audit/checkpoints',
    summary: 'Signed checkpoints of the chain, newest first, at most 1,000',
    access: 'audit',
    about: 'instance',
    answer: json(list(auditCheckpoint)),
    refusals: [],
  },
} as const satisfies Record<string, Operation>;
