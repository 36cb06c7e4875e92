import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Socket, connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { root } from '../../test/kit/fresh-clone.ts';
import { temporaryFolder } from '../../test/kit/repository.ts';
import { runCli } from '../../test/kit/run-cli.ts';
import { runProgram } from '../../test/kit/run-program.ts';
import { runServerProgram, startServerProcess } from '../../test/kit/server-process.ts';

const post = (url: string, body: object): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const signIn = (origin: string, email: string, password: string): Promise<Response> =>
  post(`${origin}/api/v2/auth/login`, { email, password });

const get = (url: string): Promise<unknown> => fetch(url).then((answer) => answer.json());

/** The words of a server for work on new data. */
const forWork = (data = temporaryFolder('server')): readonly string[] => ['--data', data, '--no-demo'];

/** A call whose body stays away; `sent` when the server has read what there is of it. */
function openCall(origin: string): { readonly socket: Socket; readonly sent: Promise<unknown> } {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(
    'POST /api/v2/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n',
  );
  return { socket, sent: new Promise((resolve) => socket.once('data', resolve)) };
}

const password = 'correct horse battery';

test('the first start makes data that is nobody else’s and a demo, whose data is never served as if it were real', async () => {
  const cwd = temporaryFolder('server');
  const data = join(cwd, 'data');
  await using server = await startServerProcess([], { cwd });
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const [, shown = ''] = /\$ npm start --silent\n([^]*?)```/.exec(readme) ?? [];
  expect(server.stdout().replace(server.origin, 'http://localhost:7420')).toBe(shown);
  expect(await fetch(`${server.origin}/healthz`).then((answer) => answer.text())).toBe('ok\n');
  expect(await fetch(`${server.origin}/readyz`)).toMatchObject({ status: 200 });
  expect(await get(`${server.origin}/api/v2/version`)).toMatchObject({ version: manifest.version });
  expect(statSync(data).mode & 0o777).toBe(0o700);
  expect(statSync(join(data, 'secret.key'))).toMatchObject({ size: 32, mode: 0o100600 });
  const methods = (await get(`${server.origin}/api/v2/auth/methods`)) as { demoAccounts: readonly object[] };
  const jane = { email: 'jane@example.com', name: 'jane', password: 'jane-demo' };
  expect(methods.demoAccounts).toContainEqual(jane);
  expect(await signIn(server.origin, 'jane@example.com', 'jane-demo')).toMatchObject({ status: 200 });
  expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: undefined });
  expect(server.stderr()).toBe('');

  const stderr = `knowngood: ${data} holds the demo, whose passwords everybody knows; give a server for real work its own --data\n`;
  for (const words of [['--no-demo'], ['--host', '0.0.0.0'], ['--public-url', 'https://hub.example.com']])
    expect(await runServerProgram(['--data', data, '--port', '0', ...words])).toMatchObject({
      code: 5,
      stderr,
    });
  await using again = await startServerProcess(['--data', data]);
  expect(again.stdout()).toMatch(/^Knowngood/);
});

test('Ctrl-C at the first start ends that too, and the next start makes the demo whole', async () => {
  const words = ['--data', temporaryFolder('server')];
  const first = await startServerProcess(words, { until: /^First start:.*\n/m });
  expect(await first.end('SIGINT')).toEqual({ code: 0, signal: undefined });
  await using second = await startServerProcess(words);
  const answer = await signIn(second.origin, 'jane@example.com', 'jane-demo');
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
  const read = (path: string) =>
    fetch(`${second.origin}/api/v2${path}`, { headers: { cookie } }).then((found) => found.json());
  expect(await read('/projects')).toMatchObject({ items: [{ slug: 'shop', index: { error: null } }] });
  const { items } = (await read('/projects/shop/deployments?tenant=acme&environment=production')) as {
    items: readonly { changes: { summary: string } }[];
  };
  expect(items[0]?.changes.summary).toBe(
    'Release: tenant/acme env/production → api-gateway v2.1.0, checkout v1.9.0',
  );
});

test('a second server on the same data is refused in one line; after kill -9 the next one starts', async () => {
  const data = temporaryFolder('server');
  const line = `knowngood: ${data} is in use by another server; stop that one first, or give this one its own --data\n`;
  const refused = { code: 1, signal: undefined, stdout: '', stderr: line };
  const first = await startServerProcess(forWork(data));
  expect(await runServerProgram([...forWork(data), '--port', '0'])).toEqual(refused);
  expect(await first.end('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
  await using second = await startServerProcess(forWork(data));
  expect(await runServerProgram([...forWork(data), '--port', '0'])).toEqual(refused);
  expect(await second.end('SIGINT')).toEqual({ code: 0, signal: undefined });
});

test('without the demo the first owner gets a link, which works once; session and key outlive a restart', async () => {
  const data = temporaryFolder('server');
  const words = [...forWork(data), '--owner', 'olga@example.com'];
  const first = await startServerProcess(words);
  expect(first.stdout()).not.toContain('https');
  const [, secret = ''] = /\/set-password#(\S+)/.exec(first.stdout()) ?? [];
  const use = () => post(`${first.origin}/api/v2/auth/one-time-link`, { secret, password });
  const used = await use();
  expect(used.status).toBe(200);
  expect((await use()).status).toBe(401);
  expect(await signIn(first.origin, 'jane@example.com', 'jane-demo')).toMatchObject({ status: 401 });
  const key = readFileSync(join(data, 'secret.key'));
  await first.end('SIGTERM');

  await using second = await startServerProcess(words);
  expect(second.stdout()).not.toContain('set-password');
  const [cookie = ''] = (used.headers.get('set-cookie') ?? '').split(';');
  const me = await fetch(`${second.origin}/api/v2/me`, { headers: { cookie } });
  expect(await me.json()).toMatchObject({ email: 'olga@example.com', role: 'owner' });
  expect(await signIn(second.origin, 'olga@example.com', password)).toMatchObject({ status: 200 });
  expect(readFileSync(join(data, 'secret.key'))).toEqual(key);
  expect(readFileSync(join(data, 'server.log'), 'utf8')).not.toContain(secret);
});

test('who would send passwords in the open is told', async () => {
  const env = { KNOWNGOOD_PUBLIC_URL: 'http://hub.example.com' };
  await using server = await startServerProcess(forWork(), { env });
  expect(server.origin).toBe('http://hub.example.com');
  expect(server.stdout()).toContain('Without https, passwords and sessions can be read on the way.');
});

test('with its log on stdout it says everything else on stderr', async () => {
  await using server = await startServerProcess([...forWork(), '--log', '-']);
  await fetch(`${server.origin}/healthz`);
  await server.end('SIGTERM');
  const lines = server.stdout().trim().split('\n');
  const messages = lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
  expect(messages).toEqual(expect.arrayContaining(['listening', 'request', 'stopping', 'stopped']));
  expect(server.stderr()).toContain('Ctrl-C stops.');
});

test('a call that is open does not keep the server from its end; a second Ctrl-C does not wait for anything', async () => {
  const words = forWork();
  const first = await startServerProcess(words);
  // A body that never comes: the call is running until the grace is over.
  const { socket, sent } = openCall(first.origin);
  await sent;
  expect(await first.end('SIGTERM')).toEqual({ code: 0, signal: undefined });
  socket.destroy();
  const second = await startServerProcess(words);
  const other = openCall(second.origin);
  await other.sent;
  const ended = second.end('SIGINT');
  await vi.waitFor(() =>
    fetch(`${second.origin}/healthz`).then(
      () => expect.fail('still taken'),
      () => 'gone',
    ),
  );
  await second.end('SIGINT');
  expect(await ended).toEqual({ code: 130, signal: undefined });
  other.socket.destroy();
});

test('what nobody caught is in the log, and ends the server with 1', async () => {
  const data = temporaryFolder('server');
  const crash = "process.on('SIGUSR2', () => void Promise.reject(new Error('boom')))";
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(crash)}` };
  await using server = await startServerProcess(forWork(data), { env });
  expect(await server.end('SIGUSR2')).toEqual({ code: 1, signal: undefined });
  expect(server.stderr()).toMatch(/^knowngood: this is a bug in knowngood: boom .*\n$/);
  const last = readFileSync(join(data, 'server.log'), 'utf8').trim().split('\n').at(-1) ?? '';
  expect(JSON.parse(last)).toMatchObject({ msg: 'crashed', err: { message: 'boom' } });
});

