import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { newAgentSecret } from '../people/secret.ts';
import { findCluster } from './find-cluster.ts';

/** With it an agent registers, once, within the hour. */
export interface RegistrationToken {
  readonly secret: string;
  readonly expiresAt: number;
}

const hour = 3_600_000;

/** Makes one in the transaction of what allowed it. Earlier ones of the cluster count no more. */
export async function addRegistrationToken(
  hub: Hub,
  tx: TransactionTables,
  clusterId: string,
): Promise<RegistrationToken> {
  const now = hub.clock();
  const { secret, hash } = newAgentSecret('ghqa_reg_');
  const expiresAt = now + hour;
  await tx.clusterTokens.revoke(clusterId, { kind: 'registration', now });
  const id = hub.newId('tok_');
  await tx.clusterTokens.add({ id, clusterId, kind: 'registration', hash, createdAt: now, expiresAt });
  return { secret, expiresAt };
}

/** A new registration token: for an agent that lost its own, or that is to be replaced. Throws `not_visible`. */
export async function createRegistrationToken(
  hub: Hub,
  actor: Actor,
  clusterId: string,
): Promise<RegistrationToken> {
  demandRight(actor, 'clusters');
  return saveChange(hub, async (tx) => {
    const { id, name } = await findCluster(tx, clusterId);
    const token = await addRegistrationToken(hub, tx, id);
    await recordChange(tx, actor, {
      at: hub.clock(),
      action: 'cluster.token_created',
      object: { type: 'cluster', id },
      details: { name, expiresAt: token.expiresAt },
    });
    return token;
  });
}
