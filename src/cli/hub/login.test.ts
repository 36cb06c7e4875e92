import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { type HubCli, givePassword, hubCli, password } from '../../../test/kit/hub-cli.ts';
import { projectWith } from '../../../test/kit/hub.ts';
import { temporaryFolder } from '../../../test/kit/repository.ts';
import { runCli } from '../../../test/kit/run-cli.ts';
import { shopHistory } from '../../../test/kit/shop.ts';

/** A server where jane can sign in with a password. */
async function withJane(): Promise<HubCli> {
  const cli = await hubCli();
  await givePassword(cli, await cli.add('jane', { role: 'admin' }));
  return cli;
}

const login = (cli: HubCli, ...more: readonly string[]) =>
  cli.run(['login', cli.origin, '--email', 'jane@example.com', '--password-stdin', ...more], {
    input: `${password}\n`,
  });

interface Kept {
  readonly current: string;
  readonly contexts: readonly Record<string, string>[];
}
const configOf = ({ config }: HubCli) => JSON.parse(readFileSync(config, 'utf8')) as Kept;
const hostOf = ({ origin }: HubCli) => new URL(origin).host;

test('signing in keeps a token that only its owner can read, and signing out revokes it', async () => {
  await using cli = await withJane();
  const { code, stdout, stderr } = await login(cli);
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(stderr).toBe(
    `Signed in at ${cli.origin} as jane@example.com (admin)\n` +
      'Choose a project: knowngood projects, then knowngood context set-project SLUG\n',
  );
  expect(statSync(cli.config).mode & 0o777).toBe(0o600);
  const { current, contexts } = configOf(cli);
  expect(current).toBe(hostOf(cli));
  expect(contexts).toEqual([
    {
      name: hostOf(cli),
      server: cli.origin,
      token: expect.stringMatching(/^kgp_/),
      tokenId: expect.stringMatching(/^tok_/),
      account: 'jane@example.com',
    },
  ]);
  const who = await cli.run(['whoami', '-o', 'json']);
  expect(JSON.parse(who.stdout)).toMatchObject({
    server: cli.origin,
    email: 'jane@example.com',
    role: 'admin',
  });

  const out = await cli.run(['logout']);
  expect(out).toEqual({ code: 0, stdout: '', stderr: `Signed out of ${cli.origin} as jane@example.com\n` });
  expect(configOf(cli).contexts).toEqual([{ name: hostOf(cli), server: cli.origin }]);
  expect(await cli.run(['whoami'])).toEqual({
    code: 4,
    stdout: '',
    stderr: `knowngood: you are not signed in at ${cli.origin}; run: knowngood login ${cli.origin}\n`,
  });
  const old = contexts[0]?.['token'];
  expect(await cli.run(['whoami'], { env: { KNOWNGOOD_TOKEN: old } })).toEqual({
    code: 4,
    stdout: '',
    stderr: 'knowngood: this token is unknown, expired or revoked; sign in again\n',
  });
});

test('a person is asked for address and password, and the password is not shown', async () => {
  await using cli = await withJane();
  const stdin = new PassThrough();
  const running = cli.run(['login', cli.origin], { stdin, interactive: true });
  // Each question reads up to its Enter; keys that come early wait.
  stdin.write('jane@example.com\r');
  stdin.write(`${password}\r`);
  const { code, stderr } = await running;
  expect(code).toBe(0);
  expect(stderr).toContain('E-mail: ');
  expect(stderr).toContain('Password: \n');
  expect(stderr).not.toContain(password);
});

test('the real program keeps a sign-in from one run to the next', async () => {
  await using cli = await withJane();
  const { secret } = await cli.add('bob');
  const env = { KNOWNGOOD_CONFIG: undefined, XDG_CONFIG_HOME: temporaryFolder('config') };
  const signedIn = await runCli(['login', cli.origin, '--with-token'], { env, input: secret });
  expect(signedIn).toMatchObject({ code: 0, stdout: '' });
  expect(await runCli(['whoami', '-o', 'name'], { env })).toMatchObject({
    code: 0,
    stdout: 'bob@example.com\n',
    stderr: '',
  });
});