test('a port that is taken, and a key that is another or damaged, end the start with one line', async () => {
  const data = temporaryFolder('server');
  await using server = await startServerProcess(forWork(data));
  const { port } = new URL(server.origin);
  const other = temporaryFolder('server');
  expect(await runServerProgram([...forWork(other), '--port', port])).toMatchObject({
    code: 1,
    stderr: `knowngood: cannot listen on 127.0.0.1, port ${port}: another program has it; choose another with --port\n`,
  });
  const taken = ['--port', '0', '--agent-port', port];
  expect(await runServerProgram([...forWork(other), ...taken])).toMatchObject({
    code: 1,
    stderr: `knowngood: cannot listen on 127.0.0.1, port ${port}: another program has it; choose another with --agent-port\n`,
  });
  await server.end('SIGTERM');
  const otherKey = { KNOWNGOOD_SECRET_KEY: Buffer.alloc(32, 7).toString('base64') };
  const again = [...forWork(data), '--port', '0'];
  expect(await runServerProgram(again, { env: otherKey })).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^knowngood: the secrets in the database were sealed with another key; .*\n$/,
    ),
  });
  const key = join(other, 'secret.key');
  writeFileSync(key, 'short');
  expect(await runServerProgram([...forWork(other), '--port', '0'])).toMatchObject({
    code: 1,
    stderr: `knowngood: ${key} is not the key of 32 bytes that was made there; put it back from a backup\n`,
  });
});

test('without git, without a folder or without its database it does not start, and tells no password', async () => {
  const words = [...forWork(), '--port', '0'];
  expect(await runServerProgram(words, { env: { PATH: temporaryFolder('no-git') } })).toMatchObject({
    code: 1,
    stderr: 'knowngood: git was not found on the PATH; install git 2.36 or newer\n',
  });
  const file = join(temporaryFolder('server'), 'file');
  writeFileSync(file, '');
  expect(await runServerProgram(['--data', file])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^knowngood: cannot keep data in \S+: ENOTDIR: .*\n$/),
  });
  const nobody = 'postgres://hub:sesame-open@127.0.0.1:1/hub';
  expect(await runServerProgram([...words, '--database', nobody])).toMatchObject({
    code: 1,
    stderr:
      'knowngood: cannot open the database postgres://127.0.0.1:1/hub: connect ECONNREFUSED 127.0.0.1:1\n',
  });
});

test('`npm start` and `knowngood server` are this program', async () => {
  const help = await runServerProgram(['--help']);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(manifest.scripts.start).toBe('sh scripts/run.sh scripts/start.ts');
  const { stdout } = await runProgram(process.execPath, [join(root, 'scripts/start.ts'), '--help']);
  expect(stdout).toBe(help.stdout);
  expect(await runCli(['server', '--help'])).toEqual(help);
  expect(await runCli(['server', '--port', 'x'])).toMatchObject({
    code: 2,
    stderr: 'knowngood: --port: x is no number from 0 to 65535\n',
  });
});
