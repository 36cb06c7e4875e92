import type { RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { imageRegistry } from '../../test/kit/image-registry.ts';
import { receiver } from '../../test/kit/receiver.ts';
import { readImageName } from '../domain/verification/image-name.ts';
import { askForImage } from './image-registry.ts';
import type { RegistryAnswer, RegistryRules } from './registry-call.ts';

/** Asks a registry without TLS at a host, whose names lead nowhere unless told. */
const ask = async (
  host: string,
  image: string,
  rules: Partial<RegistryRules> = {},
): Promise<RegistryAnswer> => {
  const name = readImageName(`${host}/${image}`);
  if (!name) throw new Error(`${image} is no image`);
  return askForImage(name, { named: [{ host, plainHttp: true }], timeout: 2000, ...rules });
};

/** What comes of asking a server that behaves in its own way. */
async function answerFrom(listener: RequestListener, rules: Partial<RegistryRules> = {}): Promise<string> {
  await using server = await receiver(listener);
  const answer = await ask(`127.0.0.1:${server.port}`, 'shop/api:v1', rules);
  return answer.kind === 'unknown' ? answer.reason : answer.kind;
}

const digest = `sha256:${'ab'.repeat(32)}`;

test('a registry is asked with a token for anybody, and has an image or has it not', async () => {
  await using registry = await imageRegistry(['shop/api:v1', `shop/api:${digest}`]);
  expect(await ask(registry.host, 'shop/api:v1')).toEqual({ kind: 'there' });
  expect(registry.asked).toEqual([
    'HEAD /v2/shop/api/manifests/v1',
    'GET /token?scope=repository%3Ashop%2Fapi%3Apull&service=here',
    'HEAD /v2/shop/api/manifests/v1 as anybody',
  ]);
  expect(await ask(registry.host, 'shop/api:v2')).toEqual({ kind: 'missing' });
  expect(await ask(registry.host, `shop/api:v9@${digest}`)).toEqual({ kind: 'there' });
  expect(await ask(registry.host, 'private/api:v1')).toEqual({
    kind: 'unknown',
    reason: 'shows it only to those who sign in',
  });
});

test('only registries that were named are asked, and only for names that an image can have', async () => {
  await using registry = await imageRegistry(['shop/api:v1']);
  const others = { named: [{ host: 'ghcr.io', plainHttp: false }] };
  expect(await ask(registry.host, 'shop/api:v1', others)).toMatchObject({
    reason: /not among the registries/,
  });
  for (const image of [
    'shop/../../x:v1',
    'Shop/api:v1',
    'shop/api:v1?x=1',
    'shop/api@sha256:1',
    'a/b%2fc:v1',
    `shop/api@${'a'.repeat(1024 ** 2)}:${'ab'.repeat(32)}`,
  ])
    expect(await ask(registry.host, image)).toEqual({
      kind: 'unknown',
      reason: 'has nothing of such a name',
      asked: false,
    });
  expect(registry.asked).toEqual([]);
});

test('a redirect is not followed, whoever says it', async () => {
  await using inside = await receiver((_, answer) => answer.writeHead(200).end());
  const location = `http://127.0.0.1:${inside.port}/v2/shop/api/manifests/v1`;
  expect(await answerFrom((_, answer) => answer.writeHead(307, { location }).end())).toBe('answered 307');
});

const sendTo =
  (realm: string): RequestListener =>
  (_, answer) =>
    answer.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}"` }).end();

test('a token is fetched from another private host only where that one was named, too', async () => {
  const seen: (string | undefined)[] = [];
  await using other = await receiver(({ url }, answer) => {
    seen.push(url);
    answer.end('{"access_token": "x y"}');
  });
  const realm = `http://127.0.0.1:${other.port}/token`;
  expect(await answerFrom(sendTo(realm))).toMatch(/must begin with https/);
  expect(await answerFrom(sendTo(`https://127.0.0.1:${other.port}/token`))).toMatch(/may be used/);
  const resolve = () => Promise.resolve(['169.254.169.254']);
  expect(await answerFrom(sendTo('https://auth.example.com/token'), { resolve })).toMatch(/may be used/);
  expect(await answerFrom(sendTo('file:///etc/passwd'))).toMatch(/not a complete https URL/);
  expect(await answerFrom(sendTo('nowhere'))).toBe('names no address where it gives tokens');
  expect(seen).toEqual([]);
  await using registry = await receiver(sendTo(realm));
  const host = `127.0.0.1:${registry.port}`;
  const named = [host, `127.0.0.1:${other.port}`].map((each) => ({ host: each, plainHttp: true }));
  // A text with a space in it is no token, and must not become a header.
  expect(await ask(host, 'shop/api:v1', { named })).toMatchObject({ reason: /gives no token/ });
  expect(seen).toEqual(['/token?scope=repository%3Ashop%2Fapi%3Apull']);
});

test('a name that leads to the metadata of a cloud is not called, although its registry was named', async () => {
  const rules = { resolve: () => Promise.resolve(['169.254.169.254']) };
  expect(await ask('images.example.com', 'shop/api:v1', rules)).toMatchObject({ reason: /may be used/ });
});

test('what never ends, never begins, or says something else is unknown', async () => {
  const endless: RequestListener = (request, answer) => {
    if (request.method === 'HEAD') return sendTo(`http://${request.headers.host ?? ''}/`)(request, answer);
    const more = (): void => {
      if (!answer.destroyed) answer.write('x'.repeat(16_384), () => setImmediate(more));
    };
    return more();
  };
  expect(await answerFrom(endless)).toBe('gives no token without signing in');
  expect(await answerFrom(() => undefined, { timeout: 200 })).toBe('no answer within 0.2 seconds');
  expect(await answerFrom((_, answer) => answer.writeHead(503).end())).toBe('answered 503');
  expect(await answerFrom((_, answer) => answer.writeHead(429).end())).toBe('was asked too often');
  expect(await ask('127.0.0.1:1025', 'shop/api:v1')).toMatchObject({
    reason: 'could not be reached: ECONNREFUSED',
  });
});
