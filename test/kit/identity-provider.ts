import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';

type Json = Readonly<Record<string, unknown>>;

/** How a provider answers with a token, where it is not as it should be. `null` leaves a member out. */
export interface TokenWish {
  readonly header?: Json;
  readonly claims?: Json;
  /** `ours`: with the key that the provider shows. */
  readonly sign?: 'ours' | 'other' | 'ec' | 'none' | 'public-key' | 'client-secret' | 'empty';
  /** What becomes of the token after it was signed. */
  readonly token?: 'two-parts' | 'five-parts' | 'cut' | 'other-claims' | 'not-base64' | 'list';
  /** Members of the answer that holds it. */
  readonly answer?: Json;
  /** The whole answer, for one that is none. */
  readonly raw?: { readonly status?: number; readonly type?: string; readonly body: string };
}

/** An identity provider on this machine, which vouches for whatever it is told to. */
export interface TestIdentityProvider extends AsyncDisposable {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the next code is good for: a token for this nonce. */
  readonly vouch: (nonce: string, wish: TokenWish) => void;
  /** How often it was asked for a token. */
  readonly asked: () => number;
}

const [clientId, clientSecret] = ['knowngood', 'the-secret-of-the-client'];
const ours = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const part = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** Without the members that are null. */
const without = (value: Json): Json =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));

/** `$past`, `$future` and such, and `$ISSUER`, in the place of what nobody can write into a file. */
function filled(value: unknown, words: Readonly<Record<string, unknown>>): unknown {
  if (typeof value === 'string')
    return value in words ? words[value] : value.replace('$ISSUER', String(words['$ISSUER']));
  if (Array.isArray(value)) return value.map((item) => filled(item, words));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, filled(member, words)]));
}

function signature(text: string, how: NonNullable<TokenWish['sign']>): string {
  const rsa = (key: typeof ours): string =>
    sign('sha256', Buffer.from(text), key.privateKey).toString('base64url');
  const hmac = (key: string): string => createHmac('sha256', key).update(text).digest('base64url');
  switch (how) {
    case 'ours':
      return rsa(ours);
    case 'other':
      return rsa(other);
    case 'ec':
      return sign('sha256', Buffer.from(text), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }).toString(
        'base64url',
      );
    case 'public-key':
      return hmac(String(ours.publicKey.export({ type: 'spki', format: 'pem' })));
    case 'client-secret':
      return hmac(clientSecret);
    default:
      return '';
  }
}

function tokenOf(issuer: string, nonce: string, wish: TokenWish): string {
  const now = Math.floor(Date.now() / 1000);
  const words = {
    $ISSUER: issuer,
    $now: now,
    $past: now - 3600,
    $future: now + 3600,
    $groups501: Array.from({ length: 501 }, (_, index) => `group-${index}`),
    $groups500: Array.from({ length: 500 }, (_, index) => `group-${index}`),
    $huge: 'x'.repeat(5 * 1024 * 1024),
    $long: 'x'.repeat(256),
    $nul: 'a\0b',
    $jwk: ec.publicKey.export({ format: 'jwk' }),
  };
  const usual = { iss: issuer, aud: clientId, sub: 'subject-1', iat: now, exp: now + 300, nonce };
  const person = { name: 'Jane', email: 'jane@example.com', email_verified: true, groups: [] };
  const header = without({
    alg: 'RS256',
    kid: 'one',
    ...wish.header,
    ...(wish.sign === 'none' ? { alg: 'none' } : {}),
  });
  const claims = without({ ...usual, ...person, ...(filled(wish.claims ?? {}, words) as Json) });
  const text = `${part(filled(header, words))}.${part(wish.token === 'list' ? [claims] : claims)}`;
  const signed = `${text}.${signature(text, wish.sign ?? 'ours')}`;
  const [head = '', body = '', tail = ''] = signed.split('.');
  switch (wish.token) {
    case 'two-parts':
      return `${head}.${body}`;
    case 'five-parts':
      return `${signed}.${body}.${tail}`;
    case 'cut':
      return signed.slice(0, -8);
    case 'other-claims':
      return `${head}.${part({ ...claims, sub: 'admin' })}.${tail}`;
    case 'not-base64':
      return `${head}.{}.${tail}`;
    default:
      return signed;
  }
}

/** Starts one. It takes any code, for the tests are about what comes after. */
export async function openIdentityProvider(): Promise<TestIdentityProvider> {
  let next = { nonce: '', wish: {} as TokenWish };
  let asked = 0;
  let issuer = '';
  const discovery = (): Json => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256', 'ES256', 'HS256', 'none'],
  });
  const keys = {
    keys: [{ ...ours.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }],
  };
  const server = createServer((request, response) => {
    const send = (body: unknown, status = 200, type = 'application/json'): void => {
      response.writeHead(status, { 'content-type': type });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    if (request.url === '/.well-known/openid-configuration') return send(discovery());
    if (request.url === '/keys') return send(keys);
    asked += 1;
    const { nonce, wish } = next;
    if (wish.raw) return send(wish.raw.body, wish.raw.status, wish.raw.type);
    const usual = { access_token: 'x', token_type: 'Bearer', expires_in: 300 };
    return send(without({ ...usual, id_token: tokenOf(issuer, nonce, wish), ...wish.answer }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    issuer,
    clientId,
    clientSecret,
    vouch: (nonce, wish) => {
      next = { nonce, wish };
    },
    asked: () => asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
