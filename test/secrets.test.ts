import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultPolicy } from '../src/domain/policy/policy.ts';
import { serveRepository } from './kit/git-host.ts';
import { type HookReceiver, hookReceiver } from './kit/receiver.ts';
import { makeRepository, temporaryFolder } from './kit/repository.ts';
import { secretFiles, secretHistory } from './kit/secret-files.ts';
import { filesBelow, secretLedger } from './kit/secret-ledger.ts';
import { type Headers, type Life, api, comeIn, invite, lifeOf } from './kit/secret-life.ts';
import { misplace } from './kit/secret-places.ts';
import { letAgentsIn, operate, typeCommands } from './kit/secret-programs.ts';
import { client } from './kit/serve-hub.ts';
import { startServerProcess } from './kit/server-process.ts';
import { shopHistory } from './kit/shop.ts';

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

/** A project of ours with secrets in its files: a push that is taken, one that is not, and a rollback. Its request. */
async function workAsUsual(
  life: Life,
  { olga, jane, token }: { olga: Headers; jane: Headers; token: string },
): Promise<string> {
  const { call, ledger, server } = life;
  await call('creating a project', { path: api('/projects'), body: { slug: 'shop' }, headers: olga });
  const { host } = new URL(server.origin);
  // Whoever pushed a secret has it in Git; nothing else shows it.
  const inGit = /^objects of /;
  using repository = makeRepository(secretHistory((name) => ledger.typed(name, inGit)));
  const address = (secret: string): string => `http://git:${encodeURIComponent(secret)}@${host}/git/shop`;
  await client(repository.dir, 'push', address(token), 'main');
  const wrong = ledger.typed('a token that is none');
  await client(repository.dir, 'push', address(wrong), 'main').catch(() => undefined);
  const policy = { ...defaultPolicy, approvals: 1 };
  const path = api('/projects/shop/environments/production/policy');
  await call('a policy', { method: 'PUT', path, body: { policy }, headers: jane });
  const [, good = '', bad = ''] = repository.commits;
  const place = { tenant: 'acme', environment: 'production' };
  const target = { ...place, service: 'api-gateway', targetSha: good };
  const wish = { mode: 'service', ...target, justification: 'Bad image tag' };
  const undo = { commit: bad, justification: 'Bad image tag' };
  const range = new URLSearchParams({ ...place, from: good, to: bad }).toString();
  const looks: [string, object | undefined][] = [
    ...['preview', 'render', 'dry-run'].flatMap((part): [string, object][] => [
      [`rollback/${part}`, wish],
      [`undo/${part}`, undo],
    ]),
    ...secretFiles.flatMap((file): [string, object | undefined][] => [
      ['rollback/preview', { ...wish, showText: file }],
      [`compare/file?${range}&path=${file}`, undefined],
    ]),
    [`compare?${range}`, undefined],
    [`fields?${range}&service=api-gateway`, undefined],
    [`deployments?tenant=acme&environment=production`, undefined],
    [`deployments/${bad}`, undefined],
  ];
  for (const [part, body] of looks)
    await call(`looking at ${part}`, {
      path: api(`/projects/shop/${part}`),
      headers: olga,
      ...(body === undefined ? { method: 'GET' } : { body }),
    });
  const submitted = await call('a request', {
    path: api('/projects/shop/rollback-requests'),
    body: wish,
    headers: { authorization: `Bearer ${token}` },
  });
  expect(submitted.status).toBe(201);
  const { id, digest } = submitted.body as { id: string; digest: string };
  const request = api(`/requests/${id}`);
  expect(
    (await call('an approval', { path: `${request}/approve`, body: { digest }, headers: olga })).status,
  ).toBe(200);
  for (const part of ['', '/plan', '/evidence', '/evidence.md'])
    await call(`the request${part}`, { method: 'GET', path: `${request}${part}`, headers: olga });
  return id;
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

/** Has every event sent to a receiver, in whose address a token stands, and which says No at first. */
async function sendEvents({ call, ledger }: Life, who: Headers, receiver: HookReceiver): Promise<void> {
  const token = encodeURIComponent(ledger.typed('a token in the address of a webhook'));
  const body = { name: 'alarms', project: null, url: `${receiver.url}?token=${token}`, events: ['*'] };
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
  const elsewhere = receiver.url.replace(
    '//',
    `//hub:${encodeURIComponent(ledger.typed('a password of a webhook'))}@`,
  );
  await call('a webhook with a password', {
    path: api('/webhooks'),
    body: { ...body, url: elsewhere },
    headers: who,
  });
  await call('a test event', { path: `${path}/ping`, headers: who });
  await receiver.until(1);
  await call('deliveries', { method: 'GET', path: `${path}/deliveries`, headers: who });
}

/** Listens to events; what came, once it is asked for. */
function listen({ server }: Life, headers: Headers): () => Promise<string> {
  const leaving = new AbortController();
  const heard: string[] = [];
  const hear = async (): Promise<void> => {
    const { body } = await fetch(`${server.origin}${api('/events')}`, { headers, signal: leaving.signal });
    for await (const chunk of body ?? []) heard.push(Buffer.from(chunk).toString());
  };
  // It ends by our leaving, or with the server.
  const end = hear().catch(() => undefined);
  return async () => {
    leaving.abort();
    await end;
    return heard.join('');
  };
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
      KNOWNGOOD_AGENT_PORT: '0',
      KNOWNGOOD_METRICS_TOKEN: ledger.typed('the token for metrics'),
      KNOWNGOOD_ASK_REGISTRY: 'http://127.0.0.1:1',
      KNOWNGOOD_REGISTRY_AUTH: auth,
      KNOWNGOOD_OIDC: JSON.stringify([{ ...oidc, clientSecret: ledger.typed('the client secret') }]),
    },
  });
  const life = lifeOf(server, ledger);
  const [, link = ''] = /^ {2}(http\S+\/set-password#\S+)$/m.exec(server.stdout()) ?? [];
  ledger.shown('the first link', link.split('#')[1] ?? '', 'stdout');
  const olga = await comeIn(life, 'olga', link);
  const jane = await invite(life, 'jane', olga);
  await using receiver = await hookReceiver((_, index) => (index === 0 ? 500 : 204));
  const events = listen(life, olga);
  await blunder(life, jane);
  await misplace(life, olga);
  const token = await useTokens(life, jane);
  await sendEvents(life, olga, receiver);
  const request = await workAsUsual(life, { olga, jane, token });
  await connect(life, olga, host);
  const [, port = ''] = /"agentPort":(\d+)/.exec(readFileSync(join(data, 'server.log'), 'utf8')) ?? [];
  await letAgentsIn(life, olga, Number(port));
  await typeCommands(life, token, request);
  await lookAround(life, olga);
  await operate(ledger, data, key.toString('base64'));
  await life.call('signing out', { path: api('/auth/logout'), headers: jane });
  await life.call('a session that ended', { method: 'GET', path: api('/me'), headers: jane });
  ledger.heard('the stream of events', await events());
  for (const { headers, body } of receiver.received)
    ledger.heard('a message to a webhook', `${JSON.stringify(headers)}${body}`);

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
  expect(ledger.count()).toBeGreaterThan(200);
  const textOf = (name: string): string | undefined =>
    files.find(({ where }) => where === `file /${name}`)?.text;
  expect(textOf('server.log')).toContain('"path":"/api/v2/auth/login"');
  expect(textOf('hub.db')).toContain('jane@example.com');
  expect(files.filter(({ where }) => where.startsWith('objects of '))).toHaveLength(2);
}, 180_000);

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
