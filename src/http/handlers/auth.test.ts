import { describe, expect, test } from 'vitest';
import { databases } from '../../../test/kit/databases.ts';
import { type TestHub, actorAgain, makeHub, person } from '../../../test/kit/hub.ts';
import { hubServer, outcome, signedIn, withToken } from '../../../test/kit/hub-server.ts';
import { ensureFirstOwner } from '../../app/people/ensure-first-owner.ts';
import { passwordHasher } from '../../app/people/passwords.ts';
import { reserveAttempt } from '../../app/people/reserve-attempt.ts';
import type { Role } from '../../domain/people/actor.ts';
import { tokenScopes } from '../../domain/people/actor.ts';
import type { TestServer } from '../server.test-kit.ts';

const password = 'correct horse battery';
const kept = passwordHasher().hash(password);
const api = '/api/v2';
const somewhere = { address: '198.51.100.7', userAgent: undefined };

/** Somebody with a password, who signs in with an address. */
async function local(hub: TestHub, name: string, role: Role = 'member') {
  const { id } = await person(hub, name, { role });
  const account = await hub.store.accounts.get(id);
  if (!account) throw new Error('just added');
  const passwordHash = await kept;
  await hub.store.tx((tx) => tx.accounts.change({ ...account, login: `${name}@example.com`, passwordHash }));
  return actorAgain(hub, id);
}

const post = (server: TestServer, path: string, payload: object = {}, headers: Record<string, string> = {}) =>
  server.fastify.inject({
    method: 'POST',
    url: `${api}${path}`,
    headers: { 'content-type': 'application/json', ...headers },
    payload,
  });
const get = (server: TestServer, path: string, headers: Record<string, string> = {}) =>
  server.fastify.inject({ url: `${api}${path}`, headers });

const cookieFrom = (answer: { readonly cookies: readonly { name: string; value: string }[] }) => {
  const value = answer.cookies.find(({ name }) => name === 'knowngood-session')?.value;
  return { cookie: `knowngood-session=${value ?? ''}` };
};

const actions = async (hub: TestHub): Promise<string[]> => {
  const rows = await hub.store.audit.list({}, { limit: 100 });
  return rows.map(({ entry }) => entry.action).toReversed();
};

describe.each(databases)('signing in on $kind', (database) => {
  test('a password opens a session that ends with signing out', async () => {
    await using hub = await makeHub({ database });
    await using server = hubServer(hub);
    await local(hub, 'jane');
    const answer = await post(server, '/auth/login', { email: 'Jane@Example.com', password });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ name: 'jane', role: 'member', credential: { kind: 'session' } });
    expect(answer.headers['set-cookie']).toMatch(
      /^knowngood-session=kgs_[\w-]{43}; .*HttpOnly; SameSite=Lax/,
    );
    const cookie = cookieFrom(answer);
    const me = await get(server, '/me', cookie);
    expect(me.json()).toMatchObject({
      email: 'jane@example.com',
      verbs: expect.arrayContaining(['request']),
    });
    const sessions = await get(server, '/me/sessions', cookie);
    expect(sessions.json()).toMatchObject({ items: [{ current: true, address: '127.0.0.1' }] });
    expect((await post(server, '/auth/logout', {}, cookie)).statusCode).toBe(204);
    expect(outcome(await get(server, '/me', cookie))).toBe('401 credential_invalid');
    expect(outcome(await post(server, '/auth/logout', {}, cookie))).toBe('204');
    expect(await actions(hub)).toEqual(['account.signed_in', 'account.signed_out']);
  });

  test('a wrong password, an unknown address and one that cannot be are answered word for word alike', async () => {
    await using hub = await makeHub({ database });
    await using server = hubServer(hub);
    await local(hub, 'jane');
    const tries = [
      { email: 'jane@example.com', password: 'wrong' },
      { email: 'nobody@example.com', password },
      { email: 'jane@example.com\u0000', password },
    ];
    const answers = await Promise.all(tries.map((body) => post(server, '/auth/login', body)));
    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1);
    expect(answers.map(outcome)[0]).toBe('401 sign_in_failed');
    expect(await actions(hub)).toEqual(tries.map(() => 'account.sign_in_failed'));
    expect(answers.flatMap(({ cookies }) => cookies)).toEqual([]);
  });
});

