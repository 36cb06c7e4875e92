import { createHash } from 'node:crypto';
import type { AuditAction } from '../domain/audit/audit-action.ts';
import { auditBeginning, auditChainText } from '../domain/audit/audit-chain.ts';
import type { AuditDraft, AuditEntry, AuditRow } from '../domain/audit/audit-entry.ts';
import type { Queries } from './database.ts';
import { insertRow } from './insert-row.ts';
import { prepared } from './prepared.ts';

export interface AuditTableRow {
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
  readonly entry: string;
  readonly at: number;
  readonly action: AuditAction;
  readonly personId: string;
  readonly projectId: string | null;
  readonly requestId: string | null;
  readonly flagged: number;
}
export interface CheckpointRow {
  readonly seq: number;
  readonly hash: string;
  readonly at: number;
  readonly keyId: string;
  readonly signature: string;
}

/** A signed statement of what the chain was at one row. */
export type Checkpoint = CheckpointRow;

/** Which entries to list. An absent member does not narrow. */
export interface AuditFilter {
  readonly projectIds?: readonly string[] | undefined;
  readonly requestId?: string | undefined;
  readonly personId?: string | undefined;
  readonly actions?: readonly AuditAction[] | undefined;
  readonly flagged?: boolean | undefined;
  /** Epoch milliseconds, the first belongs to it and the second does not. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const rowFrom = ({ entry, prev, hash }: Read): AuditRow => {
  const { actor, projectId, requestId, ...rest } = JSON.parse(entry) as AuditEntry;
  // JSON leaves absent members out; an entry has every one of them.
  return { entry: { ...rest, actor: { ...actor, email: actor.email }, projectId, requestId }, prev, hash };
};

type Read = Pick<AuditTableRow, 'entry' | 'prev' | 'hash'>;

const rowsAfter = prepared<{ readonly seq: number; readonly limit: number }, Read>((db, value) =>
  db
    .selectFrom('audit')
    .select(['entry', 'prev', 'hash'])
    .where('seq', '>', value('seq'))
    .orderBy('seq')
    .limit(value('limit'))
    .compile(),
);

const newestRow = prepared<object, Head>((db) =>
  db.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).compile(),
);

/** Reads the log. Rows are the entries as they were written; the other columns only find them. */
export const audit = (db: Queries) => ({
  /** In the order of the chain, after a row: for exports, verification, and clients that catch up. */
  after: async (seq: number, limit: number): Promise<readonly AuditRow[]> => {
    const { rows } = await rowsAfter(db, { seq, limit });
    return rows.map(rowFrom);
  },
  /** Newest first, before a row when one is named. */
  list: async (
    filter: AuditFilter,
    page: { readonly before?: number | undefined; readonly limit: number },
  ): Promise<readonly AuditRow[]> => {
    const { projectIds, requestId, personId, actions, flagged, from, until } = filter;
    let query = db.selectFrom('audit').select(['entry', 'prev', 'hash']);
    if (projectIds) query = query.where('projectId', 'in', projectIds.length > 0 ? projectIds : ['']);
    if (requestId !== undefined) query = query.where('requestId', '=', requestId);
    if (personId !== undefined) query = query.where('personId', '=', personId);
    if (actions) query = query.where('action', 'in', actions);
    if (flagged) query = query.where('flagged', '=', 1);
    if (from !== undefined) query = query.where('at', '>=', from);
    if (until !== undefined) query = query.where('at', '<', until);
    if (page.before !== undefined) query = query.where('seq', '<', page.before);
    return (await query.orderBy('seq', 'desc').limit(page.limit).execute()).map(rowFrom);
  },
  /** The newest row's number and hash; number 0 while there is none. */
  head: () => headOf(db),
  /** False when there is one for this row: it is never replaced. */
  addCheckpoint: async (checkpoint: Checkpoint): Promise<boolean> => {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('auditCheckpoints')
      .values(checkpoint)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  },
  newestCheckpoint: (): Promise<Checkpoint | undefined> =>
    db.selectFrom('auditCheckpoints').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst(),
  /** Oldest first. */
  checkpoints: (afterSeq: number, limit: number): Promise<readonly Checkpoint[]> =>
    db
      .selectFrom('auditCheckpoints')
      .selectAll()
      .where('seq', '>', afterSeq)
      .orderBy('seq')
      .limit(limit)
      .execute(),
});

/** The log inside a transaction: the only place that can add to it. */
export const auditWriter = (db: Queries) => {
  // Nobody else adds a row while this transaction is open, so the head is read once.
  let head: Promise<Head> | undefined;
  return {
    ...audit(db),
    /**
     * Adds the entry as the next row. Transactions follow each other (see transaction.ts), so nobody else is between
     * the head that is read here and the row; were it otherwise, the number would be taken and the transaction fail.
     */
    append: async (draft: AuditDraft): Promise<AuditRow> => {
      head ??= headOf(db);
      const { seq, hash: prev } = await head;
      const entry: AuditEntry = { ...draft, seq: seq + 1 };
      const hash = sha256(auditChainText(prev, entry));
      const { at, action, actor, projectId = null, requestId = null, flags } = entry;
      await insertRow(db, 'audit', {
        seq: entry.seq,
        prev,
        hash,
        entry: JSON.stringify(entry),
        at,
        action,
        personId: actor.personId,
        projectId,
        requestId,
        flagged: flags.length > 0 ? 1 : 0,
      });
      head = Promise.resolve({ seq: entry.seq, hash });
      return { entry, prev, hash };
    },
  };
};

interface Head {
  readonly seq: number;
  readonly hash: string;
}

async function headOf(db: Queries): Promise<Head> {
  const [row] = (await newestRow(db, {})).rows;
  return row ?? { seq: 0, hash: auditBeginning };
}
