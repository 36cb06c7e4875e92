import { Refusal } from '../../domain/refusal/refusal.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { systemActor } from '../system-actor.ts';
import { accountOfIdentity, connectIdentity } from './identity-account.ts';
import { oidcFailure } from './oidc-failure.ts';
import { type OidcReturn, endTrip, openTrip, proveIdentity } from './oidc-return.ts';
import { type NewSession, openSession } from './open-session.ts';
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
 * `account_disabled`, `not_visible`; a command line is told of them by the address that the browser goes to.
 */
export async function finishOidc(hub: Hub, wish: OidcReturn): Promise<OidcEnd> {
  const trip = openTrip(hub, wish);
  await endTrip(hub, trip);
  const { commandLine } = trip;
  try {
    if (commandLine === undefined) return await finishInBrowser(hub, wish, trip);
    const code = await codeFor(hub, wish, { trip, commandLine });
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

/** Whoever is signed in already, and only connects an identity, failed at no sign-in. */
async function recordFailure(hub: Hub, wish: OidcReturn, { trip, error }: Failed): Promise<void> {
  if (trip.accountId !== undefined) return;
  const { problem } = error.details;
  await saveChange(hub, (tx) =>
    recordChange(tx, systemActor, {
      at: hub.clock(),
      action: 'account.sign_in_failed',
      object: { type: 'account', id: 'unknown' },
      details: {
        with: wish.provider,
        ...(trip.commandLine === undefined ? {} : { for: 'command line' }),
        address: wish.from.address,
        refused: error.code,
        ...(typeof problem === 'string' ? { problem } : {}),
      },
    }),
  );
}

async function finishInBrowser(hub: Hub, wish: OidcReturn, trip: OidcTrip): Promise<OidcEnd> {
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

interface Waiting {
  readonly trip: OidcTrip;
  readonly commandLine: CommandLine;
}

async function codeFor(
  hub: Hub,
  wish: OidcReturn,
  { trip, commandLine: { challenge } }: Waiting,
): Promise<string> {
  const { provider, from } = wish;
  const { rules } = findProvider(hub, provider);
  const { person, authenticatedAt } = await proveIdentity(hub, wish, trip);
  return saveChange(hub, async (tx) => {
    const accountId = await accountOfIdentity(hub, tx, rules, person);
    const account = await tx.accounts.withRights(accountId);
    if (account?.disabled !== false) throw new Refusal('account_disabled');
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
