import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/actor.ts';
import { type AuditFault, type KnownLink, verifyChain } from '../../domain/audit-verify.ts';
import { demandRight } from '../../domain/rights.ts';
import type { Checkpoint } from '../../store/audit.ts';
import type { Hub } from '../hub.ts';
import { auditKey, checkpointHolds } from './audit-key.ts';

/** What a walk over the whole log found. */
export interface AuditVerdict {
  readonly rows: number;
  readonly lastHash: string | undefined;
  readonly fault: AuditFault | undefined;
  readonly checkpoints: { readonly checked: number; readonly bad: number };
}

const batch = 2000;
const hash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Walks the chain and its checkpoints. Reads in batches, so that a long log does not stop the server. */
export async function verifyAudit(hub: Hub, actor: Actor): Promise<AuditVerdict> {
  demandRight(actor, 'audit');
  const { known, checked, bad } = await readCheckpoints(hub);
  let after: KnownLink | undefined;
  let count = 0;
  for (;;) {
    const rows = await hub.store.audit.after(after?.seq ?? 0, batch);
    const last = rows.at(-1)?.entry.seq ?? after?.seq ?? 0;
    const inReach = known.filter(
      ({ seq }) => seq > (after?.seq ?? 0) && (rows.length < batch || seq <= last),
    );
    const report = verifyChain(rows, { hash, known: inReach, ...(after ? { after } : {}) });
    count += report.rows;
    if (report.fault || rows.length < batch) {
      const lastHash = report.head.seq === 0 ? undefined : report.head.hash;
      return { rows: count, lastHash, fault: report.fault, checkpoints: { checked, bad } };
    }
    after = report.head;
  }
}

async function readCheckpoints(hub: Hub) {
  const { publicKey } = await auditKey(hub);
  const known: Checkpoint[] = [];
  let checked = 0;
  for (let seq = 0; ;) {
    const found = await hub.store.audit.checkpoints(seq, batch);
    const last = found.at(-1);
    if (!last) return { known, checked, bad: checked - known.length };
    checked += found.length;
    known.push(...found.filter((checkpoint) => checkpointHolds(checkpoint, publicKey)));
    seq = last.seq;
  }
}
