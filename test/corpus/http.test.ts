import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Refusal } from '../../src/domain/refusal/refusal.ts';
import { testServer } from '../../src/http/server.test-kit.ts';

interface Item {
  readonly name: string;
  readonly send?: string;
  readonly bytes?: string;
  /** `bytes` has a character for each byte. */
  readonly latin1?: boolean;
  /** `none`: the connection ends without an answer. */
  readonly status: number | 'none';
  readonly code?: string;
  readonly contains?: string;
  readonly lacks?: string;
  readonly ran?: readonly string[];
  readonly empty?: boolean;
}

const items = parse(readFileSync(join(import.meta.dirname, 'http.yaml'), 'utf8')) as readonly Item[];

const server = testServer(
  {
    getVersion: () => Promise.resolve({ name: 'knowngood', version: '1.0.0', api: 'v2' }),
    logout: () => Promise.resolve(undefined),
    submitRollback: () => Promise.reject(new Refusal('target_sha_required')),
  },
  { limits: { bodyTime: 400 } },
);
let port = 0;
beforeAll(async () => {
  await server.fastify.listen({ host: '127.0.0.1', port: 0 });
  const address = server.fastify.server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(() => server.stop());

const start = [
  'POST /api/v2/projects/shop/rollback-requests HTTP/1.1',
  'Host: hub',
  'Authorization: Bearer jane-secret',
  'Content-Type: application/json',
].join('\n');

const expanded = (text: string): string =>
  text
    .replaceAll('{start}', start)
    .replaceAll('{jane}', 'Bearer jane-secret')
    .replaceAll('{bob}', 'Bearer bob-secret')
    .replaceAll(/\{headers\*(\d+)\}/g, (_, count) =>
      Array.from({ length: Number(count) }, (__, index) => `X-Header-${index}: value`).join('\n'),
    )
    .replaceAll(/\{(.)\*(\d+)\}/g, (_, piece: string, count) => piece.repeat(Number(count)));

/** The bytes of an item. */
function requestOf(item: Item): Buffer {
  if (item.bytes !== undefined) return Buffer.from(expanded(item.bytes), item.latin1 ? 'latin1' : 'utf8');
  const text = expanded(item.send ?? '').replace(/\n$/, '');
  const cut = text.indexOf('\n\n');
  const [head, body] = cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 2)];
  const lines = head.split('\n');
  const has = (name: string): boolean => lines.some((line) => line.toLowerCase().startsWith(`${name}:`));
  if (body !== '' && !has('content-length') && !has('transfer-encoding'))
    lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
  if (!has('connection')) lines.push('Connection: close');
  const rest = has('transfer-encoding') ? body.replaceAll('\n', '\r\n') : body;
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${rest}`);
}

/** Everything that comes back until the server ends the connection, or says nothing more for a while. */
function exchange(request: Buffer): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = connect(port, '127.0.0.1');
  let text = '';
  const finish = (): void => {
    socket.destroy();
    resolve(text);
  };
  socket.setTimeout(1_500, finish);
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    socket.setTimeout(300);
  });
  socket.on('close', finish);
  socket.on('error', () => undefined);
  socket.write(request);
  return promise;
}

const codeIn = (answer: string): string | undefined => /"error":\{"code":"(\w+)"/.exec(answer)?.[1];

test('the corpus is large enough and its names are different', () => {
  expect(items.length).toBeGreaterThanOrEqual(75);
  expect(new Set(items.map(({ name }) => name)).size).toBe(items.length);
});

test.each(items)('$name', async (item) => {
  server.ran.length = 0;
  const begun = performance.now();
  const answer = await exchange(requestOf(item));
  const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 'none';
  expect([status, codeIn(answer)]).toEqual([String(item.status), item.code]);
  expect(answer).toContain(item.contains ?? '');
  expect(item.lacks === undefined || !answer.includes(item.lacks)).toBe(true);
  expect(item.empty !== true || answer.endsWith('\r\n\r\n')).toBe(true);
  expect(server.ran).toEqual(item.ran ?? []);
  // Nothing about how the server is made, and never long.
  expect(answer).not.toMatch(/node_modules|\.ts:\d|at \w+ \(/);
  expect(performance.now() - begun).toBeLessThan(2_000);
  expect(await exchange(Buffer.from('GET /healthz HTTP/1.0\r\nHost: hub\r\n\r\n'))).toMatch(
    /^HTTP\/1\.1 200/,
  );
});
