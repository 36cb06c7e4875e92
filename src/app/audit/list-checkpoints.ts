import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import type { Checkpoint } from '../../store/audit.ts';
import type { Hub } from '../hub.ts';
import { auditKey } from './audit-key.ts';

/** A checkpoint with the key that it can be checked with (SPKI in base64). */
export interface ShownCheckpoint extends Checkpoint {
  readonly publicKey: string;
}

const most = 1000;

/** The newest checkpoints, newest first, at most 1,000. */
export async function listCheckpoints(hub: Hub, actor: Actor): Promise<readonly ShownCheckpoint[]> {
  demandRight(actor, 'audit');
  const { publicKey } = await auditKey(hub);
  const all: Checkpoint[] = [];
  for (let seq = 0; ;) {
    const found = await hub.store.audit.checkpoints(seq, most);
    const last = found.at(-1);
    if (!last) break;
    all.push(...found);
    all.splice(0, all.length - most);
    seq = last.seq;
  }
  return all.toReversed().map((checkpoint) => ({ ...checkpoint, publicKey }));
}
