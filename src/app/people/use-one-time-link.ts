import { fitName } from '../../domain/people/account-text.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { type NewSession, openSession } from './open-session.ts';
import { type From, clearAttempt, reserveAttempt } from './reserve-attempt.ts';
import { hashSecret } from './secret.ts';

/** What comes back with a link. */
export interface LinkUse {
  readonly secret: string;
  readonly password: string;
  /** How the person wants to be called; only while the account was never used. */
  readonly name?: string | undefined;
}

const invalid = (): Refusal => new Refusal('credential_invalid', { credential: 'link' });

/**
 * Sets the password of the link's account and signs in. Every session of the account ends first: whoever resets a
 * password may do so because somebody else has it.
 */
export async function useOneTimeLink(
  hub: Hub,
  { secret, password, name }: LinkUse,
  { oldSecret, ...from }: From & { readonly oldSecret: string | undefined },
): Promise<NewSession> {
  const attempt = await reserveAttempt(hub, from, undefined);
  const hash = hashSecret(secret);
  // Looked at first, so that nobody makes us hash passwords for links that do not exist.
  if ((await hub.store.oneTimeLinks.peek(hash, 'password', hub.clock())) === undefined) throw invalid();
  const passwordHash = await hub.passwords.hash(password);
  return saveChange(hub, async (tx) => {
    const at = hub.clock();
    const link = await tx.oneTimeLinks.peek(hash, 'password', at);
    const account = link?.accountId === undefined ? undefined : await tx.accounts.get(link.accountId);
    if (account === undefined || !(await tx.oneTimeLinks.use(hash, 'password', at))) throw invalid();
    const invited = account.passwordHash === undefined && name !== undefined ? fitName(name) : '';
    await tx.accounts.change({ ...account, passwordHash, name: invited === '' ? account.name : invited });
    await tx.sessions.revokeAll(account.id, at);
    await clearAttempt(tx, attempt);
    return openSession(hub, tx, {
      accountId: account.id,
      from,
      oldSecret,
      action: 'account.password_reset',
      details: { with: 'one-time link' },
    });
  });
}
