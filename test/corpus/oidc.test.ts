import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type OidcProblem, oidcProblems } from '../../src/domain/people/oidc-claims.ts';
import { signInLimits } from '../../src/domain/people/sign-in-limit.ts';
import type { TestServer } from '../../src/http/server.test-kit.ts';
import { type TestHub, makeHub, person } from '../kit/hub.ts';
import { hubServer } from '../kit/hub-server.ts';
import { type TestIdentityProvider, type TokenWish, openIdentityProvider } from '../kit/identity-provider.ts';
import { sqlOn } from '../kit/sql-on.ts';

interface Item extends TokenWish {
  readonly name: string;
  /** Of the address that the browser comes back to; null leaves a part out, a list gives it more than once. */
  readonly query?: Readonly<Record<string, string | null | readonly string[]>>;
  readonly code?: OidcProblem;
}

const items = parse(readFileSync(join(import.meta.dirname, 'oidc.yaml'), 'utf8')) as readonly Item[];

const time = { ahead: 0 };
let idp: TestIdentityProvider;
let hub: TestHub;
let server: TestServer;
beforeAll(async () => {
  idp = await openIdentityProvider();
  const { issuer, clientId, clientSecret } = idp;
  const rules = { groupsClaim: 'groups', roles: [], groups: 'as_given', emailVerified: 'required' } as const;
  const client = { issuer, clientId, clientSecret, scopes: ['profile', 'email'], plainHttp: true };
  const corp = { name: 'corp', ...client, ...rules, defaultRole: 'viewer' } as const;
  const signIn = { password: true, oidc: [corp], demoAccounts: [] };
  hub = await makeHub({ settings: { signIn }, clock: () => Date.now() + time.ahead });
  await person(hub, 'bob', { role: 'owner' });
  server = hubServer(hub);
});
afterAll(async () => {
  await server.stop();
  await hub.close();
  await idp[Symbol.asyncDispose]();
});

interface Trip {
  readonly cookie: string;
  readonly state: string;
  readonly nonce: string;
}

const address = '/api/v2/auth/oidc/corp';

async function leave(): Promise<Trip> {
  const { headers, cookies } = await server.fastify.inject({ url: `${address}/start` });
  const { searchParams } = new URL(String(headers['location']));
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return { cookie, state: searchParams.get('state') ?? '', nonce: searchParams.get('nonce') ?? '' };
}

interface Outcome {
  readonly problem: string | undefined;
  readonly session: string | undefined;
  readonly body: string;
}

let networks = 0;
/** Each from another network unless told otherwise: there are more of them here than one network may fail. */
const elsewhere = (): string => `10.0.${Math.floor((networks += 1) / 250)}.${networks % 250}`;

async function comeBack(
  { cookie, state }: Trip,
  query: Item['query'] = {},
  remoteAddress = elsewhere(),
): Promise<Outcome> {
  const all: NonNullable<Item['query']> = { code: 'any', state, ...query };
  const parts = Object.entries(all).flatMap(([name, value]) =>
    (value === null ? [] : [value].flat()).map((one) => `${name}=${encodeURIComponent(one)}`),
  );
  const url = `${address}/callback?${parts.join('&')}`;
  const answer = await server.fastify.inject({ url, headers: { cookie }, remoteAddress });
  const session = answer.cookies.find(
    ({ name, value }) => name === 'knowngood-session' && value !== '',
  )?.value;
  if (answer.statusCode === 302) return { problem: undefined, session, body: '' };
  const { code, details } = answer.json<{ error: { code: string; details: { problem?: string } } }>().error;
  return { problem: details.problem ?? code, session, body: answer.body };
}

const people = async (): Promise<number> =>
  (await hub.store.accounts.list({ kind: 'person', limit: 100 })).length;

test('there are as many as we say', () => {
  expect(items.length).toBeGreaterThanOrEqual(115);
  expect(new Set(items.map(({ name }) => name)).size).toBe(items.length);
});

describe('what a provider sends', () => {
  test.each(items)('$name', async ({ query, code, ...wish }) => {
    const before = await people();
    const trip = await leave();
    idp.vouch(trip.nonce, wish);
    const { problem, session, body } = await comeBack(trip, query);
    expect(problem).toBe(code);
    expect(session !== undefined).toBe(code === undefined);
    if (code === undefined) return;
    expect(body).toContain(oidcProblems[code]);
    expect(body).not.toContain('<script>');
    expect(await people()).toBe(before);
  });
});