test('ten failures lock an account, known or not, and the right password does not open it', async () => {
  const time = { now: 1_000_000 };
  const good = { email: 'jane@example.com', password };
  const first = await makeHub({ clock: () => time.now });
  {
    await using server = hubServer(first);
    await local(first, 'jane');
    for (const email of ['jane@example.com', 'nobody@example.com']) {
      // Eight tries that were begun, however they ended: a crash in the middle gives none of them back.
      for (let at = 0; at < 8; at += 1) await reserveAttempt(first, somewhere, email);
      const tries = Array.from({ length: 5 }, () =>
        post(server, '/auth/login', { email, password: 'wrong' }),
      );
      // Many at once get no more tries than one after the other.
      const limited = (await Promise.all(tries)).filter(({ statusCode }) => statusCode === 429);
      expect(limited).toHaveLength(3);
      expect(Number(limited[0]?.headers['retry-after'])).toBe(900);
    }
    expect(outcome(await post(server, '/auth/login', good))).toBe('429 sign_in_limited');
    const wish = { ...good, name: 'x', scopes: ['read'] };
    expect(outcome(await post(server, '/auth/token', wish))).toBe('429 sign_in_limited');
  }
  await first.close();
  await using again = await makeHub({ like: first, clock: () => time.now });
  await using server = hubServer(again);
  expect(outcome(await post(server, '/auth/login', good)), 'after a restart').toBe('429 sign_in_limited');
  time.now += 15 * 60_000 + 1;
  expect(outcome(await post(server, '/auth/login', good))).toBe('200');
});

test('one network has a hundred tries, whatever names it tries, and a success of its own does not free it', async () => {
  await using hub = await makeHub();
  await using server = hubServer(hub);
  await local(hub, 'jane');
  for (let at = 0; at < 99; at += 1)
    await hub.store.signInAttempts.failed('network 127.0.0.1', hub.clock(), 0);
  const good = { email: 'jane@example.com', password };
  expect(outcome(await post(server, '/auth/login', good))).toBe('200');
  expect(await hub.store.signInAttempts.get('network 127.0.0.1')).toMatchObject({ failures: 99 });
  expect(outcome(await post(server, '/auth/login', { ...good, password: 'x' }))).toBe('401 sign_in_failed');
  expect(outcome(await post(server, '/auth/login', good))).toBe('429 sign_in_limited');
});

test('signing in ends the session that the browser had before', async () => {
  await using hub = await makeHub();
  await using server = hubServer(hub);
  const jane = await local(hub, 'jane');
  const planted = await signedIn(hub, jane);
  const answer = await post(server, '/auth/login', { email: 'jane@example.com', password }, planted);
  expect(cookieFrom(answer)).not.toEqual(planted);
  expect(outcome(await get(server, '/me', planted))).toBe('401 credential_invalid');
});

test('a new password ends every other session and stays out of the old one', async () => {
  await using hub = await makeHub();
  await using server = hubServer(hub);
  const jane = await local(hub, 'jane');
  const [here, there] = [await signedIn(hub, jane), await signedIn(hub, jane)];
  const change = (current: string, headers = here) =>
    post(server, '/auth/password', { current, next: 'a new long password' }, headers);
  expect(outcome(await change('wrong'))).toBe('401 sign_in_failed');
  expect(outcome(await change(password))).toBe('204');
  expect(outcome(await get(server, '/me', here))).toBe('200');
  expect(outcome(await get(server, '/me', there))).toBe('401 credential_invalid');
  expect(outcome(await change(password))).toBe('401 sign_in_failed');
});

test('proving once more who one is makes the session fresh, and takes a session', async () => {
  const time = { now: 5_000_000 };
  await using hub = await makeHub({ clock: () => time.now });
  await using server = hubServer(hub);
  const jane = await local(hub, 'jane');
  const cookie = await signedIn(hub, jane);
  time.now += 3_600_000;
  const again = await post(server, '/auth/reauthenticate', { password }, cookie);
  expect(again.json()).toMatchObject({ credential: { authenticatedAt: new Date(time.now).toISOString() } });
  const me = await get(server, '/me', cookie);
  expect(me.json()).toMatchObject({ credential: { authenticatedAt: new Date(time.now).toISOString() } });
  const token = await withToken(hub, jane, tokenScopes);
  expect(outcome(await post(server, '/auth/reauthenticate', { password }, token))).toBe('403 door_closed');
});

test('signing out everywhere ends sessions and leaves tokens; one session can be ended alone', async () => {
  await using hub = await makeHub();
  await using server = hubServer(hub);
  const jane = await local(hub, 'jane');
  const [one, two, bob] = [
    await signedIn(hub, jane),
    await signedIn(hub, jane),
    await signedIn(hub, await local(hub, 'bob')),
  ];
  const token = await withToken(hub, jane, ['read']);
  const { items } = (await get(server, '/me/sessions', one)).json<{
    items: { id: string; current: boolean }[];
  }>();
  const other = items.find(({ current }) => !current)?.id ?? '';
  const end = (headers: Record<string, string>) =>
    server.fastify.inject({ method: 'DELETE', url: `${api}/me/sessions/${other}`, headers });
  expect(outcome(await end(bob)), 'somebody else’s session').toBe('404 not_visible');
  expect(outcome(await end(one))).toBe('204');
  expect(outcome(await end(one))).toBe('404 not_visible');
  expect(outcome(await get(server, '/me', two))).toBe('401 credential_invalid');
  expect(outcome(await post(server, '/auth/logout-everywhere', {}, one))).toBe('204');
  expect(outcome(await get(server, '/me', one))).toBe('401 credential_invalid');
  expect(outcome(await get(server, '/me', token))).toBe('200');
});

