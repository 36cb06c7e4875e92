import { type Actor, partyOf } from '../../domain/people/actor.ts';
import type { AuditDraft, AuditRow } from '../../domain/audit/audit-entry.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { TransactionTables } from '../../store/tables.ts';

/** A state change as it is written down; who made it is the actor. */
export type Change = Pick<AuditDraft, 'at' | 'action' | 'object'> &
  Partial<Pick<AuditDraft, 'projectId' | 'requestId' | 'flags' | 'details'>>;

/** What follows every change: webhooks and streams look up the audit row of this number. */
export interface EventJob {
  readonly seq: number;
}

/** The topic of the outbox under which changes are told to the outside. */
export const eventTopic = 'event';

/**
 * Writes the audit entry of a change and the job that tells the outside about it. Called in the transaction of the
 * change itself, once for each change. Throws `in_flight` when the Idempotency-Key of the actor is another call's by
 * now, so that nothing is saved.
 */
export async function recordChange(tx: TransactionTables, actor: Actor, change: Change): Promise<AuditRow> {
  const { kind, id } = actor.credential;
  const row = await tx.audit.append({
    projectId: undefined,
    requestId: undefined,
    flags: [],
    details: {},
    ...change,
    actor: { ...partyOf(actor), credential: { kind, id } },
  });
  if (actor.once && !(await tx.idempotencyKeys.changed(actor.once, row.entry.seq)))
    throw new Refusal('in_flight');
  const payload: EventJob = { seq: row.entry.seq };
  await tx.outbox.add({ topic: eventTopic, lane: change.projectId ?? 'instance', payload, at: change.at });
  return row;
}
