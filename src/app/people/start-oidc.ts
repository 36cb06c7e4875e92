import { Refusal } from '../../domain/refusal/refusal.ts';
import {
  type IdentityProvider,
  IdentityProviderError,
  type OidcFlow,
} from '../../outbound/identity-provider.ts';
import type { Hub, OidcSettings } from '../hub.ts';
import { apiAddress } from './oidc-address.ts';
import { oidcFailure } from './oidc-failure.ts';
import { resolveCredential } from './resolve-credential.ts';
import { returnTo } from './return-to.ts';

/**
 * Why somebody goes to an identity provider: to sign in, to connect it to the account they are signed in with, or to
 * prove once more who they are.
 */
export type OidcPurpose = 'sign_in' | 'connect' | 'reauthenticate';

/** What the browser carries there and back, sealed. */
export interface OidcTrip {
  readonly provider: string;
  readonly flow: OidcFlow;
  readonly returnTo: string;
  /** The account to connect with. */
  readonly accountId: string | undefined;
  /** The command line to sign in instead of this browser. */
  readonly commandLine?: CommandLine | undefined;
  readonly expiresAt: number;
}

/** A command line that waits on the machine where the browser is. */
export interface CommandLine {
  /** Where it listens: an address of that machine itself. */
  readonly redirectUri: string;
  /** SHA-256 of what it will show, as base64url. */
  readonly challenge: string;
  /** What it knows its own sign-in by. */
  readonly state: string;
}

/** Time to sign in elsewhere, with a second factor and a forgotten password. */
const TRIP = 15 * 60_000;

/** The provider of this name. Throws `not_visible`. */
export function findProvider(
  { settings, identityProviders }: Hub,
  name: string,
): { readonly rules: OidcSettings; readonly provider: IdentityProvider } {
  const rules = settings.signIn.oidc.find((entry) => entry.name === name);
  const provider = identityProviders.get(name);
  if (rules === undefined || provider === undefined)
    throw new Refusal('not_visible', { what: 'this identity provider' });
  return { rules, provider };
}

/** Seals a trip for the cookie. Its purpose is part of the seal: no other sealed text of ours opens as one. */
export const sealTrip = ({ seal }: Hub, trip: OidcTrip): string =>
  seal.close(JSON.stringify(trip), 'oidc trip');

/** The account of the session that this browser has. Throws `unauthenticated`. */
async function signedIn(hub: Hub, secret: string | undefined): Promise<string> {
  const actor = secret === undefined ? undefined : await resolveCredential(hub, { kind: 'session', secret });
  if (actor === undefined) throw new Refusal('unauthenticated');
  return actor.id;
}

/** Where to send the browser, and the cookie to give it. Throws `not_visible`, `oidc_failed`. */
export async function startOidc(
  hub: Hub,
  wish: {
    readonly provider: string;
    readonly returnTo: string | undefined;
    readonly purpose: OidcPurpose;
    readonly sessionSecret: string | undefined;
    readonly commandLine?: CommandLine;
  },
): Promise<{ readonly url: string; readonly cookie: string; readonly expiresAt: number }> {
  const { provider } = findProvider(hub, wish.provider);
  const accountId = wish.purpose === 'connect' ? await signedIn(hub, wish.sessionSecret) : undefined;
  const redirectUri = apiAddress(hub.settings, wish.provider, 'callback');
  try {
    const { url, flow } = await provider.start({ redirectUri, freshly: wish.purpose === 'reauthenticate' });
    const expiresAt = hub.clock() + TRIP;
    const back = returnTo(wish.returnTo, hub.settings.publicUrl);
    const { commandLine } = wish;
    const trip = { provider: wish.provider, flow, returnTo: back, accountId, commandLine, expiresAt };
    return { url, cookie: sealTrip(hub, trip), expiresAt };
  } catch (error) {
    if (error instanceof IdentityProviderError) throw oidcFailure(wish.provider, error.code, error);
    throw error;
  }
}
