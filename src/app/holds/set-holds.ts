import { type Hold, type HeldField, holdEnd } from '../../domain/hold/hold.ts';
import type { StoredRequest } from '../../store/request-rows.ts';
import type { TransactionTables } from '../../store/tables.ts';
import type { Oid } from '../../tree/object.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import { systemActor } from '../system-actor.ts';
import { aboutRequest } from '../requests/about-request.ts';

/** A rollback that the branch has, and what it took away. */
export interface Rolled {
  readonly request: StoredRequest;
  readonly commit: Oid;
  readonly held: readonly HeldField[];
  readonly now: number;
}

/** Holds what a rollback took away; an undo of a rollback lifts what that one held. Part of the completion. */
export async function setHolds(
  tx: TransactionTables,
  { request, commit, held, now }: Rolled,
  newId: Hub['newId'],
): Promise<void> {
  if (request.kind !== 'rollback') return;
  if (request.scope.mode === 'undo') return liftUndone(tx, request, now);
  if (held.length === 0) return;
  const { projectId, id: requestId } = request;
  const end = { setAt: now, expiresAt: holdEnd(now), returned: undefined, lifted: undefined };
  const holds = held.map((field): Hold => ({
    ...field,
    id: newId('hld-'),
    projectId,
    requestId,
    commit,
    ...end,
  }));
  await tx.holds.add(holds);
  await recordChange(tx, systemActor, {
    ...aboutRequest(request),
    at: now,
    action: 'hold.set',
    details: { holds: holds.length, fields: held.slice(0, 20).map(({ address }) => address) },
  });
}

async function liftUndone(tx: TransactionTables, request: StoredRequest, now: number): Promise<void> {
  const { projectId, targetSha, requester, id } = request;
  const holds = targetSha === undefined ? [] : await tx.holds.ofCommit(projectId, targetSha);
  if (holds.length === 0) return;
  const lift = { at: now, by: requester, reason: `${id} undid the rollback` };
  for (const hold of holds) await tx.holds.lift(hold.id, lift);
  await recordChange(tx, systemActor, {
    ...aboutRequest(request),
    at: now,
    action: 'hold.lifted',
    details: { holds: holds.map((hold) => hold.id), reason: lift.reason },
  });
}
