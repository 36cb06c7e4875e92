import type { RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { receiver } from '../../test/kit/receiver.ts';
import { readImageName } from '../domain/verification/image-name.ts';
import { askForImage } from './image-registry.ts';
import type { NamedRegistry, RegistryAnswer, RegistryCredential } from './registry-call.ts';

const jane: RegistryCredential = { kind: 'password', username: 'jane', password: 's3cret' };
const janes = `Basic ${Buffer.from('jane:s3cret').toString('base64')}`;
const robot: RegistryCredential = { kind: 'identity', token: 'long-lived' };

interface Heard {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** A server that writes down what it hears; `answer` says the rest. */
async function listening(answer: (heard: Heard, ...told: Parameters<RequestListener>) => unknown) {
  const heard: Heard[] = [];
  const server = await receiver((request, reply) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const body = Buffer.concat(pieces).toString();
      const one = { path: `${method} ${url}`, authorization: headers.authorization, body };
      heard.push(one);
      answer(one, request, reply);
    });
  });
  return {
    ...server,
    heard,
    secrets: () => heard.filter(({ authorization }) => authorization !== undefined),
  };
}

const ask = (image: string, ...named: readonly NamedRegistry[]): Promise<RegistryAnswer> => {
  const name = readImageName(image);
  if (!name) throw new Error(`${image} is no image`);
  const resolve = () => Promise.resolve(['127.0.0.1']);
  return askForImage(name, { named, timeout: 2000, resolve });
};

const here = (port: number, credential?: RegistryCredential, host = '127.0.0.1') => ({
  host: `${host}:${port}`,
  plainHttp: true,
  credential,
});

/** A registry that wants a password itself. */
const basic = () =>
  listening(({ authorization }, _, reply) => {
    if (authorization === janes) reply.writeHead(200).end();
    else reply.writeHead(401, { 'www-authenticate': 'Basic realm="images"' }).end();
  });

/** A registry that wants a token from `realm`. */
const bearer = (realm: string) =>
  listening(({ authorization }, _, reply) => {
    if (authorization === 'Bearer for-jane') reply.writeHead(200).end();
    else reply.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}",service="here"` }).end();
  });

/** Gives a token for the password of jane, or for the long-lived one. */
const tokens = () =>
  listening(({ authorization, body }, _, reply) => {
    const known = authorization === janes || body.includes('refresh_token=long-lived');
    reply.writeHead(known ? 200 : 401).end(known ? '{"access_token":"for-jane"}' : '{}');
  });

test('a registry that asks for a password gets it, and only after it has asked', async () => {
  await using registry = await basic();
  const image = `127.0.0.1:${registry.port}/shop/api:v1`;
  expect(await ask(image, here(registry.port, jane))).toEqual({ kind: 'there' });
  expect(registry.heard.map(({ authorization }) => authorization)).toEqual([undefined, janes]);
  expect(await ask(image, here(registry.port, { ...jane, password: 'old' }))).toEqual({
    kind: 'unknown',
    reason: 'does not show it to the credentials given',
  });
  expect(await ask(image, here(registry.port))).toMatchObject({ reason: /only to those who sign in/ });
});

test('a password or a long-lived token is good for a token, where the registry says that those are given', async () => {
  await using server = await tokens();
  const other = here(server.port);
  await using registry = await bearer(`http://127.0.0.1:${server.port}/token`);
  const image = `127.0.0.1:${registry.port}/shop/api:v1`;
  expect(await ask(image, here(registry.port, jane), other)).toEqual({ kind: 'there' });
  expect(await ask(image, here(registry.port, robot), other)).toEqual({ kind: 'there' });
  expect(server.heard.map(({ path, body }) => `${path} ${body}`.trim())).toEqual([
    'GET /token?scope=repository%3Ashop%2Fapi%3Apull&service=here',
    'POST /token scope=repository%3Ashop%2Fapi%3Apull&service=here&grant_type=refresh_token&client_id=knowngood&refresh_token=long-lived',
  ]);
  expect(new Set(registry.secrets().map(({ authorization }) => authorization))).toEqual(
    new Set(['Bearer for-jane']),
  );
  expect(await ask(image, here(registry.port, { ...jane, username: 'eve' }), other)).toMatchObject({
    reason: /no token for the credentials/,
  });
});

test('no secret goes to another host: by a redirect, or where a credential is of another registry', async () => {
  await using thief = await basic();
  await using registry = await listening((_, __, reply) => {
    reply.writeHead(307, { location: `http://127.0.0.1:${thief.port}/v2/shop/api/manifests/v1` }).end();
  });
  const image = `127.0.0.1:${registry.port}/shop/api:v1`;
  expect(await ask(image, here(registry.port, jane), here(thief.port))).toMatchObject({
    reason: 'answered 307',
  });
  expect(
    await ask(`127.0.0.1:${thief.port}/shop/api:v1`, here(registry.port, jane), here(thief.port)),
  ).toMatchObject({ reason: /only to those who sign in/ });
  expect([...thief.secrets(), ...registry.secrets()]).toEqual([]);
});

test('no secret is sent without TLS to another machine, whether to a registry or for a token', async () => {
  await using plain = await basic();
  expect(
    await ask(`images.example.com:${plain.port}/shop/api:v1`, here(plain.port, jane, 'images.example.com')),
  ).toEqual({ kind: 'unknown', reason: 'wants us to sign in, and credentials are not sent without TLS' });
  await using server = await tokens();
  await using registry = await bearer(`http://tokens.example.com:${server.port}/token`);
  for (const credential of [jane, robot])
    expect(
      await ask(
        `127.0.0.1:${registry.port}/shop/api:v1`,
        here(registry.port, credential),
        here(server.port, undefined, 'tokens.example.com'),
      ),
    ).toMatchObject({ reason: /gives no token/ });
  expect(server.heard).toHaveLength(2);
  expect([...plain.secrets(), ...server.secrets()]).toEqual([]);
  expect(server.heard.map(({ body }) => body)).toEqual(['', '']);
});
