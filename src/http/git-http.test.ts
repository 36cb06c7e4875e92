import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Readable, pipeline } from 'node:stream';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { git, gitEnvironment } from '../../test/kit/git.ts';
import { makeRepository, temporaryFolder } from '../../test/kit/repository.ts';
import type { TestRepository } from '../../test/kit/repository.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { ServerLimits } from './build-server.ts';
import type { GitExchange, ServeGit } from './git-http.ts';
import { bearer, testServer } from './server.test-kit.ts';

const run = promisify(execFile);

/** Stock git as a client; asynchronous, for the server lives in this process. */
async function client(dir: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', args, { cwd: dir, env: { ...process.env, ...gitEnvironment } });
  return stdout.trim();
}

/** Resolves when the process is gone. */
const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('close', () => resolve());
  });

interface Served {
  readonly port: number;
  readonly url: string;
  readonly exchanges: GitExchange[];
  readonly children: ChildProcess[];
}

/** Stock git behind the bridge: project `shop` is this repository; only bob may push. */
function stockGit(repository: TestRepository, served: Pick<Served, 'exchanges' | 'children'>): ServeGit {
  return (exchange) => {
    served.exchanges.push(exchange);
    const { slug, service, advertise, stdin, protocol, signal, actor } = exchange;
    if (slug !== 'shop') return Promise.reject(new Refusal('not_visible', { what: 'this project' }));
    if (service === 'git-receive-pack' && actor.id !== 'usr_bob')
      return Promise.reject(new Refusal('push_unchecked'));
    const words = ['--stateless-rpc', ...(advertise ? ['--http-backend-info-refs'] : [])];
    const child = spawn('git', [service.slice(4), ...words, repository.gitDir], {
      env: { ...process.env, ...gitEnvironment, GIT_PROTOCOL: protocol ?? '' },
      signal,
    });
    child.on('error', () => undefined);
    served.children.push(child);
    pipeline(stdin, child.stdin, () => undefined);
    return Promise.resolve(child.stdout);
  };
}

async function serve(serveGit: ServeGit, limits: Partial<ServerLimits> = {}) {
  const server = testServer({}, { serveGit, limits });
  await server.fastify.listen({ host: '127.0.0.1', port: 0 });
  const address = server.fastify.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { server, port, url: `http://any:bob-secret@127.0.0.1:${port}/git/shop` };
}

async function serveRepository(repository: TestRepository, limits: Partial<ServerLimits> = {}) {
  const seen = { exchanges: [] as GitExchange[], children: [] as ChildProcess[] };
  return { ...seen, ...(await serve(stockGit(repository, seen), limits)) };
}

const history = [
  { files: { 'a.yaml': 'tag: 1\n', 'big.txt': 'x'.repeat(200_000) } },
  { files: { 'a.yaml': 'tag: 2\n' } },
];

test('stock git clones, pushes and fetches, with and without .git in the address', async () => {
  using repository = makeRepository(history);
  const { server, url, exchanges } = await serveRepository(repository);
  await using _ = server;
  const clone = temporaryFolder('clone');
  await client(clone, 'clone', '-q', `${url}.git`, '.');
  expect(git(clone, 'rev-parse', 'HEAD')).toBe(repository.commits[1]);
  git(clone, 'commit', '-q', '--allow-empty', '-m', 'Third');
  await client(clone, 'push', '-q', url, 'HEAD:main');
  expect(repository.git('rev-parse', 'main')).toBe(git(clone, 'rev-parse', 'HEAD'));
  const [first] = exchanges;
  expect([first?.slug, first?.actor.id, first?.protocol]).toEqual(['shop', 'usr_bob', 'version=2']);
});

test('the older protocol, shallow clones and partial clones work', async () => {
  using repository = makeRepository(history);
  repository.git('config', 'uploadpack.allowFilter', 'true');
  const { server, url } = await serveRepository(repository);
  await using _ = server;
  const old = temporaryFolder('old');
  await client(old, '-c', 'protocol.version=0', 'clone', '-q', url, '.');
  const shallow = temporaryFolder('shallow');
  await client(shallow, 'clone', '-q', '--depth=1', url, '.');
  expect(git(shallow, 'rev-list', '--count', 'HEAD')).toBe('1');
  const partial = temporaryFolder('partial');
  await client(partial, 'clone', '-q', '--filter=blob:none', '--no-checkout', url, '.');
  const missing = git(partial, 'rev-list', '--objects', '--missing=print', 'HEAD').split('\n');
  expect(missing.filter((line) => line.startsWith('?')).length).toBe(3);
});

test('a large push goes through in chunks', async () => {
  using repository = makeRepository(history);
  const { server, url } = await serveRepository(repository);
  await using _ = server;
  const clone = temporaryFolder('clone');
  await client(clone, 'clone', '-q', url, '.');
  writeFileSync(join(clone, 'random.bin'), randomBytes(12 * 1024 * 1024));
  git(clone, 'add', '.');
  git(clone, 'commit', '-q', '-m', 'Large');
  await client(clone, '-c', 'http.postBuffer=65536', 'push', '-q', url, 'HEAD:main');
  expect(repository.git('rev-parse', 'main')).toBe(git(clone, 'rev-parse', 'HEAD'));
  expect(repository.git('fsck', '--strict')).toBe('');
});

