import * as oidc from 'openid-client';
import type { Clock } from '../std/clock.ts';

/**
 * Room `outbound`: calls that we make to servers of others. It must never know the database, Git, or who may do what.
 */

/** How we are known to an identity provider. */
export interface OidcClient {
  /** Its address, exactly as its discovery document and its tokens name it. */
  readonly issuer: string;
  readonly clientId: string;
  /** Absent for a public client. */
  readonly clientSecret: string | undefined;
  /** Asked for besides `openid`. */
  readonly scopes: readonly string[];
  /** Accepts an issuer without https; for tests and private networks. */
  readonly plainHttp: boolean;
}

/** What has to come back as it went out. Secret: kept by the browser that started. */
export interface OidcFlow {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** The person has to prove who they are now, even when signed in there. */
  readonly freshly: boolean;
}

export interface IdentityProvider {
  /** Where to send the browser, and what to remember. Throws `IdentityProviderError`. */
  readonly start: (options: {
    readonly redirectUri: string;
    readonly freshly: boolean;
  }) => Promise<{ readonly url: string; readonly flow: OidcFlow }>;
  /** The claims of the ID token for which the code in this address is good. Throws `IdentityProviderError`. */
  readonly finish: (callback: URL, flow: OidcFlow) => Promise<Readonly<Record<string, unknown>>>;
}

/** `cause` has the particulars, for our own log. */
export class IdentityProviderError extends Error {
  readonly code: 'unreachable' | 'denied' | 'token';

  constructor(code: IdentityProviderError['code'], cause: unknown) {
    super(`identity provider: ${code}`, { cause });
    this.name = 'IdentityProviderError';
    this.code = code;
  }
}

/** The library marks this as deprecated to make it stand out. Here an operator asks for it by name. */
const withoutTls: { readonly allowInsecureRequests: (configuration: oidc.Configuration) => void } = oidc;

const HOUR = 3_600_000;
const TIMEOUT_SECONDS = 10;
const LIMIT_ANSWER = 4 * 1024 * 1024;

/** Signed with a key of the provider's own. Without `none`, and without those that a client secret makes. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** An answer without an end must not fill the memory. */
async function boundedFetch(url: string, options: oidc.CustomFetchOptions): Promise<Response> {
  const response = await fetch(url, options as RequestInit);
  if (response.body === null) return response;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array<ArrayBuffer>>) {
    size += chunk.byteLength;
    if (size > LIMIT_ANSWER) throw new Error(`more than ${LIMIT_ANSWER} bytes`);
    chunks.push(chunk);
  }
  const { status, statusText, headers } = response;
  return new Response(size === 0 ? null : new Blob(chunks), { status, statusText, headers });
}

async function discover(client: OidcClient): Promise<oidc.Configuration> {
  const found = await oidc.discovery(
    new URL(client.issuer),
    client.clientId,
    {},
    client.clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(client.clientSecret),
    {
      timeout: TIMEOUT_SECONDS,
      execute: client.plainHttp ? [withoutTls.allowInsecureRequests] : [],
      [oidc.customFetch]: boundedFetch,
    },
  );
  const offered = JSON.parse(JSON.stringify(found.serverMetadata())) as oidc.ServerMetadata;
  const signed = (offered.id_token_signing_alg_values_supported ?? ['RS256']).filter((name) =>
    algorithms.includes(name),
  );
  const metadata = { ...offered, id_token_signing_alg_values_supported: signed };
  const auth =
    client.clientSecret === undefined
      ? oidc.None()
      : offered.token_endpoint_auth_methods_supported?.includes('client_secret_basic') === false
        ? oidc.ClientSecretPost(client.clientSecret)
        : oidc.ClientSecretBasic(client.clientSecret);
  const configuration = new oidc.Configuration(metadata, client.clientId, {}, auth);
  configuration.timeout = TIMEOUT_SECONDS;
  configuration[oidc.customFetch] = boundedFetch;
  if (client.plainHttp) withoutTls.allowInsecureRequests(configuration);
  // Without this the token is believed because it came over TLS, and its signature is not looked at.
  oidc.enableNonRepudiationChecks(configuration);
  return configuration;
}

/** Network trouble is the provider's; everything else that is thrown means that its answer is not believed. */
function readError(error: unknown): IdentityProviderError {
  if (error instanceof IdentityProviderError) return error;
  if (error instanceof oidc.AuthorizationResponseError) return new IdentityProviderError('denied', error);
  const away =
    error instanceof TypeError || (error instanceof oidc.ClientError && error.code === 'OAUTH_TIMEOUT');
  return new IdentityProviderError(away ? 'unreachable' : 'token', error);
}

async function orFail<T>(work: () => Promise<T>, code?: IdentityProviderError['code']): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw code === undefined ? readError(error) : new IdentityProviderError(code, error);
  }
}

/** A client of one identity provider. What it says about itself is asked once an hour, and again after a failure. */
export function identityProvider(client: OidcClient, clock: Clock): IdentityProvider {
  let known: { readonly until: number; readonly configuration: oidc.Configuration } | undefined;
  const configured = async (): Promise<oidc.Configuration> => {
    if (known === undefined || known.until <= clock()) {
      known = { configuration: await discover(client), until: clock() + HOUR };
    }
    return known.configuration;
  };
  return {
    start: ({ redirectUri, freshly }) =>
      orFail(async () => {
        const configuration = await configured();
        const codeVerifier = oidc.randomPKCECodeVerifier();
        const flow = { state: oidc.randomState(), nonce: oidc.randomNonce(), codeVerifier, freshly };
        const url = oidc.buildAuthorizationUrl(configuration, {
          redirect_uri: redirectUri,
          scope: ['openid', ...client.scopes].join(' '),
          state: flow.state,
          nonce: flow.nonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
          code_challenge_method: 'S256',
          ...(freshly ? { prompt: 'login', max_age: '0' } : {}),
        });
        return { url: url.href, flow };
      }, 'unreachable'),
    finish: (callback, { state, nonce, codeVerifier, freshly }) =>
      orFail(async () => {
        const answer = await oidc.authorizationCodeGrant(await configured(), callback, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
          ...(freshly ? { maxAge: 0 } : {}),
        });
        const claims = answer.claims() ?? {};
        // The library leaves this to its callers: a token for another party that lists us as a reader, too.
        if ('azp' in claims && claims['azp'] !== client.clientId)
          throw new IdentityProviderError('token', new Error('the token is for another party'));
        return claims;
      }),
  };
}