test('a browser is led to a page that says why, and gets no session', async () => {
  const { cookie, state } = await leave();
  const url = `${address}/callback?error=access_denied&state=${state}`;
  const headers = { cookie, accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
  const answer = await server.fastify.inject({ url, headers });
  expect(answer.statusCode).toBe(302);
  expect(answer.headers['location']).toBe('/sign-in?refused=oidc_failed&because=denied&provider=corp');
  expect(answer.cookies.find(({ name }) => name === 'knowngood-session')).toBeUndefined();
  const unknown = await server.fastify.inject({ url: '/api/v2/auth/oidc/nobody/start', headers });
  expect(unknown.headers['location']).toBe('/sign-in?refused=not_visible&provider=nobody');
});

test('the log says why a sign-in failed, and holds neither the code nor what the provider wrote', async () => {
  const causes = async (wish: TokenWish, query: Item['query'] = {}): Promise<readonly unknown[]> => {
    const trip = await leave();
    idp.vouch(trip.nonce, wish);
    const from = server.log.length;
    await comeBack(trip, { code: 'a-code-of-theirs', ...query });
    const lines = server.log.slice(from).filter((line) => line.includes('sign-in elsewhere failed'));
    return lines.flatMap((line) => {
      const told = JSON.parse(line) as { provider: string; problem: string; causes: readonly string[] };
      return [told.provider, told.problem, ...told.causes];
    });
  };
  expect(await causes({})).toEqual([]);
  expect(await causes({}, { state: 'other' })).toEqual(['corp', 'state']);
  expect((await causes({ sign: 'other' })).join()).toMatch(
    /^corp,token,.*: JWT signature verification failed$/,
  );
  const said = { error: 'access_denied', error_description: 'words of theirs' };
  expect((await causes({}, said)).join()).toMatch(/^corp,denied,.*is an error \(access_denied\)$/);
  const refused = JSON.stringify({ ...said, error: 'invalid_client' });
  expect((await causes({ raw: { status: 401, body: refused } })).join()).toMatch(/\(invalid_client\)$/);
  expect((await causes({ raw: { body: 'eyJhbGciOiJub25lIn0' } })).join()).toMatch(/as JSON,SyntaxError$/);
  // Of all that came back in this file.
  expect(server.log.join('')).not.toMatch(/eyJ|a-code-of-theirs|words of theirs/);
});

test('a sign-in for a command line that failed is logged and written down without what was sent', async () => {
  const challenge = 'A'.repeat(43);
  const query = new URLSearchParams({
    redirectUri: 'http://127.0.0.1:4711/',
    state: 'state-of-the-line',
    challenge,
  });
  const { headers, cookies } = await server.fastify.inject({
    url: `${address}/command-line?${query.toString()}`,
  });
  const { searchParams } = new URL(String(headers['location']));
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  idp.vouch(searchParams.get('nonce') ?? '', { sign: 'other' });
  const from = server.log.length;
  const { seq } = await hub.store.audit.head();
  const url = `${address}/callback?code=a-code-of-theirs&state=${searchParams.get('state')}`;
  const answer = await server.fastify.inject({ url, headers: { cookie } });
  expect(answer.headers['location']).toContain('http://127.0.0.1:4711/?error=oidc_failed');
  const lines = server.log.slice(from).filter((line) => line.includes('sign-in elsewhere failed'));
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { provider: 'corp', problem: 'token' },
  ]);
  const rows = await hub.store.audit.after(seq, 10);
  expect(rows.map(({ entry }) => [entry.action, entry.details['problem']])).toEqual([
    ['account.sign_in_failed', 'token'],
  ]);
  expect(`${lines.join('')}${JSON.stringify(rows)}`).not.toMatch(/a-code-of-theirs|state-of-the-line|eyJ/);
});

describe('a trip', () => {
  const usual = async (): Promise<Trip> => {
    const trip = await leave();
    idp.vouch(trip.nonce, {});
    return trip;
  };

  test('ends once, whatever came of it', async () => {
    const trip = await usual();
    expect(await comeBack(trip)).toMatchObject({ problem: undefined });
    expect(await comeBack(trip)).toMatchObject({ problem: 'state', session: undefined });
    const refused = await leave();
    idp.vouch(refused.nonce, { sign: 'none' });
    expect(await comeBack(refused)).toMatchObject({ problem: 'token' });
    idp.vouch(refused.nonce, {});
    expect(await comeBack(refused)).toMatchObject({ problem: 'state', session: undefined });
  });

  test('is over after a quarter of an hour', async () => {
    const trip = await usual();
    time.ahead += 15 * 60_000;
    expect(await comeBack(trip)).toMatchObject({ problem: 'state', session: undefined });
    time.ahead = 0;
  });

  test('belongs to the browser that began it: the provider is not even asked for another', async () => {
    const [mine, theirs] = [await usual(), await usual()];
    const before = idp.asked();
    for (const cookie of ['', 'knowngood-oidc=v1:AAAA', theirs.cookie])
      expect(await comeBack({ ...mine, cookie })).toMatchObject({ problem: 'state', session: undefined });
    expect(idp.asked()).toBe(before);
  });

  test('gives no token for the nonce of another trip', async () => {
    const [mine, theirs] = [await usual(), await usual()];
    idp.vouch(theirs.nonce, {});
    expect(await comeBack(mine)).toMatchObject({ problem: 'token', session: undefined });
  });
});

