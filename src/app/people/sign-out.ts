import type { Actor } from '../../domain/people/actor.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { hashSecret } from './secret.ts';

/** Ends the session behind this secret, also of an account that is disabled. Where there is none, nothing happens. */
export async function signOut(hub: Hub, secret: string): Promise<void> {
  const at = hub.clock();
  await saveChange(hub, async (tx) => {
    const session = await tx.sessions.byHash(hashSecret(secret), at);
    const account = session && (await tx.accounts.withRights(session.accountId));
    if (!session || !account) return;
    const { id, authenticatedAt } = session;
    const actor: Actor = {
      ...account,
      credential: { kind: 'session', id, scopes: undefined, authenticatedAt },
    };
    await tx.sessions.revoke(id, at);
    await recordChange(tx, actor, { at, action: 'account.signed_out', object: { type: 'session', id } });
  });
}
