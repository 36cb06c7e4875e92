import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HubCli, hubCli } from '../../../test/kit/hub-cli.ts';
import { type TestIdentityProvider, openIdentityProvider } from '../../../test/kit/identity-provider.ts';
import { temporaryFolder } from '../../../test/kit/repository.ts';
import { browse, signInWith } from '../../../test/kit/sso.ts';

const time = { ahead: 0 };
let idp: TestIdentityProvider;
let cli: HubCli;
let at: Parameters<typeof browse>[0];
beforeAll(async () => {
  idp = await openIdentityProvider();
  cli = await hubCli({ settings: signInWith(idp), clock: () => Date.now() + time.ahead });
  at = { hub: cli.hub, origin: cli.origin, idp };
});
afterAll(async () => {
  await cli[Symbol.asyncDispose]();
  await idp[Symbol.asyncDispose]();
});

/** A stderr on which the address can be awaited. */
function watched() {
  let text = '';
  const { promise: address, resolve } = Promise.withResolvers<string>();
  const stderr = new Writable({
    write: (chunk, _, done) => {
      text += String(chunk);
      const [, found] = /^Sign in with your browser: (.*)\n/m.exec(text) ?? [];
      if (found !== undefined) resolve(found);
      done();
    },
  });
  return { stderr, address, text: () => text };
}

const sso = ['--sso', '--no-browser'];

test('the browser signs in, and the command line keeps a token of its own', async () => {
  const { stderr, address, text } = watched();
  const running = cli.run(['login', cli.origin, ...sso], { stderr });
  const { location, cookies } = await browse(at, await address);
  // The browser itself is not signed in.
  expect(cookies).not.toContain('knowngood-session');
  expect(await (await fetch(location ?? '')).text()).toContain('You can close this page');
  expect(await running).toMatchObject({ code: 0, stdout: '' });
  expect(text()).toContain(`Signed in at ${cli.origin} as jane@example.com (viewer)\n`);
  expect(text()).not.toContain(location?.searchParams.get('code'));
  const { contexts } = JSON.parse(readFileSync(cli.config, 'utf8')) as { contexts: { token: string }[] };
  expect(contexts).toMatchObject([{ server: cli.origin, token: expect.stringMatching(/^kgp_/) as string }]);
  const rows = await cli.hub.store.audit.after(0, 100);
  const told = rows.map(({ entry }) => [entry.action, entry.actor.email, entry.details['for']]);
  expect(told).toContainEqual(['account.signed_in', 'jane@example.com', 'command line']);
  expect(told).toContainEqual(['token.created', 'jane@example.com', undefined]);
});

test('the real program does it, too', async () => {
  const config = join(temporaryFolder('config'), 'config.json');
  const env = { ...process.env, KNOWNGOOD_CONFIG: config, DISPLAY: '', WAYLAND_DISPLAY: '' };
  const program = join(import.meta.dirname, '../../bin/cli.ts');
  const child = spawn(process.execPath, [program, 'login', cli.origin, '--provider', 'corp'], { env });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const lines: string[] = [];
  for await (const line of createInterface(child.stderr)) {
    lines.push(line);
    if (lines.length > 1) continue;
    const { location } = await browse(at, line.replace('Sign in with your browser: ', ''));
    await fetch(location ?? '');
  }
  expect(await ended).toBe(0);
  expect(lines).toContain(`Signed in at ${cli.origin} as jane@example.com (viewer)`);
});

test('with a browser on another machine, the address where it ended is pasted', async () => {
  const { stderr, address } = watched();
  const stdin = new PassThrough();
  const running = cli.run(['login', cli.origin, ...sso], { stderr, stdin, interactive: true });
  const { location } = await browse(at, await address);
  stdin.write(`${location?.href}\r`);
  expect(await running).toMatchObject({ code: 0 });

  const other = watched();
  const again = cli.run(['login', cli.origin, ...sso], { stderr: other.stderr, stdin, interactive: true });
  await other.address;
  stdin.write(`${location?.href}\r`);
  expect(await again).toMatchObject({ code: 2 });
  expect(other.text()).toContain('this is not the address where this sign-in ends');
});

