import { z } from 'zod';
import { cursor, id, personRef, slug, timestamp } from './primitives.ts';

export const auditRow = z
  .object({
    seq: z.int(),
    at: timestamp,
    actor: personRef,
    credential: z.object({ kind: z.string(), id: z.string() }),
    action: z.string(),
    object: z.object({ type: z.string(), id: z.string() }),
    project: z.string().nullable(),
    requestId: z.string().nullable(),
    flags: z.array(z.string()),
    details: z.record(z.string(), z.json()),
    prev: z.string(),
    hash: z.string(),
  })
  .meta({ id: 'AuditRow' });
export type WireAuditRow = z.input<typeof auditRow>;

const moment = z.iso.datetime({ offset: true });

/** What an audit list or export is about; everything given must hold. */
export const auditFilter = {
  project: slug.optional(),
  actor: id.optional(),
  action: z.string().max(100).optional(),
  request: id.optional(),
  flag: z.string().max(100).optional(),
  from: moment.optional(),
  to: moment.optional(),
};

export const auditCheckpoint = z
  .object({
    seq: z.int(),
    hash: z.string(),
    at: timestamp,
    keyId: z.string(),
    signature: z.string(),
    publicKey: z.string(),
  })
  .meta({ id: 'AuditCheckpoint' });

export const auditVerdict = z
  .object({
    ok: z.boolean(),
    rows: z.int(),
    lastHash: z.string().nullable(),
    firstBad: z.object({ seq: z.int(), reason: z.string() }).nullable(),
    checkpoints: z.object({ checked: z.int(), bad: z.int() }),
  })
  .meta({ id: 'AuditVerdict' });

export const auditQuery = z.strictObject({
  ...auditFilter,
  cursor: cursor.optional(),
  limit: z.coerce.number<number>().int().min(1).max(500).optional(),
});
export const auditExportQuery = z.strictObject({
  ...auditFilter,
  format: z.enum(['jsonl', 'csv']).optional(),
});