describe('an account', () => {
  const comeInAs = async (sub: string, email: string): Promise<Outcome> => {
    const trip = await leave();
    idp.vouch(trip.nonce, { claims: { sub, email } });
    return comeBack(trip);
  };
  const byIdentity = (sub: string) => hub.store.accounts.byIdentity(idp.issuer, sub);

  test('belongs to a subject: the same address does not open it, and does not move to another', async () => {
    expect(await comeInAs('mia', 'mia@example.com')).toMatchObject({ problem: undefined });
    expect(await comeInAs('not-mia', 'mia@example.com')).toMatchObject({ problem: 'email_taken' });
    expect(await comeInAs('mia', 'bob@example.com')).toMatchObject({ problem: undefined });
    expect(await byIdentity('mia')).toMatchObject({ email: 'mia@example.com', role: 'viewer' });
    expect(await hub.store.accounts.withEmail('bob@example.com')).toMatchObject([{ name: 'bob' }]);
    expect(await byIdentity('not-mia')).toBeUndefined();
  });

  test('that was disabled stays shut, and nobody new is made of its subject', async () => {
    await comeInAs('max', 'max@example.com');
    const max = await byIdentity('max');
    if (max) await hub.store.accounts.change({ ...max, disabledAt: 1 });
    const before = await people();
    const { seq } = await hub.store.audit.head();
    expect(await comeInAs('max', 'max@example.com')).toMatchObject({ problem: 'account_disabled' });
    expect(await people()).toBe(before);
    const rows = await hub.store.audit.after(seq, 10);
    expect(rows.map(({ entry }) => [entry.action, entry.object.id])).toEqual([
      ['account.sign_in_failed', max?.id],
    ]);
  });
});

describe('a network', () => {
  const network = '2001:db8:7:7';
  const failFrom = async (host: number): Promise<Outcome> =>
    comeBack(await leave(), { error: 'access_denied' }, `${network}::${host.toString(16)}`);
  const succeedFrom = async (address: string): Promise<Outcome> => {
    const trip = await leave();
    idp.vouch(trip.nonce, {});
    return comeBack(trip, {}, address);
  };

  test('that failed too often is refused without an entry, until a quarter of an hour is over', async () => {
    const most = signInLimits.network.failures;
    for (let host = 1; host <= most; host += 1)
      expect(await failFrom(host)).toMatchObject({ problem: 'denied' });
    const { seq } = await hub.store.audit.head();
    expect(await failFrom(most + 1)).toMatchObject({ problem: 'sign_in_limited', session: undefined });
    expect(await succeedFrom(`${network}::1`)).toMatchObject({ problem: 'sign_in_limited' });
    expect(await hub.store.audit.after(seq, 10)).toEqual([]);
    expect(await succeedFrom('2001:db8:7:8::1')).toMatchObject({ problem: undefined });
    time.ahead = 16 * 60_000;
    expect(await succeedFrom(`${network}::1`)).toMatchObject({ problem: undefined });
    time.ahead = 0;
  });

  test('loses nothing by sign-ins that succeed', async () => {
    const address = '192.0.2.77';
    for (let at = 0; at <= signInLimits.network.failures; at += 1)
      expect(await succeedFrom(address)).toMatchObject({ problem: undefined });
    expect((await hub.store.signInAttempts.get(`network ${address}`))?.failures ?? 0).toBe(0);
  });
});

test('a failure that cannot be written down is told all the same, and logged', async () => {
  const trip = await leave();
  await sqlOn(hub.url, "create trigger stop before insert on audit begin select raise(abort, 'full'); end");
  try {
    const from = server.log.length;
    expect(await comeBack(trip, { error: 'access_denied' })).toMatchObject({ problem: 'denied' });
    expect(server.log.slice(from).join('')).toContain('could not be written down');
  } finally {
    await sqlOn(hub.url, 'drop trigger stop');
  }
});