test('what the provider or the hub says against it ends the wait, and is told', async () => {
  for (const [wish, words] of [
    [{ query: { error: 'access_denied' } }, 'signing in with corp did not work: it did not let you in'],
    [{ sign: 'other' }, 'signing in with corp did not work: it sent an answer that cannot be trusted'],
  ] as const) {
    const { stderr, address, text } = watched();
    const running = cli.run(['login', cli.origin, ...sso], { stderr });
    const { location } = await browse(at, await address, wish);
    await fetch(location ?? '');
    expect(await running).toMatchObject({ code: 4 });
    expect(text()).toContain(`knowngood: ${cli.origin} did not sign you in: ${words}\n`);
  }
  const rows = (await cli.hub.store.audit.after(0, 100)).map(({ entry }) => entry);
  const failed = rows.filter(({ action }) => action === 'account.sign_in_failed');
  const shared = { with: 'corp', for: 'command line', refused: 'oidc_failed', address: expect.any(String) };
  expect(failed.map(({ details }) => details)).toEqual([
    { ...shared, problem: 'denied' },
    { ...shared, problem: 'token' },
  ]);
});

test('who names no provider that is there, or none at all, is told which there are', async () => {
  const { stderr } = await cli.run(['login', cli.origin, '--provider', 'other']);
  expect(stderr).toBe(
    `knowngood: choose the identity provider of ${cli.origin} with --provider NAME: corp\n`,
  );
  expect(await cli.run(['login', cli.origin])).toMatchObject({
    code: 4,
    stderr: `knowngood: people sign in at ${cli.origin} with corp; run: knowngood login ${cli.origin} --sso\n`,
  });
  await using without = await hubCli();
  expect((await without.run(['login', without.origin, '--sso'])).stderr).toBe(
    `knowngood: ${without.origin} has no identity provider; sign in without --sso\n`,
  );
});

describe('a code', () => {
  const verifier = 'v'.repeat(43);
  const redirectUri = 'http://127.0.0.1:4711/';
  const state = 's'.repeat(16);
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const start = (query: Readonly<Record<string, string>> = {}): string =>
    `${cli.origin}/api/v2/auth/oidc/corp/command-line?${new URLSearchParams({ redirectUri, challenge, state, ...query }).toString()}`;
  const codeOf = async (): Promise<string> =>
    (await browse(at, start())).location?.searchParams.get('code') ?? '';
  const exchange = async (code: string, proof = verifier): Promise<number> => {
    const body = JSON.stringify({ code, verifier: proof, name: 'test', scopes: ['read'] });
    const headers = { 'content-type': 'application/json' };
    const { status } = await fetch(`${cli.origin}/api/v2/auth/oidc/token`, { method: 'POST', headers, body });
    return status;
  };

  test('goes to no address but a port of the machine where the browser is', async () => {
    for (const wrong of [
      'https://evil.example.com/',
      'http://127.0.0.1.evil.example.com:4711/',
      'http://127.0.0.1:4711@evil.example.com/',
      'http://127.0.0.1:4711/path',
      'http://127.0.0.1:4711/?x=',
      'http://127.0.0.1:4711/\n',
      'http://127.0.0.1:80/',
      'http://127.0.0.1:65536/',
      'http://localhost:4711/',
      'http://0.0.0.0:4711/',
      'http://[::ffff:127.0.0.1]:4711/',
      'javascript:alert(1)',
      '',
    ])
      expect([wrong, (await fetch(start({ redirectUri: wrong }), { redirect: 'manual' })).status]).toEqual([
        wrong,
        400,
      ]);
    const { location } = await browse(at, start({ redirectUri: 'http://[::1]:65535/' }));
    expect(location?.origin).toBe('http://[::1]:65535');
    expect((await fetch(start({ challenge: 'short' }), { redirect: 'manual' })).status).toBe(400);
  });

  test('works once, for whoever has the verifier, within a minute', async () => {
    const code = await codeOf();
    expect(await exchange(code, 'w'.repeat(43))).toBe(401);
    const all = await Promise.all([exchange(code), exchange(code), exchange(code)]);
    expect(all.toSorted()).toEqual([201, 401, 401]);
    expect(await exchange(code)).toBe(401);
    const late = await codeOf();
    time.ahead += 60_000;
    expect(await exchange(late)).toBe(401);
  });

  test('is of no use to an account that was disabled meanwhile', async () => {
    const code = await codeOf();
    const [account] = await cli.hub.store.accounts.withEmail('jane@example.com');
    const found = account && (await cli.hub.store.accounts.get(account.id));
    if (!found) throw new Error('jane is not there');
    await cli.hub.store.accounts.change({ ...found, disabledAt: 1 });
    expect(await exchange(code)).toBe(401);
    await cli.hub.store.accounts.change({ ...found, disabledAt: undefined });
  });

  test('cannot be guessed for long', async () => {
    const answers: number[] = [];
    for (let count = 0; count < 101; count += 1) answers.push(await exchange(`kgl_${count}`));
    expect(new Set(answers)).toEqual(new Set([401, 429]));
    expect(answers.at(-1)).toBe(429);
  });
});
