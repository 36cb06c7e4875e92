import type { Actor, Credential } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { Hub } from '../hub.ts';
import { sessionEnd } from './open-session.ts';
import { hashSecret } from './secret.ts';

/** A secret as it was shown at the door, whichever way a token came. */
export interface ShownCredential {
  readonly kind: 'session' | 'token';
  readonly secret: string;
}

/** Milliseconds between two notes that a credential is in use: each of them is a write. */
const NOTE_EVERY = 60_000;

interface Known {
  readonly accountId: string;
  readonly credential: Credential;
  /** Notes the use, when it is time to. */
  readonly note: (() => Promise<void>) | undefined;
}

async function findSession({ store, clock }: Hub, secret: string): Promise<Known | undefined> {
  const now = clock();
  const session = await store.sessions.byHash(hashSecret(secret), now);
  if (!session) return undefined;
  const { id, accountId, authenticatedAt, createdAt, seenAt } = session;
  return {
    accountId,
    credential: { kind: 'session', id, scopes: undefined, authenticatedAt },
    note:
      now - seenAt < NOTE_EVERY ? undefined : () => store.sessions.touch(id, now, sessionEnd(createdAt, now)),
  };
}

async function findToken({ store, clock }: Hub, secret: string): Promise<Known | undefined> {
  const now = clock();
  const token = await store.tokens.byHash(hashSecret(secret), now);
  if (!token) return undefined;
  const { id, accountId, scopes, usedAt = 0 } = token;
  return {
    accountId,
    credential: { kind: 'token', id, scopes, authenticatedAt: undefined },
    note: now - usedAt < NOTE_EVERY ? undefined : () => store.tokens.used(id, now),
  };
}

/**
 * The one way from a secret to an actor, with the rights of this moment: what was revoked, disabled or taken counts
 * from the next call on. Undefined when the secret is unknown, expired or revoked; throws `account_disabled`.
 */
export async function resolveCredential(
  hub: Hub,
  { kind, secret }: ShownCredential,
): Promise<Actor | undefined> {
  const known = await (kind === 'session' ? findSession(hub, secret) : findToken(hub, secret));
  if (known === undefined) return undefined;
  const account = await hub.store.accounts.withRights(known.accountId);
  if (account === undefined) return undefined;
  if (account.disabled) throw new Refusal('account_disabled');
  // A database that cannot be written to still lets people in to read.
  await known.note?.().catch(() => undefined);
  return { ...account, credential: known.credential };
}
