import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import { databases } from './kit/databases.ts';
import { serveRepository } from './kit/git-host.ts';
import { hookReceiver } from './kit/receiver.ts';
import { makeRepository, temporaryFolder } from './kit/repository.ts';
import { runProgram } from './kit/run-program.ts';
import { runServerProgram, startServerProcess } from './kit/server-process.ts';
import { apiGateway, serviceText, shopHistory } from './kit/shop.ts';
import { gatherTeam, teammateAt } from './kit/team.ts';

const slug = 'shop';
const work = (): readonly string[] => ['--no-demo', '--data', temporaryFolder('hub')];

test('two servers on one PostgreSQL, each with a folder of its own, are one hub', async (context) => {
  const postgres = databases.find(({ kind }) => kind === 'postgres');
  if (!postgres) {
    context.skip('there is no PostgreSQL here');
    return;
  }
  const shared = [
    '--database',
    await postgres.fresh(),
    '--allow-git-network',
    '127.0.0.0/8',
    '--plain-http-git',
  ];
  const env = { KNOWNGOOD_SECRET_KEY: randomBytes(32).toString('base64') };
  await using first = await startServerProcess([...work(), ...shared], { env });
  await using second = await startServerProcess([...work(), ...shared], { env });
  // Each start without an owner makes a new link, so the last one counts.
  const { olga, jane } = await gatherTeam(second);
  using upstream = makeRepository(shopHistory);
  await using host = await serveRepository(upstream);
  const { url, username, password } = host;
  const credential = { kind: 'password', username, password } as const;
  await olga.api.call('createProject', { body: { slug, upstream: { url, branch: 'main', credential } } });

  // The other server has no copy yet and opens the credentials with the same key.
  const there = teammateAt(first, jane);
  const events = await openEvents(second.origin, jane.cookie);
  const done = await there.api.call('submitRollback', {
    params: { slug },
    body: {
      mode: 'service',
      tenant: 'acme',
      environment: 'production',
      service: 'api-gateway',
      targetSha: upstream.commits[1] ?? '',
      justification: 'Bad image tag v2.1.0 causing 500 errors',
    },
    idempotencyKey: 'once',
  });
  expect(done).toMatchObject({ state: 'completed', commit: upstream.git('rev-parse', 'main') });
  expect(upstream.git('show', `main:${apiGateway}`)).toBe(serviceText('v2.0.9').trim());
  await vi.waitFor(() => expect(events.heard()).toContain(`"requestId":"${done.id}","state":"completed"`), {
    timeout: 20_000,
  });
  await events.close();
  expect(await jane.api.call('getRequest', { params: { id: done.id } })).toMatchObject({
    state: 'completed',
  });
  expect(await olga.api.call('verifyAudit')).toMatchObject({ ok: true });
  expect(first.stderr() + second.stderr()).toBe('');
});

/** The event stream of somebody, as far as it has come. */
async function openEvents(origin: string, cookie: string) {
  const ending = new AbortController();
  const answer = await fetch(`${origin}/api/v2/events`, { headers: { cookie }, signal: ending.signal });
  let heard = '';
  const reading = (async () => {
    for await (const chunk of answer.body ?? []) heard += Buffer.from(chunk as Uint8Array).toString();
  })().catch(() => undefined);
  return {
    heard: () => heard,
    close: async () => {
      ending.abort();
      await reading;
    },
  };
}

test('a webhook hears of what happens, where its network is allowed', async () => {
  await using receiver = await hookReceiver();
  const hook = { name: 'incidents', project: null, url: receiver.url, events: ['account.*'] };
  await using careful = await startServerProcess(work());
  const { olga: outside } = await gatherTeam(careful);
  await expect(outside.api.call('createWebhook', { body: hook })).rejects.toMatchObject({ status: 400 });
  const allowed = ['--allow-webhook-network', '127.0.0.0/8', '--plain-http-webhooks'];
  await using server = await startServerProcess([...work(), ...allowed]);
  const { olga } = await gatherTeam(server);
  await olga.api.call('createWebhook', { body: hook });
  await olga.api.call('inviteMember', { body: { email: 'ann@example.com', name: 'ann', role: 'viewer' } });
  await receiver.until(1);
  expect(receiver.received).toMatchObject([{ type: 'account.created' }]);
});

test('with a key and a certificate it speaks https, and cookies are bound to it', async () => {
  const folder = temporaryFolder('tls');
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const making = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-keyout',
    key,
    '-out',
    cert,
  ];
  const about = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const made = await runProgram('openssl', [...making, ...about]);
  expect(made.code).toBe(0);
  const words = [...work(), '--tls-key', key, '--tls-cert', cert];
  await using server = await startServerProcess(words);
  expect(server.origin).toMatch(/^https:\/\/localhost:\d+$/);
  const { headers, body } = await getOver(`${server.origin}/readyz`, readFileSync(cert));
  expect(body).toBe('database: ok\nserver: ok\n');
  expect(headers['strict-transport-security']).toContain('max-age');
  const gone = join(folder, 'gone.pem');
  expect(await runServerProgram([...work(), '--tls-key', gone, '--tls-cert', cert])).toMatchObject({
    code: 2,
    stderr: `knowngood: --tls-key: cannot read ${gone}: ENOENT\n`,
  });
});

const getOver = (url: string, ca: Buffer) =>
  new Promise<{ headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    request(url, { ca, servername: 'localhost' }, (answer) => {
      text(answer).then((body) => resolve({ headers: answer.headers, body }), reject);
    })
      .on('error', reject)
      .end();
  });

test('metrics are for this machine, or for whoever shows the token', async () => {
  const file = join(temporaryFolder('metrics'), 'token');
  writeFileSync(file, 'of-the-operator\n');
  await using open = await startServerProcess(work());
  await using closed = await startServerProcess([...work(), '--metrics-token-file', file]);
  const read = (origin: string, token?: string) =>
    fetch(`${origin}/metrics`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
  expect(await (await read(open.origin)).text()).toMatch(/^process_resident_memory_bytes \d+$/m);
  expect(await (await read(open.origin)).text()).toContain('route="/metrics"');
  expect((await read(closed.origin)).status).toBe(404);
  expect((await read(closed.origin, 'a-guess')).status).toBe(404);
  expect((await read(closed.origin, 'of-the-operator')).status).toBe(200);
});
