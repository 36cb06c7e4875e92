import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { defaultPolicy } from '../src/domain/policy/policy.ts';
import { serveRepository } from './kit/git-host.ts';
import { makeRepository, temporaryFolder } from './kit/repository.ts';
import { type SecretLedger, filesBelow, secretLedger } from './kit/secret-ledger.ts';
import { client } from './kit/serve-hub.ts';
import { type ServerProcess, startServerProcess } from './kit/server-process.ts';
import { shopHistory } from './kit/shop.ts';

type Headers = Readonly<Record<string, string>>;

/** What came back, all of which is in the ledger. */
interface Heard {
  readonly status: number;
  readonly cookie: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Calls the server; `name` is that of its answer in the ledger. */
type Call = (name: string, call: CallOf) => Promise<Heard>;
interface CallOf {
  readonly method?: string;
  readonly path: string;
  readonly body?: object | string;
  readonly headers?: Headers;
}

const caller =
  ({ origin }: ServerProcess, ledger: SecretLedger): Call =>
  async (name, { method = 'POST', path, body, headers = {} }) => {
    const answer = await fetch(`${origin}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'POST' ? { 'idempotency-key': name.replaceAll(/\W/g, '-') } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const head = JSON.stringify([...answer.headers]);
    ledger.heard(name, `${head}\n${text}`);
    const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
    const isJson = /^application\/json(;|$)/.test(answer.headers.get('content-type') ?? '');
    return { status: answer.status, cookie, body: isJson ? (JSON.parse(text) as Heard['body']) : {} };
  };

interface Life {
  readonly server: ServerProcess;
  readonly ledger: SecretLedger;
  readonly call: Call;
}

const api = (path: string): string => `/api/v2${path}`;

/** Uses a link for a password; the headers of the session that this opens. */
async function comeIn({ call, ledger }: Life, name: string, link: string): Promise<Headers> {
  const password = ledger.typed(`the password of ${name}`);
  const secret = link.split('#')[1];
  const answer = `coming in as ${name}`;
  const { status, cookie } = await call(answer, {
    path: api('/auth/one-time-link'),
    body: { secret, password },
  });
  expect(status).toBe(200);
  ledger.shown(`the session of ${name}`, cookie.split('=')[1] ?? '', answer);
  return { cookie };
}

/** What people do wrong with secrets, and must not find again. */
async function blunder({ call, ledger }: Life, headers: Headers): Promise<void> {
  const email = 'jane@example.com';
  const wrong = (): string => ledger.typed('something that was typed wrong');
  const login = api('/auth/login');
  await call('a wrong password', { path: login, body: { email, password: wrong() } });
  await call('a password as address', { path: login, body: { email: wrong(), password: 'x' } });
  await call('a password in a list', { path: login, body: { email, password: [wrong()] } });
  await call('a password under another name', {
    path: login,
    body: { email, password: 'x', pasword: wrong() },
  });
  await call('a body that is cut off', { path: login, body: `{"email":"x","password":"${wrong()}` });
  await call('a password in the query', { path: `${login}?password=${encodeURIComponent(wrong())}` });
  await call('a link that is none', {
    path: api('/auth/one-time-link'),
    body: { secret: wrong(), password: wrong() },
  });
  await call('a wrong present password', {
    path: api('/auth/password'),
    body: { current: wrong(), next: wrong() },
    headers,
  });
  await call('a wrong proof', { path: api('/auth/reauthenticate'), body: { password: wrong() }, headers });
  await call('a secret as bearer', {
    path: api('/me'),
    method: 'GET',
    headers: { authorization: `Bearer ${randomBytes(24).toString('hex')}` },
  });
  const basic = Buffer.from(`jane:${wrong()}`).toString('base64');
  await call('a secret as basic', {
    path: api('/me'),
    method: 'GET',
    headers: { authorization: `Basic ${basic}` },
  });
  await call('a secret as cookie', {
    path: api('/me'),
    method: 'GET',
    headers: { cookie: `knowngood-session=${encodeURIComponent(wrong())}` },
  });
}

/** Tokens: made, used, used where they do not belong, and revoked. Gives one that may push. */
async function useTokens({ call, ledger, server }: Life, who: Headers): Promise<string> {
  const scopes = ['read', 'push', 'request'];
  const made = await call('making a token', {
    path: api('/tokens'),
    body: { name: 'git', scopes },
    headers: who,
  });
  const secret = ledger.shown('a token', String(made.body['secret']), 'making a token');
  const bearer = { authorization: `Bearer ${secret}` };
  await call('using a token', { path: api('/me'), method: 'GET', headers: bearer });
  await call('a token that lacks a scope', { path: api('/webhooks'), method: 'GET', headers: bearer });
  await call('a token in the path', { path: api(`/projects/${secret}`), method: 'GET', headers: who });
  await call('a token in the query', { path: api(`/me?token=${secret}`), method: 'GET', headers: who });
  await call('listing tokens', { path: api('/tokens'), method: 'GET', headers: who });
  await fetch(`${server.origin}/git/${secret}/info/refs?service=git-upload-pack`);
  return secret;
}

/** A project of ours, a push that is taken and one that is not, and a rollback with everything that tells of it. */
async function workAsUsual(life: Life, who: Headers, token: string): Promise<void> {
  const { call, ledger, server } = life;
  await call('creating a project', { path: api('/projects'), body: { slug: 'shop' }, headers: who });
  const { host } = new URL(server.origin);
  using repository = makeRepository(shopHistory);
  const address = (secret: string): string => `http://git:${encodeURIComponent(secret)}@${host}/git/shop`;
  await client(repository.dir, 'push', address(token), 'main');
  const wrong = ledger.typed('a token that is none');
  await client(repository.dir, 'push', address(wrong), 'main').catch(() => undefined);
  const policy = { ...defaultPolicy, approvals: 1 };
  const path = api('/projects/shop/environments/production/policy');
  await call('a policy', { method: 'PUT', path, body: { policy }, headers: who });
  const wish = {
    mode: 'service',
    tenant: 'acme',
    environment: 'production',
    service: 'api-gateway',
    targetSha: repository.commits[1],
    justification: 'Bad image tag',
  };
  const bearer = { authorization: `Bearer ${token}` };
  const submitted = await call('a request', {
    path: api('/projects/shop/rollback-requests'),
    body: wish,
    headers: bearer,
  });
  expect(submitted.status).toBe(201);
  const request = api(`/requests/${String(submitted.body['id'])}`);
  for (const part of ['', '/plan', '/evidence', '/evidence.md'])
    await call(`the request${part}`, { method: 'GET', path: `${request}${part}`, headers: who });
}

/** A repository of another host, reached and not reached, by password and by key. */
async function connect(
  { call, ledger }: Life,
  who: Headers,
  host: { readonly url: string; readonly password: string },
): Promise<void> {
  const by = (password: string) => ({ kind: 'password', username: 'hub', password });
  const webhookSecret = ledger.typed('the secret of the upstream');
  const create = (name: string, upstream: object) =>
    call(name, {
      path: api('/projects'),
      body: { slug: 'away', upstream: { branch: 'main', webhookSecret, ...upstream } },
      headers: who,
    });
  await create('a wrong upstream password', {
    url: host.url,
    credential: by(ledger.typed('an upstream password')),
  });
  const inside = host.url.replace(
    '//',
    `//hub:${encodeURIComponent(ledger.typed('a password in an address'))}@`,
  );
  await create('an address with a password', { url: inside, credential: { kind: 'none' } });
  const privateKey = `-----BEGIN OPENSSH PRIVATE KEY-----\n${ledger.typed('an SSH key')}\n-----END OPENSSH PRIVATE KEY-----\n`;
  await create('an SSH key', {
    url: 'ssh://git@127.0.0.1:1/shop.git',
    credential: {
      kind: 'ssh_key',
      privateKey,
      hostKeys: ['127.0.0.1 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0'],
    },
  });
  expect((await create('an upstream', { url: host.url, credential: by(host.password) })).status).toBe(201);
  const change = { upstream: { credential: by(ledger.typed('another upstream password')) } };
  await call('changing the upstream', {
    method: 'PATCH',
    path: api('/projects/away'),
    body: change,
    headers: who,
  });
  await call('the project', { method: 'GET', path: api('/projects/away'), headers: who });
  await call('fetching', { path: api('/projects/away/fetch'), headers: who });
  const shown = { 'x-gitlab-token': webhookSecret };
  expect((await call('a hook', { path: '/hooks/away', body: '{}', headers: shown })).status).toBe(202);
  await call('a wrong hook', {
    path: '/hooks/away',
    body: '{}',
    headers: { 'x-gitlab-token': ledger.typed('a wrong secret') },
  });
}

/** Somewhere to send events to, that repeats what it got and then says No. */
async function sendEvents({ call, ledger }: Life, who: Headers): Promise<void> {
  let arrived = 0;
  const receiver = createServer((request, response) => {
    arrived += 1;
    request.pipe(response.writeHead(500));
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const address = receiver.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const body = {
    name: 'alarms',
    project: null,
    url: `http://127.0.0.1:${port}/?token=${encodeURIComponent(ledger.typed('a token in the address of a webhook'))}`,
    events: ['*'],
  };
  const made = await call('a webhook', { path: api('/webhooks'), body, headers: who });
  expect(made.status).toBe(201);
  ledger.shown('the secret of a webhook', String(made.body['secret']), 'a webhook');
  const path = api(`/webhooks/${(made.body['webhook'] as { id: string }).id}`);
  const rotated = await call('a new secret', {
    method: 'PATCH',
    path,
    body: { rotateSecret: true },
    headers: who,
  });
  ledger.shown('the new secret of a webhook', String(rotated.body['secret']), 'a new secret');
  await call('a test event', { path: `${path}/ping`, headers: who });
  await vi.waitFor(() => expect(arrived).toBeGreaterThan(0), { timeout: 10_000 });
  await call('deliveries', { method: 'GET', path: `${path}/deliveries`, headers: who });
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
}

/** Everything that can be read about what happened. */
async function lookAround({ call }: Life, who: Headers): Promise<void> {
  for (const path of [
    '/audit?limit=200',
    '/audit/export',
    '/audit/export?format=csv',
    '/audit/checkpoints',
    '/members',
    '/service-accounts',
    '/tokens?everybody=true',
    '/me',
    '/me/sessions',
    '/webhooks',
    '/grants',
    '/projects',
    '/openapi.json',
    '/auth/methods',
  ])
    await call(`looking at ${path}`, { method: 'GET', path: api(path), headers: who });
  for (const path of ['/metrics', '/healthz', '/readyz', '/api/v2/auth/oidc/corp/start'])
    await call(`looking at ${path}`, { method: 'GET', path });
}

const invite = async (life: Life, name: string, owner: Headers): Promise<Headers> => {
  const answer = `inviting ${name}`;
  const email = `${name}@example.com`;
  const invited = await life.call(answer, {
    path: api('/members'),
    body: { email, name, role: 'admin' },
    headers: owner,
  });
  const { link, member } = invited.body as { link: { url: string }; member: { id: string } };
  life.ledger.shown(`the link of ${name}`, link.url.split('#')[1] ?? '', answer);
  // The same again with the same key: what is kept of the first answer must not hold the link.
  await life.call(`${answer} `, {
    path: api('/members'),
    body: { email, name, role: 'admin' },
    headers: owner,
  });
  const who = await comeIn(life, name, link.url);
  const again = `a new link for ${name}`;
  const reset = await life.call(again, { path: api(`/members/${member.id}/reset-link`), headers: owner });
  const url = String(reset.body['url']);
  life.ledger.shown(`the second link of ${name}`, url.split('#')[1] ?? '', again);
  expect(
    (await life.call(`${name} without a session`, { method: 'GET', path: api('/me'), headers: who })).status,
  ).toBe(401);
  return comeIn(life, `${name} again`, url);
};

test('no secret that was typed or handed out is ever seen again', async () => {
  const ledger = secretLedger();
  const data = temporaryFolder('hub');
  const key = randomBytes(32);
  for (const form of ['base64', 'hex', 'latin1'] as const) ledger.known('the key', key.toString(form));
  const oidc = { name: 'corp', issuer: 'http://127.0.0.1:1', clientId: 'k', plainHttp: true };
  using upstream = makeRepository(shopHistory);
  await using host = await serveRepository(upstream);
  ledger.known('the password at the Git host', host.password);
  const near = ['--allow-git-network', '127.0.0.0/8', '--allow-webhook-network', '127.0.0.0/8'];
  const plain = ['--plain-http-git', '--plain-http-webhooks', '--log-level', 'debug'];
  const auth = join(temporaryFolder('auth'), 'config.json');
  const account = { username: 'jane', password: ledger.typed('the password at a registry') };
  writeFileSync(auth, JSON.stringify({ auths: { '127.0.0.1:1': account } }));
  await using server = await startServerProcess(['--no-demo', '--data', data, ...near, ...plain], {
    env: {
      KNOWNGOOD_SECRET_KEY: key.toString('base64'),
      KNOWNGOOD_METRICS_TOKEN: ledger.typed('the token for metrics'),
      KNOWNGOOD_ASK_REGISTRY: 'http://127.0.0.1:1',
      KNOWNGOOD_REGISTRY_AUTH: auth,
      KNOWNGOOD_OIDC: JSON.stringify([{ ...oidc, clientSecret: ledger.typed('the client secret') }]),
    },
  });
  const life: Life = { server, ledger, call: caller(server, ledger) };
  const [, link = ''] = /^ {2}(http\S+\/set-password#\S+)$/m.exec(server.stdout()) ?? [];
  ledger.shown('the first link', link.split('#')[1] ?? '', 'stdout');
  const olga = await comeIn(life, 'olga', link);
  const jane = await invite(life, 'jane', olga);
  await blunder(life, jane);
  const token = await useTokens(life, jane);
  await sendEvents(life, olga);
  await workAsUsual(life, olga, token);
  await connect(life, olga, host);
  await lookAround(life, olga);
  await life.call('signing out', { path: api('/auth/logout'), headers: jane });
  await life.call('a session that ended', { method: 'GET', path: api('/me'), headers: jane });

  expect(ledger.leaks(), 'in an answer').toEqual([]);
  for (const { where, text } of filesBelow(data)) ledger.heard(where, text);
  expect(ledger.leaks(), 'while the server runs').toEqual([]);
  await server.end('SIGTERM');
  ledger.heard('stdout', server.stdout());
  ledger.heard('stderr', server.stderr());
  const files = filesBelow(data);
  for (const { where, text } of files) ledger.heard(where, text);
  expect(ledger.leaks()).toEqual([]);
  // What was looked through is what there is to look through.
  expect(ledger.count()).toBeGreaterThan(30);
  const textOf = (name: string): string | undefined =>
    files.find(({ where }) => where === `file /${name}`)?.text;
  expect(textOf('server.log')).toContain('"path":"/api/v2/auth/login"');
  expect(textOf('hub.db')).toContain('jane@example.com');
  expect(files.filter(({ where }) => where.startsWith('objects of '))).toHaveLength(2);
}, 60_000);

test('a secret is noticed in whatever form it is written down, but where it is shown', () => {
  const ledger = secretLedger();
  const typed = ledger.typed('a password');
  ledger.shown('a token', 'kgp_secret', 'its answer');
  ledger.heard('its answer', '{"secret":"kgp_secret"}');
  ledger.heard('a page', 'nothing');
  expect(ledger.leaks()).toEqual([]);
  ledger.heard('a log', `?password=${encodeURIComponent(typed)}`);
  ledger.heard('a row', Buffer.from(`x:${typed}`.slice(2)).toString('base64'));
  ledger.heard('a header', 'Bearer kgp_secret');
  expect(ledger.leaks()).toEqual(['a password in a log', 'a password in a row', 'a token in a header']);
});