test('a push over the limit is refused before it is stored, and git is stopped', async () => {
  using repository = makeRepository(history);
  const { server, url, port, children } = await serveRepository(repository, { push: 100_000 });
  await using _ = server;
  const clone = temporaryFolder('clone');
  await client(clone, 'clone', '-q', url, '.');
  writeFileSync(join(clone, 'random.bin'), randomBytes(1024 * 1024));
  git(clone, 'add', '.');
  git(clone, 'commit', '-q', '-m', 'Large');
  await expect(client(clone, 'push', '-q', url, 'HEAD:main')).rejects.toThrow(/RPC failed|hung up/);
  expect(repository.git('rev-parse', 'main')).toBe(repository.commits[1]);
  const answer = await fetch(`http://127.0.0.1:${port}/git/shop/git-receive-pack`, {
    method: 'POST',
    headers: { ...bearer('bob'), 'content-type': 'application/x-git-receive-pack-request' },
    body: new Uint8Array(200_000),
  });
  expect([answer.status, await answer.text()]).toEqual([413, 'the push is larger than 100000 bytes\n']);
  await Promise.all(children.map(ended));
});

test('packed requests are read; a packed bomb and broken packing are refused', async () => {
  using repository = makeRepository(history);
  const { server, port } = await serveRepository(repository, { fetch: 1024 * 1024 });
  await using _ = server;
  const post = async (body: Uint8Array<ArrayBuffer>, protocol = 'version=2') => {
    const answer = await fetch(`http://127.0.0.1:${port}/git/shop/git-upload-pack`, {
      method: 'POST',
      headers: {
        ...bearer('vera'),
        'content-type': 'application/x-git-upload-pack-request',
        'content-encoding': 'gzip',
        'git-protocol': protocol,
      },
      body,
    });
    return { status: answer.status, text: await answer.text() };
  };
  const listing = await post(gzipSync('0014command=ls-refs\n0000'));
  expect(listing.status).toBe(200);
  expect(listing.text).toContain(`${repository.commits[1]} refs/heads/main`);
  const wants = `0032want ${repository.commits[1]}\n`.repeat(100_000);
  expect((await post(gzipSync(wants), 'version=0')).status).toBe(413);
  expect((await post(Buffer.from('this is not packed'))).status).toBe(400);
});

test('who may not is told why, by git, in our words; and a wrong token asks for Basic again', async () => {
  using repository = makeRepository(history);
  const { server, port } = await serveRepository(repository);
  await using _ = server;
  const at = (person: string, slug: string) => `http://any:${person}-secret@127.0.0.1:${port}/git/${slug}`;
  const clone = temporaryFolder('clone');
  await client(clone, 'clone', '-q', at('jane', 'shop'), '.');
  git(clone, 'commit', '-q', '--allow-empty', '-m', 'Third');
  await expect(client(clone, 'push', '-q', at('jane', 'shop'), 'HEAD:main')).rejects.toThrow(
    'the push could not be checked and was refused',
  );
  await expect(client(clone, 'fetch', '-q', at('jane', 'other'))).rejects.toThrow(/not found/);
  await expect(client(clone, 'fetch', '-q', at('nobody', 'shop'))).rejects.toThrow(/Authentication failed/);
  const anonymous = await fetch(`http://127.0.0.1:${port}/git/shop/info/refs?service=git-upload-pack`);
  expect([anonymous.status, anonymous.headers.get('www-authenticate')]).toEqual([
    401,
    'Basic realm="knowngood", charset="UTF-8"',
  ]);
});

test('only the smart protocol is served', async () => {
  using repository = makeRepository(history);
  const { server, port, exchanges } = await serveRepository(repository);
  await using _ = server;
  const status = async (path: string, init: RequestInit = {}) =>
    (await fetch(`http://127.0.0.1:${port}${path}`, { headers: bearer('bob'), ...init })).status;
  expect(await status('/git/shop/info/refs')).toBe(403);
  expect(await status('/git/shop/info/refs?service=git-upload-archive')).toBe(403);
  expect(await status('/git/shop/info/refs?service=git-upload-pack&service=git-receive-pack')).toBe(403);
  expect(await status('/git/shop/HEAD')).toBe(404);
  expect(await status('/git/shop/objects/info/packs')).toBe(404);
  expect(await status('/git/a%2f..%2fshop/HEAD')).toBe(404);
  expect(await status('/git/shop/git-upload-pack', { method: 'POST', body: 'x' })).toBe(415);
  expect(exchanges).toEqual([]);
});

test('git is stopped when the client goes away in the middle of a push', async () => {
  using repository = makeRepository(history);
  const { server, port, children, exchanges } = await serveRepository(repository);
  await using _ = server;
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `POST /git/shop/git-receive-pack HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer bob-secret\r\nContent-Type: application/x-git-receive-pack-request\r\nContent-Length: 1000000\r\n\r\n00`,
  );
  while (children.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  socket.destroy();
  await Promise.all(children.map(ended));
  expect(exchanges[0]?.signal.aborted).toBe(true);
});

test('a client that does not read stops what is written for it', async () => {
  const made = { bytes: 0 };
  const endless = (): Readable =>
    new Readable({
      highWaterMark: 64 * 1024,
      read() {
        made.bytes += 64 * 1024;
        this.push(Buffer.alloc(64 * 1024));
      },
    });
  const { server, port } = await serve(() => Promise.resolve(endless()));
  await using _ = server;
  const socket = connect(port, '127.0.0.1');
  socket.write(
    'POST /git/shop/git-upload-pack HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer bob-secret\r\nContent-Type: application/x-git-upload-pack-request\r\nContent-Length: 0\r\n\r\n',
  );
  socket.pause();
  let before = -1;
  // Until nothing more is made for a tenth of a second: the buffers of both ends are full.
  while (before !== made.bytes || made.bytes === 0) {
    before = made.bytes;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(made.bytes).toBeLessThan(32 * 1024 * 1024);
  socket.destroy();
});
