import { auditFaultReasons, type KnownLink } from '../../domain/audit/audit-verify.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { failPoint } from '../../std/fail-point.ts';
import type { Checkpoint } from '../../store/audit.ts';
import type { Hub } from '../hub.ts';
import { type AuditKey, auditKey, checkpointHolds } from './audit-key.ts';
import { verifyRows } from './verify-rows.ts';

/**
 * Signs where the chain stands, unless that is signed already. Answers the new checkpoint, if one was made. Throws
 * `audit_broken` for rows that do not follow from the newest checkpoint: they are never signed.
 */
export async function signCheckpoint(hub: Hub): Promise<Checkpoint | undefined> {
  const { audit } = hub.store;
  const [head, newest] = [await audit.head(), await audit.newestCheckpoint()];
  if (head.seq === (newest?.seq ?? 0)) return undefined;
  const key = await auditKey(hub);
  if (newest) demandOwn(newest, key, head);
  const { seq, hash } = await soundEnd(hub, newest);
  const checkpoint = key.sign({ seq, hash, at: hub.clock(), keyId: key.id });
  await failPoint('app.audit.checkpoint-signed');
  // Another server may have been quicker: one of the two is enough.
  const added = await hub.store.tx(
    async (tx) =>
      (await tx.audit.newestCheckpoint())?.seq === newest?.seq && (await tx.audit.addCheckpoint(checkpoint)),
  );
  return added ? checkpoint : undefined;
}

function demandOwn(newest: Checkpoint, key: AuditKey, head: KnownLink): void {
  if (!checkpointHolds(newest, key.publicKey))
    throw new Refusal('audit_broken', {
      seq: newest.seq,
      reason: 'has a checkpoint that this hub did not sign',
    });
  if (head.seq < newest.seq)
    throw new Refusal('audit_broken', { seq: head.seq + 1, reason: auditFaultReasons.missing });
}

async function soundEnd(hub: Hub, newest: Checkpoint | undefined): Promise<KnownLink> {
  const { head, fault } = await verifyRows(hub, { after: newest, known: [] });
  if (fault) throw new Refusal('audit_broken', { seq: fault.seq, reason: auditFaultReasons[fault.reason] });
  return head;
}
