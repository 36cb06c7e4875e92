import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { gitEnvironment } from './git.ts';
import type { TestRepository } from './repository.ts';

/** Another Git host: stock `git http-backend` over one bare repository, for one user. */
export interface GitHost extends AsyncDisposable {
  /** Without credentials. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** How often each service was asked: `info/refs`, `git-upload-pack`, `git-receive-pack`. */
  readonly asked: string[];
  /** What happens instead of the answer to the next request of a service, after git has done its work. */
  readonly loseAnswer: (service: string) => void;
  /** Makes the host refuse pushes to a branch, as branch protection does, until the answer is called. */
  readonly protect: (ref: string, words: string) => () => void;
}

export async function serveRepository(repository: TestRepository): Promise<GitHost> {
  const asked: string[] = [];
  const lost = new Set<string>();
  const [username, password] = ['hub', 'pass:word with @'];
  const expected = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  repository.git('config', 'http.receivepack', 'true');
  const server = createServer((request, response) => {
    const service = (request.url ?? '').split('?')[0]?.replace('/shop.git/', '') ?? '';
    asked.push(service);
    if (request.headers.authorization !== expected) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end('no entry');
      return;
    }
    runBackend(repository, request, response, lost.delete(service));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/shop.git`,
    username,
    password,
    asked,
    loseAnswer: (service) => lost.add(service),
    protect: (ref, words) => {
      const hook = join(repository.gitDir, 'hooks/update');
      mkdirSync(dirname(hook), { recursive: true });
      writeFileSync(hook, `#!/bin/sh\n[ "$1" != '${ref}' ] || { echo '${words}' >&2; exit 1; }\n`);
      chmodSync(hook, 0o755);
      return () => rmSync(hook);
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function runBackend(
  repository: TestRepository,
  request: IncomingMessage,
  response: ServerResponse,
  lose: boolean,
): void {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const child = spawn('git', ['http-backend'], {
    env: {
      ...process.env,
      ...gitEnvironment,
      GIT_PROJECT_ROOT: repository.gitDir,
      PATH_INFO: path.replace('/shop.git', ''),
      QUERY_STRING: query,
      REQUEST_METHOD: request.method ?? '',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      GIT_HTTP_EXPORT_ALL: '1',
      REMOTE_USER: 'hub',
    },
  });
  const chunks: Buffer[] = [];
  request.pipe(child.stdin);
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.on('close', () => {
    if (lose) {
      request.socket.destroy();
      return;
    }
    const output = Buffer.concat(chunks);
    const end = output.indexOf('\r\n\r\n');
    const headers = output
      .toString('latin1', 0, end)
      .split('\r\n')
      .map((line) => line.split(': ', 2));
    const status = headers.find(([name]) => name === 'Status')?.[1] ?? '200';
    for (const [name = '', value = ''] of headers) if (name !== 'Status') response.setHeader(name, value);
    response.writeHead(Number.parseInt(status, 10)).end(output.subarray(end + 4));
  });
}
