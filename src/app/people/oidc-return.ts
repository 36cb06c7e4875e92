import { type OidcPerson, readOidcClaims } from '../../domain/people/oidc-claims.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { IdentityProviderError } from '../../outbound/identity-provider.ts';
import { isDuplicate } from '../../store/database-error.ts';
import type { Hub } from '../hub.ts';
import { apiAddress } from './oidc-address.ts';
import { oidcFailure } from './oidc-failure.ts';
import type { From } from './reserve-attempt.ts';
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
  /** Told why the audit entry of a failed sign-in could not be written. */
  readonly onUnwritten: (error: unknown) => void;
}

/** What this browser went away with. Throws `oidc_failed` when it did not, or too long ago. */
export function openTrip({ seal, clock }: Hub, { cookie, provider, query }: OidcReturn): OidcTrip {
  try {
    const trip = JSON.parse(seal.open(cookie ?? '', 'oidc trip')) as OidcTrip;
    const same = trip.provider === provider && trip.flow.state === query['state'];
    if (same && trip.expiresAt > clock()) return trip;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  throw oidcFailure(provider, 'state');
}

/** Each trip ends once: its state is written down, and a second time it is there already. Throws `oidc_failed`. */
export async function endTrip(hub: Hub, { provider, flow, expiresAt }: OidcTrip): Promise<void> {
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

/** Whom the provider vouches for, and since when: epoch milliseconds. */
export interface Proven {
  readonly person: OidcPerson;
  readonly authenticatedAt: number;
}

/** Asks the provider who came back, and believes no more than it proves. Throws `oidc_failed`, `not_visible`. */
export async function proveIdentity(hub: Hub, wish: OidcReturn, { flow }: OidcTrip): Promise<Proven> {
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