test('a wrong password ends with 4 and the words of the server, and nothing is kept', async () => {
  await using cli = await withJane();
  const words = ['login', cli.origin, '--email', 'jane@example.com', '--password-stdin'];
  expect(await cli.run(words, { input: 'wrong' })).toEqual({
    code: 4,
    stdout: '',
    stderr: 'knowngood: the e-mail or the password is wrong\n',
  });
  expect(await cli.run(['context', 'list', '-o', 'json'])).toMatchObject({ code: 0, stdout: '[]\n' });
});

test('a pipeline signs in with a token, which signing out forgets and leaves valid', async () => {
  await using cli = await withJane();
  const { secret: token } = await cli.add('bob', { role: 'member' });
  const { code, stderr } = await cli.run(['login', cli.origin, '--with-token'], { input: `${token}\n` });
  expect({ code, stderr }).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('as bob@example.com (member)'),
  });
  expect((await cli.run(['logout'])).code).toBe(0);
  const env = { KNOWNGOOD_SERVER: cli.origin, KNOWNGOOD_TOKEN: token };
  expect(await cli.run(['whoami', '-o', 'name'], { env })).toMatchObject({ stdout: 'bob@example.com\n' });
});

test('where nobody signs in with a password, the way with a token is told before anything is asked', async () => {
  const settings = { signIn: { password: false, oidc: [], demoAccounts: [] } };
  await using cli = await hubCli({ settings });
  const { code, stderr } = await cli.run(['login', cli.origin, '--email', 'jane@example.com']);
  const way = `ask for a token, then run: knowngood login ${cli.origin} --with-token`;
  expect({ code, stderr }).toEqual({
    code: 4,
    stderr: `knowngood: nobody can sign in at ${cli.origin} with a password; ${way}\n`,
  });
});

test('without a terminal the ways to sign in are named', async () => {
  await using cli = await withJane();
  expect(await cli.run(['login', cli.origin])).toMatchObject({
    code: 2,
    stderr:
      'knowngood: your e-mail address is needed; without a terminal use --with-token, or --email with --password-stdin\n',
  });
  expect(await cli.run(['login', cli.origin, '--with-token'])).toMatchObject({
    code: 2,
    stderr: 'knowngood: a token is needed; stdin was empty\n',
  });
});

test('contexts are chosen by name, and a project is kept after the server has shown it', async () => {
  await using cli = await withJane();
  await projectWith(cli.hub, shopHistory);
  await login(cli);
  await login(cli, '--name', 'second');
  const list = await cli.run(['context']);
  expect(list.stdout.split('\n').map((line) => line.split(/ +/))).toEqual([
    ['CURRENT', 'NAME', 'SERVER', 'ACCOUNT', 'PROJECT'],
    ['', hostOf(cli), cli.origin, 'jane@example.com', '-'],
    ['*', 'second', cli.origin, 'jane@example.com', '-'],
    [''],
  ]);
  expect(await cli.run(['context', 'use', hostOf(cli)])).toMatchObject({ code: 0 });
  expect(await cli.run(['context', 'set-project', 'shop', '-t', 'acme', '-e', 'production'])).toEqual({
    code: 0,
    stdout: '',
    stderr: 'Commands are now about shop/acme/production\n',
  });
  expect(await cli.run(['context', 'set-project', 'shopp'])).toMatchObject({
    code: 2,
    stderr: 'knowngood: this project does not exist, or is not visible to you\n',
  });
  const shown = await cli.run(['context', 'show', '-o', 'json']);
  expect(JSON.parse(shown.stdout)).toEqual({
    name: hostOf(cli),
    server: cli.origin,
    account: 'jane@example.com',
    project: 'shop',
    tenant: 'acme',
    environment: 'production',
    current: true,
    signedIn: true,
  });
  expect(await cli.run(['context', 'use', 'secnd'])).toMatchObject({
    code: 2,
    stderr: 'knowngood: there is no context secnd; did you mean second?\n',
  });
  expect((await login(cli)).stderr).toContain('The project is shop\n');
});

