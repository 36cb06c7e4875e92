import { expect, test } from 'vitest';
import { addressOf, createClient } from './client.ts';
import type { CallInput, Fetch } from './client.ts';
import type { OperationId } from './operations.ts';

const answering = (status: number, body: string, headers: Record<string, string> = {}) => {
  const seen: { url: string; method: string; headers: Record<string, string>; body?: string }[] = [];
  const fetch: Fetch = (url, init) => {
    seen.push({ url, ...init });
    return Promise.resolve({
      status,
      headers: { get: (name) => headers[name] ?? null },
      text: () => Promise.resolve(body),
    });
  };
  return { seen, client: createClient({ server: 'https://hub.example.com/', fetch }) };
};

test('every part of an address is encoded', () => {
  expect(
    addressOf('getDeployment', {
      params: { slug: 'a/../b', revision: 'v1?x#y' },
      query: { tenant: 'a&b=c' },
    }),
  ).toBe('/api/v2/projects/a%2F..%2Fb/deployments/v1%3Fx%23y?tenant=a%26b%3Dc');
});

test('a call sends its body as JSON and its key for doing it once', async () => {
  const { seen, client } = answering(204, '');
  await client.call('logoutEverywhere', { body: {}, idempotencyKey: 'k1' });
  expect(seen).toEqual([
    {
      url: 'https://hub.example.com/api/v2/auth/logout-everywhere',
      method: 'POST',
      headers: {
        accept: 'application/json, */*;q=0.5',
        'content-type': 'application/json',
        'idempotency-key': 'k1',
      },
      body: '{}',
    },
  ]);
});

test('an answer is checked, and keys that this client does not know are dropped', async () => {
  const { client } = answering(200, '{"name":"knowngood","version":"9.0.0","api":"v2","later":1}');
  expect(await client.call('getVersion')).toEqual({ name: 'knowngood', version: '9.0.0', api: 'v2' });
  const other = answering(200, '<html>');
  await expect(other.client.call('getVersion')).rejects.toMatchObject({ code: 'answer_malformed' });
});

test('an error becomes an ApiError with its code, details and waiting time', async () => {
  const body = JSON.stringify({ error: { code: 'rate_limited', message: 'slow down', details: { a: 1 } } });
  const { client } = answering(429, body, { 'retry-after': '7' });
  await expect(client.call('getVersion')).rejects.toMatchObject({
    name: 'ApiError',
    status: 429,
    code: 'rate_limited',
    message: 'slow down',
    details: { a: 1 },
    retryAfter: 7,
  });
});

test('the error page of a proxy is told apart from an answer of the server', async () => {
  const { client } = answering(502, '<h1>Bad gateway</h1>');
  await expect(client.call('getVersion')).rejects.toMatchObject({ status: 502, code: 'answer_malformed' });
});

type Takes<Id extends OperationId, Input> = Input extends CallInput<Id> ? true : false;

test('the types ask for what an operation needs', () => {
  const project = { params: { slug: 'shop' } };
  const scope = { tenant: 'acme', environment: 'production' };
  const rollback = { ...project, body: { ...scope, mode: 'full' as const } };
  const comparison = { ...project, query: { ...scope, from: 'v1' } };
  // A wrong verdict is a type error on this line.
  const verdicts: [
    Takes<'getProject', typeof project>,
    Takes<'getProject', { query: { limit: 5 } }>,
    Takes<'listProjects', { query: { limit: 5 } }>,
    Takes<'listProjects', { query: { limit: 'five' } }>,
    Takes<'submitRollback', typeof rollback>,
    Takes<'submitRollback', typeof project & { body: typeof scope }>,
    Takes<'compareRevisions', typeof comparison>,
    Takes<'compareRevisions', typeof project>,
  ] = [true, false, true, false, true, false, true, false];
  expect(verdicts).toHaveLength(8);
  expect(addressOf('listProjects', { query: { limit: 5 } })).toBe('/api/v2/projects?limit=5');
  expect(rollback.params).toBe(comparison.params);
});
