import type { TestHub } from './hub.ts';
import { type TestIdentityProvider, type TokenWish } from './identity-provider.ts';

/** The settings of a hub where people sign in with this provider alone. */
export function signInWith({ issuer, clientId, clientSecret }: TestIdentityProvider) {
  const rules = { groupsClaim: 'groups', roles: [], groups: 'as_given', emailVerified: 'required' } as const;
  const client = { issuer, clientId, clientSecret, scopes: ['profile', 'email'], plainHttp: true };
  const corp = { name: 'corp', ...client, ...rules, defaultRole: 'viewer' } as const;
  return { signIn: { password: false, oidc: [corp], demoAccounts: [] } };
}

/** Where a browser is, and what it holds. */
export interface Browsing {
  readonly hub: Pick<TestHub, 'settings'>;
  readonly origin: string;
  readonly idp: TestIdentityProvider;
}

/**
 * Goes as a browser does from an address of the hub to the provider, which answers as it is told, and back to the hub;
 * answers where the hub sends it then, without going there.
 */
export async function browse(
  { hub, origin, idp }: Browsing,
  address: string,
  wish: TokenWish & { readonly query?: Readonly<Record<string, string>> } = {},
): Promise<{ readonly status: number; readonly location: URL | undefined; readonly cookies: string }> {
  const here = (url: string): string => url.replace(hub.settings.publicUrl, origin);
  const away = await fetch(here(address), { redirect: 'manual' });
  const asked = URL.parse(away.headers.get('location') ?? '');
  if (!asked) return { status: away.status, location: undefined, cookies: '' };
  const { query, ...vouched } = wish;
  idp.vouch(asked.searchParams.get('nonce') ?? '', vouched);
  const state = asked.searchParams.get('state') ?? '';
  const back = new URL(here(asked.searchParams.get('redirect_uri') ?? ''));
  back.search = new URLSearchParams({ code: 'any', state, ...query }).toString();
  const cookie = (away.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const home = await fetch(back, { redirect: 'manual', headers: { cookie } });
  const location = URL.parse(home.headers.get('location') ?? '') ?? undefined;
  return { status: home.status, location, cookies: home.headers.get('set-cookie') ?? '' };
}
