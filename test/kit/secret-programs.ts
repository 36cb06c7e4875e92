import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'vitest';
import { agentClient } from './agent-client.ts';
import { temporaryFolder } from './repository.ts';
import { runLocal } from './run-local.ts';
import type { SecretLedger } from './secret-ledger.ts';
import { type Headers, type Life, api } from './secret-life.ts';
import { runServerProgram } from './server-process.ts';

/** An agent that comes in, one that may not, and what the hub says to both. */
export async function letAgentsIn({ call, ledger }: Life, who: Headers, port: number): Promise<void> {
  await using agent = agentClient(port);
  const said = (name: string, answer: Promise<unknown>): Promise<void> =>
    answer.then(
      (value) => ledger.heard(name, JSON.stringify(value)),
      (error: unknown) => ledger.heard(name, String(error)),
    );
  const made = await call('a cluster', { path: api('/clusters'), body: { name: 'eu-1' }, headers: who });
  const { registration, cluster } = made.body as {
    registration: { token: string };
    cluster: { id: string };
  };
  const first = ledger.shown('a registration token', registration.token, 'a cluster');
  const again = await call('another registration token', {
    path: api(`/clusters/${cluster.id}/registration-token`),
    body: {},
    headers: who,
  });
  const second = ledger.shown(
    'another registration token',
    String(again.body['token']),
    'another registration token',
  );
  await said('an agent that is late', agent.register(first));
  await said('an agent that is none', agent.register(ledger.typed('a registration token that is none')));
  const { agentToken } = await agent.register(second);
  const own = ledger.shown('the token of an agent', agentToken, 'an agent');
  await said('an agent that comes twice', agent.register(second));
  for (const secret of [own, ledger.typed('a token of an agent that is none')]) {
    await using stream = agent.connect(secret);
    stream.send(`{"token":"${secret}"`);
    await said('what an agent hears', stream.ended);
  }
  for (const part of ['', '/inventory', '/drift', '/applications'])
    await call(`the cluster${part}`, {
      method: 'GET',
      path: api(`/clusters/${cluster.id}${part}`),
      headers: who,
    });
}

/** What the command line says, to those who type secrets right and to those who type them wrong. */
export async function typeCommands(
  { ledger, server: { origin } }: Life,
  token: string,
  request: string,
): Promise<void> {
  const config = join(temporaryFolder('config'), 'config.json');
  const run = async (
    name: string,
    words: readonly string[],
    env: object = {},
    input = '',
  ): Promise<number> => {
    const known = { KNOWNGOOD_CONFIG: config, KNOWNGOOD_SERVER: origin, KNOWNGOOD_TOKEN: token };
    const { code, stdout, stderr } = await runLocal(words, {
      env: { ...known, KNOWNGOOD_PROJECT: 'shop', ...env },
      stdin: Readable.from([input]),
    });
    ledger.heard(`${name} on the command line`, `${stdout}${stderr}`);
    return code;
  };
  const scope = ['-t', 'acme', '-e', 'production', '-s', 'api-gateway'];
  const reading: readonly (readonly string[])[] = [
    ['whoami'],
    ['projects'],
    ['history', ...scope],
    ['diff', ...scope],
    ['fields', ...scope],
    ['rollback', ...scope, '-m', 'Bad image tag', '--dry-run'],
    ['requests'],
    ['requests', 'show', request],
    ['evidence', request],
    ['token', 'list'],
  ];
  for (const words of reading)
    for (const form of [[], ['-o', 'json']]) await run([...words, ...form].join(' '), [...words, ...form]);
  const wrong = (): string => ledger.typed('something that was typed wrong on the command line');
  const none = { KNOWNGOOD_TOKEN: undefined };
  const login = ['login', origin, '--email', 'jane@example.com'];
  const connecting = ['connect', 'away-again', '--username', 'hub'];
  const passwords = () => ({ KNOWNGOOD_UPSTREAM_PASSWORD: wrong(), KNOWNGOOD_WEBHOOK_SECRET: wrong() });
  const withPassword = (): string => origin.replace('//', `//jane:${encodeURIComponent(wrong())}@`);
  const codes = [
    await run('a token that is none', ['projects'], { KNOWNGOOD_TOKEN: wrong() }),
    await run('a server with a password', ['projects'], { KNOWNGOOD_SERVER: withPassword() }),
    await run('a login with a password in its address', ['login', withPassword()], none),
    await run('a login with a wrong password', [...login, '--password-stdin'], none, `${wrong()}\n`),
    await run('a login with a wrong token', ['login', origin, '--with-token'], none, `${wrong()}\n`),
    await run('a password for a word', ['login', origin, '--password', wrong()], none),
    await run('a connection', [...connecting, `${origin}/git/none`], passwords()),
    await run('a connection with a password', [...connecting, `${withPassword()}/git/none`], passwords()),
  ];
  expect(codes.every((code) => code > 0)).toBe(true);
}

/** What an operator sees: an examination, a backup, and servers that do not start. */
export async function operate(ledger: SecretLedger, data: string, key: string): Promise<void> {
  const to = join(temporaryFolder('backup'), 'hub.tar');
  const env = { KNOWNGOOD_SECRET_KEY: key };
  for (const words of [
    ['doctor', '--data', data],
    ['doctor', '--data', data, '-o', 'json'],
    ['backup', '--data', data, '--to', to],
  ]) {
    const { code, stdout, stderr } = await runLocal(words, { env });
    const said = `${stdout}${stderr}`;
    expect({ code, said }).toEqual({ code: 0, said });
    ledger.heard(words[0] ?? '', said);
  }
  ledger.heard('the backup', readFileSync(to, 'latin1'));
  const wrong = (name: string): string => ledger.typed(`${name} of a server that does not start`);
  const account = `hub:${encodeURIComponent(wrong('the password'))}`;
  const starts: readonly Readonly<Record<string, string>>[] = [
    { KNOWNGOOD_DATABASE: `postgres://${account}@127.0.0.1:1/hub` },
    { KNOWNGOOD_DATABASE: `mysql://${account}@127.0.0.1:1/hub` },
    { KNOWNGOOD_SECRET_KEY: wrong('the key') },
    { KNOWNGOOD_OIDC: `[{"name":"corp","clientSecret":"${wrong('the client secret')}"` },
    { KNOWNGOOD_OIDC: JSON.stringify([{ name: 'corp', clientSecret: [wrong('the other client secret')] }]) },
    { KNOWNGOOD_PUBLIC_URL: `http://${account}@localhost/` },
  ];
  const started = starts.map((more) =>
    runServerProgram(['--no-demo', '--port', '0', '--data', temporaryFolder('hub')], { env: more }),
  );
  for (const { code, stdout, stderr } of await Promise.all(started)) {
    expect(code).toBeGreaterThan(0);
    ledger.heard('a server that does not start', `${stdout}${stderr}`);
  }
}
