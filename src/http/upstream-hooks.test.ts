import { expect, test } from 'vitest';
import { Refusal } from '../domain/refusal/refusal.ts';
import { testServer } from './server.test-kit.ts';
import type { UpstreamHook } from './upstream-hooks.ts';

test('a hook is handed on byte for byte, whatever its type, for its signature is over the bytes', async () => {
  const seen: UpstreamHook[] = [];
  await using server = testServer({}, { receiveHook: (hook) => Promise.resolve(void seen.push(hook)) });
  const payload = '{"ref" :"refs/heads/main", "ref":1} ';
  for (const type of ['application/json', 'application/x-www-form-urlencoded']) {
    const headers = { 'content-type': type, 'x-hub-signature-256': 'sha256=00' };
    const answer = await server.fastify.inject({ method: 'POST', url: '/hooks/shop', headers, payload });
    expect([answer.statusCode, answer.body]).toEqual([202, '']);
  }
  expect(seen.map(({ slug, body, headers }) => [slug, String(body), headers['x-hub-signature-256']])).toEqual(
    [
      ['shop', payload, 'sha256=00'],
      ['shop', payload, 'sha256=00'],
    ],
  );
});

test('a hook that does not fit is refused, and too many are put off', async () => {
  await using server = testServer(
    {},
    {
      receiveHook: () => Promise.reject(new Refusal('not_visible', { what: 'this project' })),
      limits: { callsAtOnce: 1, callsPerSecond: 1 },
    },
  );
  const send = () => server.fastify.inject({ method: 'POST', url: '/hooks/shop', payload: 'x' });
  expect((await send()).statusCode).toBe(404);
  expect((await send()).statusCode).toBe(429);
});
