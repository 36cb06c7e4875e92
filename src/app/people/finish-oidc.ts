import { type OidcPerson, readOidcClaims } from '../../domain/people/oidc-claims.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { IdentityProviderError } from '../../outbound/identity-provider.ts';
import { isDuplicate } from '../../store/database-error.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { accountOfIdentity, connectIdentity } from './identity-account.ts';
import { apiAddress } from './oidc-address.ts';
import { oidcFailure } from './oidc-failure.ts';
import { type NewSession, openSession } from './open-session.ts';
import type { From } from './reserve-attempt.ts';
import { resolveCredential } from './resolve-credential.ts';
import { hashSecret } from './secret.ts';
import { type OidcTrip, findProvider } from './start-oidc.ts';

/** A browser that comes back from an identity provider. */
export interface OidcReturn {
  readonly provider: string;
  /** The query of the address that it came to. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly cookie: string | undefined;
  /** Of the session that the browser still has. */
  readonly sessionSecret: string | undefined;
  readonly from: From;
}

function openTrip({ seal, clock }: Hub, { cookie, provider, query }: OidcReturn): OidcTrip {
  try {
    const trip = JSON.parse(seal.open(cookie ?? '', 'oidc trip')) as OidcTrip;
    const same = trip.provider === provider && trip.flow.state === query['state'];
    if (same && trip.expiresAt > clock()) return trip;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  throw oidcFailure(provider, 'state');
}

/** Each trip ends once: its state is written down, and a second time it is there already. */
async function endTrip(hub: Hub, { provider, flow, expiresAt }: OidcTrip): Promise<void> {
  const link = { hash: hashSecret(flow.state), purpose: 'oidc', accountId: undefined, details: '{}' };
  try {
    await hub.store.oneTimeLinks.add({ ...link, createdAt: hub.clock(), expiresAt });
  } catch (error) {
    throw isDuplicate(error) ? oidcFailure(provider, 'state') : error;
  }
}

function addressOf(hub: Hub, { provider, query }: OidcReturn): URL {
  const url = new URL(apiAddress(hub.settings, provider, 'callback'));
  for (const [name, value] of Object.entries(query)) {
    // Twice the same name: what one reader takes from the first, another takes from the last.
    if (typeof value !== 'string') throw oidcFailure(provider, 'token');
    url.searchParams.set(name, value);
  }
  return url;
}

interface Proven {
  readonly person: OidcPerson;
  readonly authenticatedAt: number;
}

async function prove(hub: Hub, wish: OidcReturn, { flow }: OidcTrip): Promise<Proven> {
  const { provider, rules } = findProvider(hub, wish.provider);
  let claims: Readonly<Record<string, unknown>>;
  try {
    claims = await provider.finish(addressOf(hub, wish), flow);
  } catch (error) {
    if (error instanceof IdentityProviderError) throw oidcFailure(wish.provider, error.code, error);
    throw error;
  }
  const reading = readOidcClaims(rules, claims);
  if (!reading.ok) throw oidcFailure(wish.provider, reading.problem);
  const now = hub.clock();
  const said = claims['auth_time'];
  const authenticatedAt = typeof said === 'number' ? Math.min(said * 1000, now) : now;
  return { person: reading.person, authenticatedAt };
}

/**
 * Signs in whoever the identity provider vouches for. Accounts are found by issuer and subject alone; a person whom
 * nobody knows yet gets an account when their groups, or the provider, give them a role. Throws `oidc_failed`,
 * `account_disabled`, `not_visible`.
 */
export async function finishOidc(
  hub: Hub,
  wish: OidcReturn,
): Promise<NewSession & { readonly returnTo: string }> {
  const { rules } = findProvider(hub, wish.provider);
  const trip = openTrip(hub, wish);
  await endTrip(hub, trip);
  const { person, authenticatedAt } = await prove(hub, wish, trip);
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
  return { ...session, returnTo: trip.returnTo };
}
