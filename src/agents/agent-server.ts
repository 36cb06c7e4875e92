import { Metadata, Server, ServerCredentials, logVerbosity, setLogVerbosity } from '@grpc/grpc-js';
import type { ServerUnaryCall, ServiceDefinition, sendUnaryData } from '@grpc/grpc-js';
import { clustersWithCommands } from '../app/clusters/agent-commands.ts';
import { startLoop } from '../app/background-loop.ts';
import type { Hub } from '../app/hub.ts';
import { agentMethods, largestAgentMessage } from '../contract/agent-v1/methods.ts';
import type { RegisterResponse } from '../contract/agent-v1/register.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import { answerRegister } from './answer-register.ts';
import { type Frame, readFrame, writeFrame } from './json-codec.ts';
import { type AgentStream, agentOf, endStream, sendWaiting, serveStream } from './serve-stream.ts';
import { shownToken } from './shown-token.ts';
import { errorOf, isOurs } from './status.ts';

/**
 * Room `agents`: the hub side of `agent.v1`, over gRPC on a port of its own. It reads frames, asks `app`, and writes
 * answers. It must never know SQL, Git or HTTP routes, nor decide what a report means.
 */
export interface AgentServer {
  readonly port: number;
  /** Ends every stream with a reason, and lets the port go. */
  readonly stop: () => Promise<void>;
}

export interface AgentServerOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** PEM. Without it agents talk in the clear, which is for this machine or behind a proxy alone. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  /** Told what broke on our side; the cluster is empty when it is not known. */
  readonly onError: (error: unknown, clusterId: string) => void;
}

const definition = {
  register: {
    path: agentMethods.register,
    requestStream: false,
    responseStream: false,
    requestDeserialize: readFrame,
    requestSerialize: writeFrame,
    responseSerialize: writeFrame,
    responseDeserialize: readFrame,
  },
  connect: {
    path: agentMethods.connect,
    requestStream: true,
    responseStream: true,
    requestDeserialize: readFrame,
    requestSerialize: writeFrame,
    responseSerialize: writeFrame,
    responseDeserialize: readFrame,
  },
} as const satisfies ServiceDefinition;

const limits = {
  'grpc.max_receive_message_length': largestAgentMessage,
  'grpc.max_send_message_length': 1024 * 1024,
  'grpc.max_concurrent_streams': 16,
  // Agents ask us every few seconds, which is always allowed; we ask those that are silent.
  'grpc.keepalive_time_ms': 30_000,
  'grpc.keepalive_timeout_ms': 10_000,
} as const;

/** Listens for agents. Throws `listen_failed`. */
export async function openAgentServer(hub: Hub, options: AgentServerOptions): Promise<AgentServer> {
  const { onError } = options;
  // What goes wrong is thrown or told; the library would print it past our log.
  setLogVerbosity(logVerbosity.NONE);
  const server = new Server(limits);
  const keeper = { hub, onError, open: new Map<AgentStream, string>() };
  const running = new Set<Promise<void>>();
  const serve = (stream: AgentStream): void => {
    const served = serveStream(keeper, stream).finally(() => running.delete(served));
    running.add(served);
  };
  server.addService(definition, {
    register: (
      call: ServerUnaryCall<Frame, RegisterResponse>,
      answer: sendUnaryData<RegisterResponse>,
    ): void => void register(hub, { call, answer, onError }),
    connect: serve,
  });
  const port = await listen(server, options);
  const commands = startLoop(() => sendToAll(hub, keeper.open), {
    every: 1000,
    onError: (error) => onError(error, ''),
  });
  const forget = hub.onWake('commands', commands.nudge);
  const stop = async (): Promise<void> => {
    forget();
    await commands.stop();
    for (const stream of keeper.open.keys()) endStream(stream);
    await shutDown(server);
    await Promise.all(running);
  };
  let stopped: Promise<void> | undefined;
  return { port, stop: () => (stopped ??= stop()) };
}

async function listen(server: Server, { host, port, tls }: AgentServerOptions): Promise<number> {
  const credentials = tls
    ? ServerCredentials.createSsl(null, [
        { private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.cert) },
      ])
    : ServerCredentials.createInsecure();
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  server.bindAsync(address, credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
  return promise.catch((error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    const taken = text.includes('EADDRINUSE');
    const reason = taken ? 'another program has it; choose another with --agent-port' : text;
    throw new Refusal('listen_failed', { host, port, reason });
  });
}

/** Agents hold their connections open: after a moment to hear why, they are cut. */
const shutDown = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const force = setTimeout(() => server.forceShutdown(), 300);
    server.tryShutdown(() => {
      clearTimeout(force);
      resolve();
    });
  });

interface Registration {
  readonly call: ServerUnaryCall<Frame, RegisterResponse>;
  readonly answer: sendUnaryData<RegisterResponse>;
  readonly onError: AgentServerOptions['onError'];
}

async function register(hub: Hub, { call, answer, onError }: Registration): Promise<void> {
  try {
    const response = await answerRegister(hub, shownToken(call.metadata), call.request);
    const headers = new Metadata();
    headers.set('content-type', 'application/grpc+json');
    call.sendMetadata(headers);
    answer(null, response);
  } catch (error) {
    if (isOurs(error)) onError(error, '');
    answer(errorOf(error));
  }
}

/** Commands can come from any server; the one that holds the stream sends them. */
async function sendToAll(hub: Hub, open: ReadonlyMap<AgentStream, string>): Promise<void> {
  if (open.size === 0) return;
  const waiting = new Set(await clustersWithCommands(hub));
  for (const [stream, clusterId] of open) {
    const agent = waiting.has(clusterId) ? await agentOf(hub, stream) : undefined;
    if (agent !== undefined) await sendWaiting(hub, stream, agent);
  }
}
