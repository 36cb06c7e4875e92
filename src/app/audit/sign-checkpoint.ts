import { failPoint } from '../../std/fail-point.ts';
import type { Checkpoint } from '../../store/audit.ts';
import type { Hub } from '../hub.ts';
import { auditKey } from './audit-key.ts';

/** Signs where the chain stands, unless that is signed already. Answers the new checkpoint, if one was made. */
export async function signCheckpoint(hub: Hub): Promise<Checkpoint | undefined> {
  const { seq, hash } = await hub.store.audit.head();
  if (seq === 0) return undefined;
  const key = await auditKey(hub);
  const checkpoint = key.sign({ seq, hash, at: hub.clock(), keyId: key.id });
  await failPoint('app.audit.checkpoint-signed');
  // Another server may have been quicker: two checkpoints of one row would be two truths.
  const added = await hub.store.tx((tx) => tx.audit.addCheckpoint(checkpoint));
  return added ? checkpoint : undefined;
}
