import type { Actor } from '../../domain/people/actor.ts';
import type { Hub } from '../hub.ts';

async function counts({ store, clock }: Hub, { id, credential }: Actor): Promise<boolean> {
  const now = clock();
  if (credential.kind === 'session')
    return (await store.sessions.of(id, now)).some((session) => session.id === credential.id);
  const token = await store.tokens.get(credential.id);
  return token !== undefined && token.revokedAt === undefined && token.expiresAt > now;
}

/**
 * Somebody who came in earlier, with the rights of this moment. Undefined when the account, or the session or token
 * that was shown, counts no more.
 */
export async function actorNow(hub: Hub, actor: Actor): Promise<Actor | undefined> {
  const account = await hub.store.accounts.withRights(actor.id);
  if (account?.disabled !== false || !(await counts(hub, actor))) return undefined;
  return { ...account, credential: actor.credential };
}