test('a session ends after a day of rest, and after a week whatever happens', async () => {
  const time = { now: 1_700_000_000_000 };
  const DAY = 86_400_000;
  await using hub = await makeHub({ clock: () => time.now });
  await using server = hubServer(hub);
  const jane = await local(hub, 'jane');
  const idle = await signedIn(hub, jane);
  const busy = await signedIn(hub, jane);
  for (let half = 0; half < 13; half += 1) {
    time.now += DAY / 2;
    expect(outcome(await get(server, '/me', busy))).toBe('200');
  }
  expect(outcome(await get(server, '/me', idle))).toBe('401 credential_invalid');
  time.now += DAY / 2 + 1;
  expect(outcome(await get(server, '/me', busy))).toBe('401 credential_invalid');
});

test('the first owner comes in by a link that works once and is made anew until somebody used it', async () => {
  await using hub = await makeHub();
  await using server = hubServer(hub);
  const first = await ensureFirstOwner(hub, 'Root@Example.com');
  const second = await ensureFirstOwner(hub, 'root@example.com');
  const secretOf = (link: { readonly url: string } | undefined): string => link?.url.split('#')[1] ?? '';
  expect(second?.url).toMatch(/^http:\/\/localhost:7420\/set-password#kgl_[\w-]{43}$/);
  const use = (secret: string) => post(server, '/auth/one-time-link', { secret, password, name: 'Root' });
  expect(outcome(await use(secretOf(first))), 'the link before').toBe('401 credential_invalid');
  const answers = await Promise.all([use(secretOf(second)), use(secretOf(second))]);
  expect(answers.map(outcome).toSorted()).toEqual(['200', '401 credential_invalid']);
  const [won] = answers.filter(({ statusCode }) => statusCode === 200);
  const me = await get(server, '/me', cookieFrom(won ?? { cookies: [] }));
  expect(me.json()).toMatchObject({ name: 'Root', role: 'owner', email: 'root@example.com' });
  expect(await ensureFirstOwner(hub, 'root@example.com')).toBeUndefined();
  expect(outcome(await post(server, '/auth/login', { email: 'root@example.com', password }))).toBe('200');
});

test('the command line signs in for a token and leaves no session behind', async () => {
  await using hub = await makeHub();
  await using server = hubServer(hub);
  const jane = await local(hub, 'jane');
  const body = { email: 'jane@example.com', password, name: 'laptop', scopes: ['read', 'request'] };
  const answer = await post(server, '/auth/token', body);
  const { secret, token } = answer.json<{ secret: string; token: object }>();
  expect(answer.statusCode).toBe(201);
  expect(secret).toMatch(/^kgp_[\w-]{43}$/);
  expect(token).toMatchObject({ name: 'laptop', prefix: secret.slice(0, 8), scopes: ['read', 'request'] });
  const basic = `Basic ${Buffer.from(`jane:${secret}`).toString('base64')}`;
  for (const authorization of [`Bearer ${secret}`, basic])
    expect((await get(server, '/me', { authorization })).json()).toMatchObject({
      credential: { kind: 'token', scopes: ['read', 'request'] },
    });
  expect(outcome(await get(server, '/me', { cookie: `knowngood-session=${secret}` }))).toBe(
    '401 credential_invalid',
  );
  expect(await hub.store.sessions.of(jane.id, hub.clock())).toEqual([]);
});

test('where passwords are switched off nobody comes in with one, and demo accounts are shown only in a demo', async () => {
  const demoAccounts = [{ email: 'jane@example.com', password: 'demo', name: 'Jane' }];
  await using hub = await makeHub({ settings: { signIn: { password: false, oidc: [], demoAccounts } } });
  await using server = hubServer(hub);
  await local(hub, 'jane');
  expect(outcome(await post(server, '/auth/login', { email: 'jane@example.com', password }))).toBe(
    '403 password_sign_in_off',
  );
  expect((await get(server, '/auth/methods')).json()).toEqual({ password: false, oidc: [], demoAccounts });
  await using real = await makeHub();
  await using other = hubServer(real);
  expect((await get(other, '/auth/methods')).json()).toMatchObject({ password: true, demoAccounts: [] });
});
