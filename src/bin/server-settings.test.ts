import { expect, test } from 'vitest';
import { recordingTerminal } from '../../test/kit/recording-terminal.ts';
import { runProgram } from '../cli/program.ts';
import { hubAccess } from './hub-access.ts';
import { addServer } from './server-command.ts';
import type { Environment } from './program-option.ts';
import { type ServerSettings, readServerSettings } from './server-settings.ts';

/** The settings of a command line, as the program reads it; or the line with which it ends, and its code. */
async function settingsOf(
  words: readonly string[],
  env: Environment = {},
): Promise<ServerSettings | readonly [number, string]> {
  const terminal = recordingTerminal({ env, cwd: '/srv' });
  let settings: ServerSettings | undefined;
  const command = addServer(() =>
    Promise.resolve((read) => {
      settings = read;
      return Promise.resolve();
    }),
  );
  const code = await runProgram(['server', ...words], {
    terminal,
    version: '0.0.0',
    hub: hubAccess,
    commands: [command],
  });
  return settings ?? [code, terminal.errors()];
}

test('without a word it is for this machine alone, with a demo, in ./data', () => {
  expect(readServerSettings({}, {}, '/srv')).toEqual({
    dataDir: '/srv/data',
    host: '127.0.0.1',
    port: 7420,
    publicUrl: undefined,
    database: 'file:/srv/data/hub.db',
    demo: true,
    owner: 'admin@localhost',
    plan: 'enterprise',
    switchedOff: [],
    passwordSignIn: true,
    oidc: undefined,
    trustedProxies: [],
    tls: undefined,
    agents: { host: '127.0.0.1', port: 7421, tls: undefined },
    gitHosts: { networks: [], plainHttp: false },
    webhooks: { networks: [], plainHttp: false },
    registries: [],
    committer: { name: 'Knowngood', email: 'knowngood@localhost' },
    signingKey: undefined,
    metricsToken: undefined,
    secretKey: undefined,
    log: '/srv/data/server.log',
    logLevel: 'info',
  });
});

const proxies = '10.0.0.1,fd00::/8';

test.each<readonly [string, Environment, Partial<ServerSettings>]>([
  ['--data /var/lib/kg', {}, { dataDir: '/var/lib/kg', database: 'file:/var/lib/kg/hub.db' }],
  ['', { KNOWNGOOD_DATA: 'x' }, { dataDir: '/srv/x', log: '/srv/x/server.log' }],
  ['--port 0', { KNOWNGOOD_PORT: '80' }, { port: 0, agents: { host: '127.0.0.1', port: 0, tls: undefined } }],
  ['--port 8000', {}, { agents: { host: '127.0.0.1', port: 8001, tls: undefined } }],
  ['--agent-port 9 --agent-host ::', {}, { agents: { host: '::', port: 9, tls: undefined } }],
  ['', { KNOWNGOOD_PORT: '80', KNOWNGOOD_HOST: '' }, { port: 80, host: '127.0.0.1' }],
  ['--host ::1', {}, { host: '::1', demo: true }],
  ['--host [::]', {}, { host: '::', demo: false }],
  ['--host 0.0.0.0', {}, { demo: false }],
  ['--public-url https://hub.example.com/', {}, { publicUrl: 'https://hub.example.com', demo: false }],
  ['--public-url http://localhost:9', {}, { publicUrl: 'http://localhost:9', demo: true }],
  ['--database postgres://kg@db/kg', {}, { database: 'postgres://kg@db/kg', demo: false }],
  ['--no-demo', {}, { demo: false }],
  ['', { KNOWNGOOD_DEMO: 'off' }, { demo: false }],
  ['--no-demo', { KNOWNGOOD_DEMO: 'true' }, { demo: false }],
  ['--plan pro', { KNOWNGOOD_PLAN: 'free' }, { plan: 'pro' }],
  [
    '--switch-off rollback --switch-off rollback_approval',
    {},
    { switchedOff: ['rollback', 'rollback_approval'] },
  ],
  ['--trusted-proxy 10.0.0.1 --trusted-proxy fd00::/8', {}, { trustedProxies: proxies.split(',') }],
  ['', { KNOWNGOOD_TRUSTED_PROXY: proxies }, { trustedProxies: proxies.split(',') }],
  [
    '--allow-git-network 10.0.0.0/8 --plain-http-git',
    {},
    { gitHosts: { networks: ['10.0.0.0/8'], plainHttp: true } },
  ],
  [
    '--allow-webhook-network 10.1.0.0/16',
    { KNOWNGOOD_PLAIN_HTTP_WEBHOOKS: 'yes' },
    { webhooks: { networks: ['10.1.0.0/16'], plainHttp: true } },
  ],
  [
    '--ask-registry GHCR.io --ask-registry registry-1.docker.io --ask-registry http://10.0.0.9:5000',
    {},
    {
      registries: [
        { host: 'ghcr.io', plainHttp: false },
        { host: 'docker.io', plainHttp: false },
        { host: '10.0.0.9:5000', plainHttp: true },
      ],
    },
  ],
  ['', { KNOWNGOOD_COMMITTER: 'Ops <ops@x.org>' }, { committer: { name: 'Ops', email: 'ops@x.org' } }],
  ['--registry-auth a', {}, { registryAuth: { setting: '--registry-auth', path: 'a' } }],
  ['--signing-key key', {}, { signingKey: '/srv/key' }],
  ['--metrics-token-file t', {}, { metricsToken: { setting: '--metrics-token-file', path: 't' } }],
  ['--metrics-token-file t', { KNOWNGOOD_METRICS_TOKEN: 's' }, { metricsToken: { text: 's' } }],
  ['--log -', {}, { log: '-' }],
  ['--no-password-sign-in', { KNOWNGOOD_OIDC: '[]' }, { passwordSignIn: false, oidc: { text: '[]' } }],
])('%s with %o', async (words, env, expected) => {
  expect(await settingsOf(words.split(' ').filter(Boolean), env)).toMatchObject(expected);
});

