import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import type { Session } from '../../store/sessions.ts';
import type { Hub } from '../hub.ts';

/** A session in its owner's list. */
export interface ListedSession extends Omit<Session, 'hash' | 'client'> {
  readonly current: boolean;
  readonly address: string | undefined;
  readonly userAgent: string | undefined;
}

/** Where the actor is signed in, newest first. */
export async function listSessions(hub: Hub, actor: Actor): Promise<readonly ListedSession[]> {
  demandRight(actor, 'own_account');
  const sessions = await hub.store.sessions.of(actor.id, hub.clock());
  return sessions.map(({ client, ...session }) => {
    const { address, userAgent } = JSON.parse(client) as { address?: string; userAgent?: string | null };
    const { id, accountId, createdAt, authenticatedAt, seenAt, expiresAt } = session;
    const current = id === actor.credential.id;
    const said = { address, userAgent: userAgent ?? undefined };
    return { id, accountId, createdAt, authenticatedAt, seenAt, expiresAt, current, ...said };
  });
}
