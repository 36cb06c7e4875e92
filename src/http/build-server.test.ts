import { expect, test } from 'vitest';
import { operationIds, operationOf } from '../contract/operations.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import { bearer, testServer } from './server.test-kit.ts';

const api = '/api/v2';
const rollback = `${api}/projects/shop/rollback-requests`;
const valid = {
  mode: 'full',
  tenant: 'acme',
  environment: 'production',
  targetSha: 'v1',
  justification: 'x',
};
const codeOf = (answer: { readonly body: string }): string =>
  (JSON.parse(answer.body) as { error: { code: string } }).error.code;

test('every operation of the table is at its address, and at its alias', async () => {
  // Twice the same would not start: Fastify refuses a route that is taken.
  await using server = testServer();
  await server.fastify.ready();
  for (const id of operationIds) {
    const { method, path, alias } = operationOf(id);
    const at = (address: string) => `${api}${address.replaceAll(/\{(\w+)\}/g, ':$1')}`;
    expect({ id, found: server.fastify.hasRoute({ method, url: at(path) }) }).toEqual({ id, found: true });
    expect(alias === undefined || server.fastify.hasRoute({ method, url: at(alias.path) })).toBe(true);
  }
});

test('each handler runs for its own operation and for no other', async () => {
  await using server = testServer();
  const asked = operationIds.filter((id) => operationOf(id).answer.kind !== 'events');
  for (const id of asked) {
    const { method, path } = operationOf(id);
    const url = `${api}${path}`
      .replace('{slug}', 'shop')
      .replace('/requests/{id}', '/requests/rbk-1')
      .replace('{id}', 'abc_1')
      .replaceAll(/\{\w+\}/g, 'x');
    await server.fastify.inject({ method, url, headers: { cookie: 'knowngood-session=olga-secret' } });
  }
  // Bodies and queries were left out: whoever needs one is refused before its handler.
  expect(server.ran).toEqual(asked.filter((id) => server.ran.includes(id)));
  expect(server.ran.length).toBeGreaterThan(40);
});

test('answers come in the order 401, 404, 403, 400, before anything of the body is read', async () => {
  await using server = testServer();
  const send = (url: string, headers: Record<string, string>) =>
    server.fastify.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', ...headers },
      payload: '{ this is no JSON',
    });
  expect((await send(rollback, {})).statusCode).toBe(401);
  expect((await send(rollback, { authorization: 'Bearer unknown' })).statusCode).toBe(401);
  expect((await send(`${api}/projects/other/rollback-requests`, bearer('jane'))).statusCode).toBe(404);
  expect((await send(`${api}/projects/NO-SLUG/rollback-requests`, bearer('jane'))).statusCode).toBe(404);
  expect((await send(rollback, bearer('vera'))).statusCode).toBe(403);
  expect((await send(rollback, bearer('jane'))).statusCode).toBe(400);
  expect(server.ran).toEqual([]);
});

test('a project that cannot exist is answered word for word like one that does not', async () => {
  await using server = testServer();
  const get = (slug: string) =>
    server.fastify.inject({ url: `${api}/projects/${slug}`, headers: bearer('jane') });
  expect((await get('NO_SLUG')).body).toBe((await get('other')).body);
});

test('the page’s three inputs reach the use case empty, so that it can answer with the page’s words', async () => {
  await using server = testServer({
    submitRollback: ({ body }) => {
      if (!body.targetSha) throw new Refusal('target_sha_required');
      throw new Refusal('justification_required');
    },
  });
  const send = (payload: object) =>
    server.fastify.inject({ method: 'POST', url: rollback, headers: bearer('jane'), payload });
  const { targetSha: _, ...without } = valid;
  const answer = await send(without);
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toEqual({
    error: { code: 'target_sha_required', message: 'targetSha is required', details: {} },
  });
  expect(codeOf(await send({ ...valid, targetSha: '' }))).toBe('target_sha_required');
  expect(codeOf(await send({ ...valid, justification: null }))).toBe('justification_required');
});