test.each<readonly [string, Environment, string]>([
  ['--port 70000', {}, '--port: 70000 is no number from 0 to 65535'],
  ['', { KNOWNGOOD_PORT: 'http' }, 'KNOWNGOOD_PORT: http is no number from 0 to 65535'],
  ['--host a/b', {}, '--host: a/b is no address to listen on'],
  [
    '--public-url https://x.org/hub',
    {},
    '--public-url: https://x.org/hub is no address such as https://knowngood.example.com, without a path',
  ],
  [
    '',
    { KNOWNGOOD_PUBLIC_URL: 'https://kg:secret@x.org' },
    'KNOWNGOOD_PUBLIC_URL: https://…@x.org is no address such as https://knowngood.example.com, without a path',
  ],
  ['--plan gold', {}, '--plan: gold is none of free, pro, enterprise'],
  ['', { KNOWNGOOD_DEMO: 'maybe' }, 'KNOWNGOOD_DEMO: maybe is neither true nor false'],
  [
    '',
    { KNOWNGOOD_PASSWORD_SIGN_IN: 'no' },
    'KNOWNGOOD_PASSWORD_SIGN_IN: nobody could sign in; name an identity provider with --oidc-file',
  ],
  ['--owner jane', {}, '--owner: jane is not an e-mail address'],
  ['--committer ops', {}, "--committer: ops is not like 'Name <name@example.com>'"],
  [
    '--ask-registry ghcr.io/acme',
    {},
    '--ask-registry: ghcr.io/acme is no registry such as ghcr.io or images.example.com:5000',
  ],
  ['--tls-key k', {}, '--tls-key: needs --tls-cert too'],
  ['--agent-tls-key k', {}, '--agent-tls-key: needs --agent-tls-cert too'],
  ['', { KNOWNGOOD_TLS_CERT: 'c' }, 'KNOWNGOOD_TLS_CERT: needs --tls-key too'],
  ['--trusted-proxy nginx', {}, '--trusted-proxy: nginx is no address and no network such as 10.0.0.0/8'],
  [
    '--switch-off field',
    {},
    '--switch-off: field is none of basic_rollback, rollback, selective_rollback, rollback_approval',
  ],
  ['--log-level loud', {}, '--log-level: loud is none of debug, info, warn, error, silent'],
  [
    '--database mysql://kg:secret@db/kg',
    {},
    'the database has to be given as file:PATH or as postgres://USER@HOST/NAME',
  ],
  ['--prot 1', {}, "unknown option '--prot' (Did you mean --port?)"],
  ['extra', {}, "too many arguments for 'server'. Expected 0 arguments but got 1: extra."],
])('%s with %o is refused in one line', async (words, env, message) => {
  expect(await settingsOf(words.split(' ').filter(Boolean), env)).toEqual([2, `knowngood: ${message}\n`]);
});
