import type { Hub } from '../../src/app/hub.ts';
import { makeToken } from '../../src/app/people/make-token.ts';
import { openSession } from '../../src/app/people/open-session.ts';
import type { Actor } from '../../src/domain/people/actor.ts';

/** Somebody with a token: each client has one, as there is a limit to what one person may ask for. */
export async function newcomer(
  hub: Hub,
  name: string,
): Promise<{ readonly actor: Actor; readonly token: string }> {
  const id = hub.newId('usr_');
  const email = `${name}@example.com`;
  const account = { id, kind: 'person', name, email, login: email, role: 'owner' } as const;
  const blank = { ownerId: undefined, passwordHash: undefined, disabledAt: undefined };
  return hub.store.tx(async (tx) => {
    await tx.accounts.add({ ...account, ...blank, version: 1, createdAt: hub.clock() });
    const from = { address: '127.0.0.1', userAgent: undefined };
    const wish = { accountId: id, from, oldSecret: undefined, action: 'account.signed_in' } as const;
    const { actor } = await openSession(hub, tx, wish);
    const scopes = ['read', 'request', 'execute'] as const;
    return {
      actor,
      token: (await makeToken(hub, tx, actor, { name: 'load', scopes, accountId: id })).secret,
    };
  });
}