test('what is wrong with a body is said by name, all of it, and never repeats a value', async () => {
  await using server = testServer();
  const answer = await server.fastify.inject({
    method: 'POST',
    url: rollback,
    headers: bearer('jane'),
    payload: { mode: 'sesame-open', environment: 7, selectedfields: ['x'] },
  });
  expect(answer.statusCode).toBe(400);
  const { error } = answer.json<{ error: { message: string; details: { issues: { path: string }[] } } }>();
  expect(error.details.issues.map(({ path }) => path)).toEqual(['mode', 'tenant', 'environment', '']);
  expect(error.details.issues[1]).toEqual({ path: 'tenant', message: 'is required' });
  expect(answer.body).toContain('selectedfields');
  expect(answer.body).not.toContain('sesame');
});

test('a No that is our fault is logged with its causes, without secrets; one that is the caller’s is not', async () => {
  const cause = new Error('fatal: could not push to https://hub:hunter2-secret@git.example.com/shop.git');
  const refusals = [Object.assign(new Refusal('execution_failed'), { cause }), new Refusal('not_pending')];
  await using server = testServer({
    executeRequest: () => Promise.reject(refusals.shift() ?? new Error('asked too often')),
  });
  const execute = () =>
    server.fastify.inject({
      method: 'POST',
      url: '/api/v2/requests/rbk-1/execute',
      headers: bearer('bob'),
      payload: {},
    });
  expect((await execute()).statusCode).toBe(500);
  const log = server.log.join('');
  expect(log).toContain('approval saved but rollback execution failed');
  expect(log).toContain('fatal: could not push to https://…@git.example.com/shop.git');
  expect(log).not.toContain('hunter2');
  server.log.length = 0;
  expect((await execute()).statusCode).toBe(400);
  expect(server.log.join('')).not.toContain('not pending');
});

test('a bug is answered with an incident id and nothing else; the log has the rest, without secrets', async () => {
  await using server = testServer({
    getVersion: () => Promise.reject(new Error('connect to https://jane:hunter2@db.example.com failed')),
  });
  const answer = await server.fastify.inject({ url: `${api}/version` });
  expect(answer.statusCode).toBe(500);
  const { error } = answer.json<{
    error: { code: string; message: string; details: { incident: string } };
  }>();
  expect(error.code).toBe('incident');
  expect(error.message).toBe(`something went wrong on our side; incident ${error.details.incident}`);
  expect(answer.body).not.toMatch(/hunter2|db\.example|at .*\.ts/);
  const log = server.log.join('');
  expect(log).toContain(error.details.incident);
  expect(log).toContain('db.example.com');
  expect(log).not.toContain('hunter2');
});

test('what the contract does not name never leaves, and an answer that does not fit is a bug', async () => {
  const version = { name: 'knowngood' as const, version: '1.0.0', api: 'v2' as const, passwordHash: 'x' };
  await using server = testServer({ getVersion: () => Promise.resolve(version) });
  const answer = await server.fastify.inject({ url: `${api}/version` });
  expect(answer.json()).toEqual({ name: 'knowngood', version: '1.0.0', api: 'v2' });
  await using broken = testServer();
  expect((await broken.fastify.inject({ url: `${api}/version` })).statusCode).toBe(500);
});

test('a session cookie is HttpOnly and Lax, and over https bound to host and path', async () => {
  const login = { method: 'POST', url: `${api}/auth/logout`, payload: {} } as const;
  const handlers = {
    logout: ({ cookies }: { cookies: { set: (name: 'session', value: string, at: number) => void } }) => {
      cookies.set('session', 's3cret', 1_800_000_000_000);
      return Promise.resolve(undefined);
    },
  };
  await using plain = testServer(handlers);
  expect((await plain.fastify.inject(login)).headers['set-cookie']).toBe(
    'knowngood-session=s3cret; Path=/; Expires=Fri, 15 Jan 2027 08:00:00 GMT; HttpOnly; SameSite=Lax',
  );
  await using secure = testServer(handlers, { publicUrl: 'https://hub.example.com' });
  const answer = await secure.fastify.inject(login);
  expect(answer.headers['set-cookie']).toMatch(/^__Host-knowngood-session=s3cret; Path=\/; .*; Secure/);
  expect(answer.headers['strict-transport-security']).toContain('max-age');
});

