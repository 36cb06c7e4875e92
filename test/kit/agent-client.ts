import {
  type ClientDuplexStream,
  type ServiceError,
  type status,
  Client,
  Metadata,
  credentials,
} from '@grpc/grpc-js';
import type { AgentEnvelope, HubEnvelope } from '../../src/contract/agent-v1/envelope.ts';
import { agentMethods } from '../../src/contract/agent-v1/methods.ts';
import type { RegisterResponse } from '../../src/contract/agent-v1/register.ts';

/** What comes back when a call ends: the name of the gRPC code is what tests compare. */
export interface Ended {
  readonly code: status;
  readonly details: string;
}

const write = (value: unknown): Buffer =>
  typeof value === 'string' ? Buffer.from(value) : Buffer.from(JSON.stringify(value));
const read = (bytes: Buffer): unknown => JSON.parse(bytes.toString()) as unknown;

const bearer = (token: string): Metadata => {
  const metadata = new Metadata();
  metadata.set('content-type', 'application/grpc+json');
  if (token !== '') metadata.set('authorization', `Bearer ${token}`);
  return metadata;
};

/** A stream to the hub as an agent has it. */
export interface AgentStreamClient extends AsyncDisposable {
  /** A text is sent as it is, anything else as JSON. */
  readonly send: (envelope: AgentEnvelope | string | object) => void;
  /** Messages of the hub as they come. */
  readonly next: () => Promise<HubEnvelope>;
  /** The stream is over. */
  readonly ended: Promise<Ended>;
}

/** An agent made of a plain gRPC client, for what only the wire can show; with a certificate, by TLS. */
export function agentClient(port: number, trusted?: Buffer) {
  const channel = trusted ? credentials.createSsl(trusted) : credentials.createInsecure();
  const client = new Client(`127.0.0.1:${port}`, channel, {
    'grpc.keepalive_time_ms': 5000,
    'grpc.keepalive_timeout_ms': 3000,
    'grpc.keepalive_permit_without_calls': 1,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.initial_reconnect_backoff_ms': 50,
    'grpc.max_reconnect_backoff_ms': 100,
  });
  return {
    /** Throws an error with the `code` of gRPC. */
    register: (token: string, body: object | string = { cluster: {} }): Promise<RegisterResponse> =>
      new Promise((resolve, reject) => {
        client.makeUnaryRequest(agentMethods.register, write, read, body, bearer(token), (error, value) => {
          if (error) reject(error);
          else resolve(value as RegisterResponse);
        });
      }),
    connect: (token: string): AgentStreamClient =>
      streamOf(
        client.makeBidiStreamRequest<unknown, HubEnvelope>(
          agentMethods.connect,
          write,
          read as (bytes: Buffer) => HubEnvelope,
          bearer(token),
        ),
      ),
    close: () => client.close(),
    [Symbol.asyncDispose]: () => {
      client.close();
      return Promise.resolve();
    },
  };
}

function streamOf(stream: ClientDuplexStream<unknown, HubEnvelope>): AgentStreamClient {
  const waiting: HubEnvelope[] = [];
  const asking: ((envelope: HubEnvelope) => void)[] = [];
  stream.on('data', (envelope: HubEnvelope) => {
    const ask = asking.shift();
    if (ask) ask(envelope);
    else waiting.push(envelope);
  });
  const ended = new Promise<Ended>((resolve) => {
    stream.on('error', ({ code, details }: ServiceError) => resolve({ code, details }));
    stream.on('end', () => resolve({ code: 0, details: '' }));
  });
  return {
    send: (envelope) => void stream.write(envelope),
    next: () => {
      const first = waiting.shift();
      return first ? Promise.resolve(first) : new Promise((resolve) => void asking.push(resolve));
    },
    ended,
    [Symbol.asyncDispose]: async () => {
      stream.cancel();
      await ended;
    },
  };
}