test('a server that is not there, sends elsewhere or is none of ours is told in words', async () => {
  await using cli = await hubCli();
  let answer: readonly [number, Record<string, string>, string] = [200, {}, '<html>hello</html>'];
  const known = new Map<string, object>();
  const other = createServer(({ url }, response) => {
    const found = known.get(url ?? '');
    if (found) response.end(JSON.stringify(found));
    else response.writeHead(answer[0], answer[1]).end(answer[2]);
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const whoami = async (): Promise<readonly [number, string]> => {
    const env = { KNOWNGOOD_SERVER: origin, KNOWNGOOD_TOKEN: 'kgp_x' };
    const { code, stderr } = await cli.run(['whoami'], { env });
    return [code, stderr.replace('knowngood: ', '').trim()];
  };
  const foreign = (status: number) =>
    `${origin} does not answer as Knowngood with API v2 (status ${status}); check the address and both versions`;
  expect(await whoami()).toEqual([1, foreign(200)]);
  answer = [404, {}, 'not found'];
  expect(await whoami()).toEqual([1, foreign(404)]);
  answer = [302, { location: 'https://sso.example.com/sign-in?x=1' }, ''];
  const to = 'https://sso.example.com/sign-in';
  expect(await whoami()).toEqual([
    2,
    `${origin} sends to ${to}; if that is right, run: knowngood login ${to}`,
  ]);
  answer = [502, {}, '<h1>Bad gateway</h1>'];
  expect(await whoami()).toEqual([1, 'the server answered 502 without a reason']);
  const unknown = {
    error: { code: 'route_unknown', message: 'there is nothing at this address', details: {} },
  };
  answer = [404, { 'content-type': 'application/json' }, JSON.stringify(unknown)];
  expect(await whoami()).toEqual([1, foreign(404)]);
  known.set('/api/v2/version', { name: 'knowngood', version: '9.0.0', api: 'v2' });
  expect(await whoami()).toEqual([
    1,
    `${origin} is Knowngood 9.0.0 and this is 0.0.0; one of them is too old for this`,
  ]);
  await new Promise((resolve) => other.close(resolve));
  expect(await whoami()).toEqual([
    1,
    `cannot reach ${origin}: nothing listens there; check the address and that the server is running`,
  ]);
});

test('with -o json a refusal of the server is one object with its code', async () => {
  await using cli = await hubCli();
  const env = { KNOWNGOOD_SERVER: cli.origin, KNOWNGOOD_TOKEN: 'kgp_expired' };
  const { code, stdout, stderr } = await cli.run(['whoami', '-o', 'json'], { env });
  expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
  expect(JSON.parse(stderr)).toEqual({
    error: {
      code: 'credential_invalid',
      message: 'this token is unknown, expired or revoked; sign in again',
      details: {},
    },
  });
});

test('a damaged file of sign-ins is named, and what is in it is not shown', async () => {
  await using cli = await withJane();
  await login(cli);
  const text = readFileSync(cli.config, 'utf8');
  for (const [damaged, reason] of [
    [text.slice(0, -20), 'it is no JSON'],
    ['[]', 'it has no list of contexts'],
    ['{"contexts":[{}]}', 'a context has no name or no server'],
  ] as const) {
    writeFileSync(cli.config, damaged);
    expect(await cli.run(['whoami'])).toEqual({
      code: 1,
      stdout: '',
      stderr: `knowngood: ${cli.config} is not what knowngood wrote there: ${reason}; mend it, or remove it and sign in again\n`,
    });
  }
});
