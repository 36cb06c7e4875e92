import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:https';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/kit/repository.ts';
import { runProgram } from '../../../test/kit/run-program.ts';
import { hubAccess } from '../../bin/hub-access.ts';
import { reach } from './reach.ts';

interface Asked {
  readonly method: string | undefined;
  readonly key: string | string[] | undefined;
}

/** A server that cuts the connection of the first calls, and remembers all. */
async function cutting(cuts: number) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    asked.push({ method: request.method, key: request.headers['idempotency-key'] });
    if (asked.length <= cuts) request.socket.destroy();
    else response.end('done');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async () => {
    await new Promise((resolve) => server.close(resolve));
  };
  return { asked, origin, [Symbol.asyncDispose]: stop };
}

const access = { ...hubAccess, sleep: () => Promise.resolve() };
const call = (origin: string, method: string) =>
  reach(access, origin)(`${origin}/x`, { method, headers: {} });

test('a call whose connection was cut is sent once more, with the key that keeps it from being done twice', async () => {
  await using server = await cutting(1);
  const answer = await call(server.origin, 'POST');
  expect(await answer.text()).toBe('done');
  const [first, second] = server.asked;
  expect(first).toEqual({ method: 'POST', key: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(second).toEqual(first);
  await call(server.origin, 'POST');
  expect(server.asked[2]?.key).not.toBe(first?.key);
});

test('a connection that is cut again is told, and what cannot be repeated is not', async () => {
  await using twice = await cutting(2);
  await expect(call(twice.origin, 'GET')).rejects.toThrow(
    `cannot reach ${twice.origin}: the connection was cut; check the address and that the server is running`,
  );
  expect(twice.asked).toEqual([
    { method: 'GET', key: undefined },
    { method: 'GET', key: undefined },
  ]);
  await using once = await cutting(1);
  await expect(call(once.origin, 'PUT')).rejects.toMatchObject({ code: 'server_unreachable' });
  expect(once.asked).toHaveLength(1);
});

test('a server that does not answer in time is not asked again, for the call may have arrived', async () => {
  let calls = 0;
  const fetch = (): never => {
    calls += 1;
    throw new DOMException('', 'TimeoutError');
  };
  const silent = reach({ ...access, patience: 7, fetch: async () => fetch() }, 'https://hub.example.com');
  await expect(silent('https://hub.example.com/x', { method: 'POST', headers: {} })).rejects.toThrow(
    'https://hub.example.com did not answer within 7 seconds; look at the present state, then try again',
  );
  expect(calls).toBe(1);
});

test('a certificate that nobody vouches for is refused, with what to do about it', async () => {
  const folder = temporaryFolder('tls');
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const making = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const files = ['-days', '2', '-keyout', key, '-out', cert, '-subj', '/CN=localhost'];
  expect((await runProgram('openssl', [...making, ...files])).code).toBe(0);
  const options = { key: readFileSync(key), cert: readFileSync(cert) };
  const server = createTlsServer(options, (_, response) => response.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  await expect(call(origin, 'GET')).rejects.toThrow(
    /^the certificate of https:\/\/localhost:\d+ is not trusted: .*; name the CA that signed it in NODE_EXTRA_CA_CERTS$/,
  );
  await new Promise((resolve) => server.close(resolve));
});

test('a host that does not exist, and one that speaks no https, are told apart', async () => {
  await expect(call('http://no-such-host.invalid', 'GET')).rejects.toMatchObject({
    code: 'server_unreachable',
  });
  await using plain = await cutting(0);
  await expect(call(plain.origin.replace('http:', 'https:'), 'GET')).rejects.toThrow(
    'it does not speak https',
  );
});
