import type { Actor } from '../../domain/actor.ts';
import { auditCsvHead, auditCsvLine } from '../../domain/audit-csv.ts';
import { demandRight } from '../../domain/rights.ts';
import type { Hub } from '../hub.ts';
import { type AuditQuery, readAuditQuery, rowFits } from './audit-query.ts';
import { recordChange } from './record-change.ts';

export type AuditFormat = 'jsonl' | 'csv';

const batch = 1000;

/**
 * The log, oldest first, as text in pieces. That it was taken out is an entry of its own, written first. Without a
 * filter, JSON Lines can be verified offline; checkpoints stand at the end of them.
 */
export async function exportAudit(
  hub: Hub,
  actor: Actor,
  { format, ...query }: AuditQuery & { readonly format: AuditFormat },
): Promise<AsyncIterable<string>> {
  demandRight(actor, 'audit');
  const ready = await readAuditQuery(hub, actor, query);
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  await hub.store.tx((tx) =>
    recordChange(tx, actor, {
      at: hub.clock(),
      action: 'audit.exported',
      object: { type: 'audit', id: format },
      details: Object.fromEntries(given.map(([name, value]) => [name, value ?? null])),
    }),
  );
  const { seq: last } = await hub.store.audit.head();
  return pieces();

  async function* pieces(): AsyncGenerator<string> {
    if (format === 'csv') yield auditCsvHead;
    for (let seq = 0; seq < last;) {
      const rows = await hub.store.audit.after(seq, batch);
      if (rows.length === 0) break;
      seq = rows.at(-1)?.entry.seq ?? last;
      const wanted = rows.filter((row) => row.entry.seq <= last && rowFits(ready, row));
      yield wanted.map((row) => (format === 'csv' ? auditCsvLine(row) : `${JSON.stringify(row)}\n`)).join('');
    }
    if (format === 'jsonl' && given.length === 0) yield* checkpointLines(hub);
  }
}

async function* checkpointLines(hub: Hub): AsyncGenerator<string> {
  for (let seq = 0; ;) {
    const found = await hub.store.audit.checkpoints(seq, batch);
    const last = found.at(-1);
    if (!last) return;
    yield found.map((checkpoint) => `${JSON.stringify({ checkpoint })}\n`).join('');
    seq = last.seq;
  }
}
