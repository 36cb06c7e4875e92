import type { Actor } from '../../domain/people/actor.ts';
import { auditCsvHead, auditCsvLine } from '../../domain/audit/audit-csv.ts';
import type { AuditRow } from '../../domain/audit/audit-entry.ts';
import { auditExportLine, checkpointExportLine } from '../../domain/audit/audit-export-line.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { demandRight } from '../../domain/people/rights.ts';
import type { Hub } from '../hub.ts';
import { type AuditQuery, readAuditQuery, rowFits } from './audit-query.ts';
import { recordChange } from './record-change.ts';
import { signCheckpoint } from './sign-checkpoint.ts';

export type AuditFormat = 'jsonl' | 'csv';

const batch = 1000;

/**
 * The log, oldest first, as text in pieces. That it was taken out is an entry of its own, written first. Without a
 * filter, JSON Lines can be verified offline: each checkpoint stands behind its row, and one vouches for the last.
 */
export async function exportAudit(
  hub: Hub,
  actor: Actor,
  { format, ...query }: AuditQuery & { readonly format: AuditFormat },
): Promise<AsyncIterable<string>> {
  demandRight(actor, 'audit');
  const ready = await readAuditQuery(hub, actor, query);
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const { entry } = await hub.store.tx((tx) =>
    recordChange(tx, actor, {
      at: hub.clock(),
      action: 'audit.exported',
      object: { type: 'audit', id: format },
      details: Object.fromEntries(given.map(([name, value]) => [name, value ?? null])),
    }),
  );
  const verifiable = format === 'jsonl' && given.length === 0;
  const last = verifiable ? await vouchedEnd(hub, entry.seq) : entry.seq;
  return format === 'csv' ? csvPieces() : linePieces();

  async function* csvPieces(): AsyncGenerator<string> {
    yield auditCsvHead;
    for await (const rows of batches(hub, last))
      yield rows
        .filter((row) => rowFits(ready, row))
        .map(auditCsvLine)
        .join('');
  }

  async function* linePieces(): AsyncGenerator<string> {
    let seen = 0;
    for await (const rows of batches(hub, last)) {
      const vouched = verifiable ? await checkpointsAfter(hub, seen, rows.length) : undefined;
      const wanted = rows.filter((row) => rowFits(ready, row));
      yield wanted.map((row) => auditExportLine(row) + (vouched?.get(row.entry.seq) ?? '')).join('');
      seen = rows.at(-1)?.entry.seq ?? seen;
    }
    // Those of rows that are not there any more.
    if (verifiable && seen < last) yield* (await checkpointsAfter(hub, seen, batch)).values();
  }
}

/** The row with which an export ends: the newest that is signed, and not before the export itself. */
async function vouchedEnd(hub: Hub, exported: number): Promise<number> {
  try {
    await signCheckpoint(hub);
  } catch (error) {
    // A log that does not hold is exported all the same: whoever verifies it is told what is wrong.
    if (!(error instanceof Refusal)) throw error;
  }
  return Math.max(exported, (await hub.store.audit.newestCheckpoint())?.seq ?? 0);
}

/** The rows up to one, some at a time. */
async function* batches(hub: Hub, last: number): AsyncGenerator<readonly AuditRow[]> {
  for (let seq = 0; seq < last;) {
    const rows = await hub.store.audit.after(seq, batch);
    if (rows.length === 0) return;
    // An entry whose number was forged must not lead us round in a circle.
    seq = Math.max(seq + rows.length, rows.at(-1)?.entry.seq ?? 0);
    yield rows.filter((row) => row.entry.seq <= last);
  }
}

/** The lines of checkpoints, by their rows. */
async function checkpointsAfter(hub: Hub, seq: number, limit: number): Promise<ReadonlyMap<number, string>> {
  const found = await hub.store.audit.checkpoints(seq, limit);
  return new Map(found.map((checkpoint) => [checkpoint.seq, checkpointExportLine(checkpoint)]));
}
