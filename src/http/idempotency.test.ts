import { expect, test } from 'vitest';
import { Refusal } from '../domain/refusal/refusal.ts';
import { bearer, testServer } from './server.test-kit.ts';
import type { TestServer } from './server.test-kit.ts';

const send = (server: TestServer, key: string, options: { name?: string; text?: string } = {}) =>
  server.fastify.inject({
    method: 'POST',
    url: '/api/v2/projects/shop/fetch',
    headers: { 'idempotency-key': key, ...bearer(options.name ?? 'jane') },
    ...(options.text === undefined ? {} : { payload: options.text }),
  });

const token = {
  id: 'tok_1',
  name: 'laptop',
  account: { id: 'usr_1', name: 'Jane', email: null, kind: 'person' as const },
  prefix: 'kng_ab',
  scopes: ['read'],
  createdAt: '2026-01-01T00:00:00Z',
  expiresAt: '2026-02-01T00:00:00Z',
  lastUsedAt: null,
  revokedAt: null,
};
const createToken = (server: TestServer, key: string, name = 'laptop') =>
  server.fastify.inject({
    method: 'POST',
    url: '/api/v2/tokens',
    headers: { 'idempotency-key': key, cookie: 'knowngood-session=jane-secret' },
    payload: { name, scopes: ['read'] },
  });

test('the same key with the same request gets the first answer again, word for word', async () => {
  let count = 0;
  await using server = testServer({
    addNote: () => Promise.reject(new Refusal('notes_full', { limit: ++count })),
    reindexProject: () =>
      Promise.resolve({
        state: 'running',
        indexed: ++count,
        total: null,
        head: null,
        error: null,
        updatedAt: null,
      }),
  });
  const reindex = () =>
    server.fastify.inject({
      method: 'POST',
      url: '/api/v2/projects/shop/reindex',
      headers: { 'idempotency-key': 'k', ...bearer('bob') },
    });
  const [first, second] = [await reindex(), await reindex()];
  expect([first.statusCode, second.statusCode, second.body]).toEqual([202, 202, first.body]);
  expect([first.headers['idempotent-replay'], second.headers['idempotent-replay']]).toEqual([
    undefined,
    'true',
  ]);
  expect(count).toBe(1);
});

test('the same key with another request is refused, and another person has keys of their own', async () => {
  await using server = testServer({ fetchProject: () => Promise.reject(new Refusal('not_visible')) });
  await using tokens = testServer({ createToken: () => Promise.resolve({ token, secret: 'kng_abcdef' }) });
  expect((await createToken(tokens, 'k')).statusCode).toBe(201);
  expect((await createToken(tokens, 'k', 'desktop')).statusCode).toBe(422);
  expect((await send(server, 'k', { name: 'jane' })).statusCode).toBe(404);
  expect((await send(server, 'k', { name: 'bob' })).statusCode).toBe(404);
});

test('while the first request runs, the second is told so', async () => {
  const started = Promise.withResolvers<undefined>();
  const finish = Promise.withResolvers<undefined>();
  await using server = testServer({
    fetchProject: async () => {
      started.resolve(undefined);
      await finish.promise;
      throw new Refusal('fetch_failed', { remote: 'x', reason: 'y' });
    },
  });
  const first = send(server, 'k');
  await started.promise;
  expect((await send(server, 'k')).json()).toMatchObject({ error: { code: 'in_flight' } });
  finish.resolve(undefined);
  expect((await first).statusCode).toBe(503);
});

test('what was refused changed nothing, so the same key tries again', async () => {
  let count = 0;
  await using server = testServer({
    fetchProject: () => Promise.reject(new Refusal('fetch_failed', { remote: 'x', reason: String(++count) })),
  });
  await send(server, 'k');
  expect((await send(server, 'k')).body).toContain(': 2;');
});

test('an answer with a secret is never kept: its repetition is told that the work was done', async () => {
  let count = 0;
  await using server = testServer({
    createToken: () => {
      count += 1;
      return Promise.resolve({ token, secret: 'kng_abcdef' });
    },
  });
  expect((await createToken(server, 'k')).json()).toMatchObject({ secret: 'kng_abcdef' });
  const again = await createToken(server, 'k');
  expect([again.statusCode, again.json()]).toMatchObject([409, { error: { code: 'answer_shown_once' } }]);
  expect(again.body).not.toContain('kng_');
  expect(count).toBe(1);
});

test('a key is 1 to 255 printable ASCII characters', async () => {
  await using server = testServer({ fetchProject: () => Promise.reject(new Refusal('not_visible')) });
  for (const key of ['', ' ', 'a b', 'ü', 'k'.repeat(256)])
    expect((await send(server, key)).json()).toMatchObject({ error: { code: 'idempotency_key_malformed' } });
  expect(server.ran).toEqual([]);
  expect((await send(server, 'k'.repeat(255))).statusCode).toBe(404);
});
