import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { temporaryFolder } from './repository.ts';

export interface GoAgentOptions {
  /** Of the hub, on this machine. */
  readonly port: number;
  readonly kubeconfig: string;
  readonly argo: FakeArgo;
}

/** The agent of GitOpsHQ with a file for its token, started as often as a test likes. */
export interface GoAgent extends AsyncDisposable {
  /** The token that it would show now. */
  readonly token: () => string;
  /** Starts it; without a registration token it comes with what is in its file. */
  readonly start: (registrationToken?: string) => void;
  /** Sends SIGTERM; resolves with the exit code. */
  readonly stop: () => Promise<unknown>;
  /** What it logged so far. */
  readonly said: () => string;
}

/** What it is allowed here: all that it knows of what this hub may ask. */
export const goAgentCapabilities = [
  'argocd.read',
  'argocd.write',
  'diagnostics.read',
  'k8s.restart',
  'k8s.scale',
  'observe',
  'token.rotate',
] as const;

function goAgent(program: string, { port, kubeconfig, argo }: GoAgentOptions): GoAgent {
  const folder = temporaryFolder('go-agent');
  const file = join(folder, 'token');
  const env = {
    HOME: folder,
    GITOPSHQ_HUB_ADDRESS: `127.0.0.1:${port}`,
    GITOPSHQ_HUB_INSECURE: 'true',
    GITOPSHQ_AGENT_TOKEN_PATH: file,
    GITOPSHQ_CLUSTER_NAME: 'eu-1',
    GITOPSHQ_CLUSTER_REGION: 'eu',
    GITOPSHQ_CAPABILITIES: goAgentCapabilities.join(),
    GITOPSHQ_KUBECONFIG: kubeconfig,
    GITOPSHQ_ARGOCD_SERVER: argo.address,
    GITOPSHQ_ARGOCD_TOKEN: 'argo',
  };
  let child: ChildProcess | undefined;
  let said = '';
  const stop = async (): Promise<unknown> => {
    const running = child;
    child = undefined;
    if (running === undefined) return undefined;
    const gone = running.exitCode === null ? once(running, 'exit') : undefined;
    running.kill('SIGTERM');
    await gone;
    return running.exitCode;
  };
  return {
    token: () => (JSON.parse(readFileSync(file, 'utf8')) as { readonly AgentToken: string }).AgentToken,
    start: (registrationToken = '') => {
      const all = { ...env, GITOPSHQ_REGISTRATION_TOKEN: registrationToken };
      child = spawn(program, { env: all, stdio: ['ignore', 'pipe', 'pipe'] });
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (chunk: Buffer) => (said += String(chunk)));
    },
    stop,
    said: () => said,
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}

const program = process.env['KNOWNGOOD_GO_AGENT'];

/** The agent of GitOpsHQ where `KNOWNGOOD_GO_AGENT` names its program, else none. */
export const goAgents: readonly {
  readonly kind: string;
  readonly open: (options: GoAgentOptions) => GoAgent;
}[] = program ? [{ kind: 'the agent of GitOpsHQ', open: (options) => goAgent(program, options) }] : [];

/** As much of Argo CD's own API as that agent asks for. */
export interface FakeArgo extends AsyncDisposable {
  readonly address: string;
  /** Method, path and body of every request that was no list. */
  readonly asked: string[];
}

/** Starts one that knows these Applications. */
export async function startFakeArgo(items: readonly object[]): Promise<FakeArgo> {
  const asked: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const list = request.method === 'GET' && request.url === '/api/v1/applications';
    if (!list) asked.push(`${request.method} ${request.url} ${body}`);
    const known = request.headers.authorization === 'Bearer argo';
    response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(list ? { items } : {}));
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