test('the same right counts for session, Bearer and Basic, and a token only has its scopes', async () => {
  await using server = testServer({ createProject: () => Promise.reject(new Refusal('already_exists')) });
  const basic = (secret: string) => `Basic ${Buffer.from(`any:${secret}`).toString('base64')}`;
  const asked = async (headers: Record<string, string>): Promise<number> => {
    const payload = { slug: 'new' };
    return (await server.fastify.inject({ method: 'POST', url: `${api}/projects`, headers, payload }))
      .statusCode;
  };
  for (const [name, status] of [
    ['bob', 409],
    ['jane', 403],
    ['narrow', 403],
    ['nobody', 401],
  ] as const) {
    expect(await asked({ authorization: `Bearer ${name}-secret` })).toBe(status);
    expect(await asked({ authorization: basic(`${name}-secret`) })).toBe(status);
    expect(await asked({ cookie: `knowngood-session=${name}-secret` })).toBe(status);
  }
});

test('a broken Authorization header is not passed over for the cookie', async () => {
  await using server = testServer();
  const headers = { authorization: 'Digest nonsense', cookie: 'knowngood-session=bob-secret' };
  expect((await server.fastify.inject({ url: `${api}/me`, headers })).statusCode).toBe(401);
});

test('an address for rollbacks alone is the same operation, and says so to the handler', async () => {
  const seen: boolean[] = [];
  await using server = testServer({
    listRequests: ({ rollbacksOnly }) => {
      seen.push(rollbacksOnly);
      return Promise.resolve({ items: [], nextCursor: null });
    },
  });
  for (const path of ['/requests', '/rollback-requests?limit=5'])
    expect((await server.fastify.inject({ url: `${api}${path}`, headers: bearer('vera') })).statusCode).toBe(
      200,
    );
  expect(seen).toEqual([false, true]);
});

test('too many calls are refused with the time to wait, each caller for itself', async () => {
  await using server = testServer(
    { listProjects: () => Promise.resolve({ items: [], nextCursor: null }) },
    { limits: { callsAtOnce: 2, callsPerSecond: 0.5 } },
  );
  const ask = (name: string) => server.fastify.inject({ url: `${api}/projects`, headers: bearer(name) });
  expect((await ask('jane')).statusCode).toBe(200);
  expect((await ask('jane')).statusCode).toBe(200);
  const refused = await ask('jane');
  expect([refused.statusCode, refused.headers['retry-after'], codeOf(refused)]).toEqual([
    429,
    '2',
    'rate_limited',
  ]);
  expect((await ask('bob')).statusCode).toBe(200);
});

test('metrics tell durations by route and are for this machine or for the holder of the token', async () => {
  await using server = testServer({}, { metricsToken: 'scrape-me' });
  await server.fastify.inject({ url: `${api}/projects/secret-name`, headers: bearer('jane') });
  expect((await server.fastify.inject({ url: '/metrics' })).statusCode).toBe(404);
  const headers = { authorization: 'Bearer scrape-me' };
  const answer = await server.fastify.inject({ url: '/metrics', headers });
  expect(answer.body).toMatch(/_count\{method="GET",route="\/api\/v2\/projects\/:slug",status="404"\} 1/);
  expect(answer.body).not.toContain('secret-name');
});

test('readiness names what is missing; health only says that the process answers', async () => {
  await using server = testServer(
    {},
    { readiness: () => Promise.resolve({ store: 'is locked', git: undefined }) },
  );
  expect((await server.fastify.inject({ url: '/healthz' })).body).toBe('ok\n');
  const ready = await server.fastify.inject({ url: '/readyz' });
  expect([ready.statusCode, ready.body]).toEqual([503, 'store: is locked\ngit: ok\nserver: ok\n']);
});

test('a log line tells who asked what and how it went, without the query', async () => {
  await using server = testServer();
  await server.fastify.inject({ url: `${api}/projects?cursor=s3cret`, headers: bearer('jane') });
  const line = JSON.parse(server.log.at(-1) ?? '') as object;
  expect(line).toMatchObject({ method: 'GET', path: `${api}/projects`, status: 500, actor: 'usr_jane' });
  expect(server.log.join('')).not.toMatch(/s3cret|jane-secret/);
});
