import { expect, test } from 'vitest';
import { type ConsoleFiles, nonceMark } from './console.ts';
import { testServer } from './server.test-kit.ts';

const built: ConsoleFiles = {
  page: `<script nonce="${nonceMark}"></script><meta nonce="${nonceMark}">`,
  files: new Map([
    [
      '/assets/a-1.js',
      {
        type: 'text/javascript; charset=utf-8',
        body: Buffer.from('plain'),
        brotli: Buffer.from('br'),
        gzip: Buffer.from('gz'),
      },
    ],
  ]),
};

const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

test('a browser gets the page at any address of people, each time with another nonce that its policy names', async () => {
  await using server = testServer({}, { console: built });
  const nonces = new Set<string>();
  for (const url of ['/', '/projects/shop/acme/production?service=web', '/requests/rbk-1']) {
    const { statusCode, headers, body } = await server.fastify.inject({ url, headers: html });
    const [, nonce = ''] = /script nonce="([^"]+)"/.exec(body) ?? [];
    nonces.add(nonce);
    expect(statusCode).toBe(200);
    expect(body).not.toContain(nonceMark);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; connect-src 'self'; ` +
        `img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(headers).toMatchObject({ 'x-frame-options': 'DENY', 'x-content-type-options': 'nosniff' });
  }
  expect(nonces.size).toBe(3);
});

test('addresses of programs are never answered with the page', async () => {
  await using server = testServer({}, { console: built });
  for (const url of ['/api/v2/nothing', '/git/shop/nothing', '/hooks/a/b', '/assets/gone.js', '/api'])
    expect(await server.fastify.inject({ url, headers: html })).toMatchObject({ statusCode: 404 });
  expect(await server.fastify.inject({ url: '/healthz', headers: html })).toMatchObject({ body: 'ok\n' });
  for (const wish of [{ url: '/x' }, { url: '/x', method: 'POST', headers: html }] as const)
    expect((await server.fastify.inject(wish)).json()).toMatchObject({ error: { code: 'route_unknown' } });
});

test('a file comes as small as the client can take it, and may be kept for ever', async () => {
  await using server = testServer({}, { console: built });
  const get = async (accepted?: string) => {
    const headers = accepted === undefined ? {} : { 'accept-encoding': accepted };
    const answer = await server.fastify.inject({ url: '/assets/a-1.js', headers });
    expect(answer.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      vary: 'accept-encoding',
    });
    return [answer.headers['content-encoding'], answer.body];
  };
  expect(await get('gzip, deflate, br')).toEqual(['br', 'br']);
  expect(await get('gzip')).toEqual(['gzip', 'gz']);
  expect(await get('br;q=0, gzip')).toEqual(['gzip', 'gz']);
  expect(await get()).toEqual([undefined, 'plain']);
});

test('without a console nothing changes for anybody', async () => {
  await using server = testServer();
  expect((await server.fastify.inject({ url: '/', headers: html })).json()).toMatchObject({
    error: { code: 'route_unknown' },
  });
});
