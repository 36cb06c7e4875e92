import { Refusal } from '../../domain/refusal/refusal.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { systemActor } from '../system-actor.ts';
import { accountOfIdentity, connectIdentity } from './identity-account.ts';
import { oidcFailure } from './oidc-failure.ts';
import { type OidcReturn, endTrip, openTrip, proveIdentity } from './oidc-return.ts';
import { type NewSession, openSession } from './open-session.ts';
import { type Attempt, clearAttempt, reserveAttempt } from './reserve-attempt.ts';
import { resolveCredential } from './resolve-credential.ts';
import { addSignInCode } from './sign-in-code.ts';
import { type CommandLine, type OidcTrip, findProvider } from './start-oidc.ts';

/** Where the browser goes now; `session` is for it, and absent when a command line is signed in instead. */
export interface OidcEnd {
  readonly session: NewSession | undefined;
  readonly goTo: string;
  /** Why a command line is not signed in: its address tells it, and nobody else. */
  readonly failure?: Refusal;
}

/**
 * Signs in whoever the identity provider vouches for. Accounts are found by issuer and subject alone; a person whom
 * nobody knows yet gets an account when their groups, or the provider, give them a role. Throws `oidc_failed`,
 * `account_disabled`, `not_visible`, and `sign_in_limited` after too many tries; a command line is told of them by the
 * address that the browser goes to.
 */
export async function finishOidc(hub: Hub, wish: OidcReturn): Promise<OidcEnd> {
  const trip = openTrip(hub, wish);
  await endTrip(hub, trip);
  const { commandLine } = trip;
  try {
    // Whoever is signed in already, and only connects an identity, tries no sign-in, and none is written down.
    const attempt =
      trip.accountId === undefined ? await reserveAttempt(hub, wish.from, undefined) : undefined;
    if (commandLine === undefined) return await finishInBrowser(hub, wish, { trip, attempt });
    const code = await codeFor(hub, wish, { trip, commandLine, attempt });
    return { session: undefined, goTo: addressAt(commandLine, { code }) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await recordFailure(hub, wish, { trip, error });
    if (commandLine === undefined) throw error;
    const goTo = addressAt(commandLine, { error: error.code, error_description: error.message });
    return { session: undefined, goTo, failure: error };
  }
}

/** The address of the command line, with a code for it, or with what was wrong. */
const addressAt = ({ redirectUri, state }: CommandLine, answer: Readonly<Record<string, string>>): string =>
  `${redirectUri}?${new URLSearchParams({ ...answer, state }).toString()}`;

interface Failed {
  readonly trip: OidcTrip;
  readonly error: Refusal;
}

/**
 * Over the limit there is no entry: strangers could fill the audit log. An entry that cannot be written is told to
 * `onUnwritten`, and keeps nobody from reading why they were not let in.
 */
async function recordFailure(hub: Hub, wish: OidcReturn, { trip, error }: Failed): Promise<void> {
  if (trip.accountId !== undefined || error.code === 'sign_in_limited') return;
  const { problem } = error.details;
  const { account = 'unknown' } = error.facts;
  await saveChange(hub, (tx) =>
    recordChange(tx, systemActor, {
      at: hub.clock(),
      action: 'account.sign_in_failed',
      object: { type: 'account', id: String(account) },
      details: {
        with: wish.provider,
        ...(trip.commandLine === undefined ? {} : { for: 'command line' }),
        address: wish.from.address,
        refused: error.code,
        ...(typeof problem === 'string' ? { problem } : {}),
      },
    }),
  ).catch(wish.onUnwritten);
}

interface Counted {
  readonly trip: OidcTrip;
  /** Taken back when it succeeds. */
  readonly attempt: Attempt | undefined;
}

async function finishInBrowser(hub: Hub, wish: OidcReturn, { trip, attempt }: Counted): Promise<OidcEnd> {
  const { rules } = findProvider(hub, wish.provider);
  const { person, authenticatedAt } = await proveIdentity(hub, wish, trip);
  const secret = wish.sessionSecret;
  const here =
    trip.accountId === undefined || secret === undefined
      ? undefined
      : await resolveCredential(hub, { kind: 'session', secret });
  if (trip.accountId !== here?.id) throw oidcFailure(wish.provider, 'state');
  const session = await saveChange(hub, async (tx) => {
    const accountId =
      here === undefined
        ? await accountOfIdentity(hub, tx, rules, person)
        : await connectIdentity(hub, tx, { rules, person, actor: here });
    if (attempt !== undefined) await clearAttempt(tx, attempt);
    return openSession(hub, tx, {
      accountId,
      from: wish.from,
      oldSecret: secret,
      authenticatedAt,
      action: 'account.signed_in',
      details: { with: wish.provider },
    });
  });
  return { session, goTo: trip.returnTo };
}

interface Waiting extends Counted {
  readonly commandLine: CommandLine;
}

async function codeFor(
  hub: Hub,
  wish: OidcReturn,
  { trip, commandLine: { challenge }, attempt }: Waiting,
): Promise<string> {
  const { provider, from } = wish;
  const { rules } = findProvider(hub, provider);
  const { person, authenticatedAt } = await proveIdentity(hub, wish, trip);
  return saveChange(hub, async (tx) => {
    const accountId = await accountOfIdentity(hub, tx, rules, person);
    const account = await tx.accounts.withRights(accountId);
    if (account?.disabled !== false) throw new Refusal('account_disabled', { account: accountId });
    if (attempt !== undefined) await clearAttempt(tx, attempt);
    const credential = { kind: 'session', id: provider, scopes: undefined, authenticatedAt } as const;
    await recordChange(
      tx,
      { ...account, credential },
      {
        at: hub.clock(),
        action: 'account.signed_in',
        object: { type: 'account', id: accountId },
        details: { with: provider, for: 'command line', address: from.address },
      },
    );
    return addSignInCode(hub, tx, { accountId, challenge, provider });
  });
}
