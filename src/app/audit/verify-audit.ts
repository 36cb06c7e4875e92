import type { Actor } from '../../domain/people/actor.ts';
import type { AuditFault } from '../../domain/audit/audit-verify.ts';
import { demandRight } from '../../domain/people/rights.ts';
import type { Checkpoint } from '../../store/audit.ts';
import type { Tables } from '../../store/tables.ts';
import type { Hub } from '../hub.ts';
import { auditKey, checkpointHolds } from './audit-key.ts';
import { verifyRows } from './verify-rows.ts';

/** What a walk over the whole log found. */
export interface AuditVerdict {
  readonly rows: number;
  readonly lastHash: string | undefined;
  readonly fault: AuditFault | undefined;
  readonly checkpoints: { readonly checked: number; readonly bad: number };
}

const batch = 2000;

/** Walks the chain and its checkpoints. */
export async function verifyAudit(hub: Hub, actor: Actor): Promise<AuditVerdict> {
  demandRight(actor, 'audit');
  const { publicKey } = await auditKey(hub);
  const { known, checked, bad } = await readCheckpoints(hub, publicKey);
  const { rows, head, fault } = await verifyRows(hub, { after: undefined, known });
  const lastHash = head.seq === 0 ? undefined : head.hash;
  return { rows, lastHash, fault, checkpoints: { checked, bad } };
}

/** The checkpoints that were signed with a key, how many there are, and how many were not. */
export async function readCheckpoints(
  { store }: { readonly store: { readonly audit: Pick<Tables['audit'], 'checkpoints'> } },
  publicKey: string,
) {
  const known: Checkpoint[] = [];
  let checked = 0;
  for (let seq = 0; ;) {
    const found = await store.audit.checkpoints(seq, batch);
    const last = found.at(-1);
    if (!last) return { known, checked, bad: checked - known.length };
    checked += found.length;
    known.push(...found.filter((checkpoint) => checkpointHolds(checkpoint, publicKey)));
    seq = last.seq;
  }
}
