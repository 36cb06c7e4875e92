import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { testServer } from './server.test-kit.ts';
import type { TestServer } from './server.test-kit.ts';

const version = { name: 'knowngood', version: '1.0.0', api: 'v2' } as const;

async function listen(server: TestServer): Promise<string> {
  await server.fastify.listen({ host: '127.0.0.1', port: 0 });
  const address = server.fastify.server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

test('a call that runs when the server stops is answered; a new one is not taken', async () => {
  const started = Promise.withResolvers<undefined>();
  const finish = Promise.withResolvers<undefined>();
  const server = testServer({
    getVersion: async () => {
      started.resolve(undefined);
      await finish.promise;
      return version;
    },
  });
  const url = await listen(server);
  const running = fetch(`${url}/api/v2/version`);
  await started.promise;
  const stopped = server.stop();
  await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed');
  finish.resolve(undefined);
  expect(await (await running).json()).toEqual(version);
  await stopped;
});

test('a call that does not end is told to, and cut off when the grace is over', async () => {
  const started = Promise.withResolvers<AbortSignal>();
  const server = testServer(
    {
      getVersion: ({ signal }) => {
        started.resolve(signal);
        return new Promise(() => undefined);
      },
    },
    { limits: { grace: 200 } },
  );
  const running = fetch(`${await listen(server)}/api/v2/version`);
  const outcome = running.then(
    () => 'answered',
    () => 'cut off',
  );
  const signal = await started.promise;
  const begun = performance.now();
  await server.stop();
  expect(await outcome).toBe('cut off');
  expect(performance.now() - begun).toBeLessThan(1_900);
  expect(signal.aborted).toBe(true);
});

test('a request that was being sent when the server stopped gets a clear No', async () => {
  const server = testServer();
  const { port } = new URL(await listen(server));
  const socket = connect(Number(port), '127.0.0.1');
  socket.write('GET /api/v2/version HTTP/1.1\r\nHost: hub\r\n');
  // Until the server has it: a whole exchange on another connection comes after it.
  await fetch(`http://127.0.0.1:${port}/healthz`);
  const stopped = server.stop();
  socket.write('\r\n');
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 503/);
  expect(answer).toContain('"code":"stopping"');
  await stopped;
  expect(server.ran).toEqual([]);
});
