import type { Hub } from '../hub.ts';
import { newAgentSecret } from '../people/secret.ts';
import type { Agent } from './agent.ts';

const day = 86_400_000;
/** A token that was handed out and not shown within this time may have been lost on the way. */
const patience = 7 * day;

/** Whoever does not say that it can, refuses: a token for it would lie about for nobody. */
const capability = 'token.rotate';

/**
 * A new token for an agent whose token is a day old; undefined when it is not time yet, when a new one is on its way,
 * or when the agent cannot take one. The old one counts until the new one is shown.
 */
export async function rotateAgentToken(hub: Hub, { cluster, token }: Agent): Promise<string | undefined> {
  const now = hub.clock();
  if (now - token.createdAt < day || !cluster.facts.capabilities.includes(capability)) return undefined;
  const { secret, hash } = newAgentSecret('ghqa_');
  return hub.store.tx(async (tx) => {
    const all = await tx.clusterTokens.of(cluster.id, 'agent');
    if (!all.some(({ id }) => id === token.id)) return undefined;
    const onItsWay = all.some(
      ({ id, usedAt, createdAt }) => id !== token.id && usedAt === undefined && now - createdAt < patience,
    );
    if (onItsWay) return undefined;
    const id = hub.newId('tok_');
    const [clusterId, expiresAt] = [cluster.id, undefined];
    await tx.clusterTokens.add({ id, clusterId, kind: 'agent', hash, createdAt: now, expiresAt });
    return secret;
  });
}
