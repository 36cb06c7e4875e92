import { createHash } from 'node:crypto';
import { type AuditReport, type KnownLink, verifyChain } from '../../domain/audit/audit-verify.ts';
import type { Tables } from '../../store/tables.ts';

const batch = 2000;
const hash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

export interface RowsToVerify {
  /** Where to begin; without it, at the first row. */
  readonly after: KnownLink | undefined;
  readonly known: readonly KnownLink[];
}

/** Where the log is kept: a hub, or its database alone. */
export interface AuditSource {
  readonly store: { readonly audit: Pick<Tables['audit'], 'after'> };
}

/** Walks the rows after a link up to the end of the log. Reads in batches, so that a long log does not stop the server. */
export async function verifyRows(
  { store }: AuditSource,
  { after: from, known }: RowsToVerify,
): Promise<AuditReport> {
  let after = from;
  let count = 0;
  for (;;) {
    const seq = after?.seq ?? 0;
    const rows = await store.audit.after(seq, batch);
    const last = rows.at(-1)?.entry.seq ?? seq;
    const inReach = known.filter((link) => link.seq > seq && (rows.length < batch || link.seq <= last));
    const report = verifyChain(rows, { hash, known: inReach, ...(after ? { after } : {}) });
    count += report.rows;
    if (report.fault || rows.length < batch) return { ...report, rows: count };
    after = report.head;
  }
}
