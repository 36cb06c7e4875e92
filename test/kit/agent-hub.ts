import {
  Metadata,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import type { AgentEnvelope, AgentMessage, HubEnvelope } from '../../src/contract/agent-v1/envelope.ts';
import { readAgentEnvelope } from '../../src/contract/agent-v1/envelope.ts';
import { agentMethods } from '../../src/contract/agent-v1/methods.ts';

type Connection = ServerDuplexStream<unknown, unknown>;

/** The hub's half of `agent.v1` and nothing behind it: it keeps what agents say, and says what a test wants said. */
export interface AgentHub extends AsyncDisposable {
  /** `127.0.0.1:PORT` */
  readonly address: string;
  /** What agents gave to register. */
  readonly registrations: unknown[];
  /** The token of every stream that was opened, in order. */
  readonly shown: string[];
  /** Everything that agents have said so far. */
  readonly heard: AgentMessage[];
  /** Resolves with the first message that fits, also one heard before. */
  readonly hear: (fits: (message: AgentMessage) => boolean) => Promise<AgentMessage['message']>;
  readonly say: (envelope: HubEnvelope | Readonly<Record<string, unknown>>) => void;
  /** Breaks every stream, as a hub that dies does. */
  readonly breakOff: () => void;
  /** The tokens that are let in. */
  readonly accepted: Set<string>;
}

export const registrationToken = `ghqa_reg_${'a'.repeat(64)}`;
export const firstToken = `ghqa_${'b'.repeat(64)}`;

const encode = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const decode = (bytes: Buffer): unknown => JSON.parse(String(bytes)) as unknown;
const refused = { code: status.UNAUTHENTICATED, details: 'the token is not accepted' };

const tokenIn = (metadata: Metadata): string =>
  String(metadata.get('authorization')[0]).replace(/^Bearer /, '');

export async function startAgentHub(): Promise<AgentHub> {
  const server = new Server();
  const streams = new Set<Connection>();
  const listeners = new Set<() => void>();
  const registrations: unknown[] = [];
  const shown: string[] = [];
  const heard: AgentMessage[] = [];
  const accepted = new Set([registrationToken]);
  const method = (path: string, streaming: boolean) => ({
    path,
    requestStream: streaming,
    responseStream: streaming,
    requestSerialize: encode,
    requestDeserialize: decode,
    responseSerialize: encode,
    responseDeserialize: decode,
  });
  server.addService(
    { register: method(agentMethods.register, false), connect: method(agentMethods.connect, true) },
    {
      register: (
        call: { readonly metadata: Metadata; readonly request: unknown },
        answer: sendUnaryData<unknown>,
      ) => {
        // Good once.
        if (!accepted.delete(tokenIn(call.metadata))) {
          answer(refused);
          return;
        }
        registrations.push(call.request);
        accepted.add(firstToken);
        answer(null, { agentToken: firstToken, clusterId: 'cls_1', statusIntervalSeconds: 3600 });
      },
      connect: (stream: Connection) => {
        const token = tokenIn(stream.metadata);
        if (!accepted.has(token)) {
          stream.emit('error', refused);
          return;
        }
        shown.push(token);
        streams.add(stream);
        stream.sendMetadata(new Metadata());
        stream.on('data', (envelope: AgentEnvelope) => {
          const reading = readAgentEnvelope(envelope);
          if (!reading.ok) throw new Error(reading.reason);
          if (reading.value) heard.push(reading.value);
          for (const listener of listeners) listener();
        });
        for (const event of ['end', 'close', 'cancelled'] as const)
          stream.on(event, () => streams.delete(stream));
        stream.on('error', () => streams.delete(stream));
        stream.on('end', () => stream.end());
        for (const listener of listeners) listener();
      },
    },
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    address: `127.0.0.1:${port}`,
    registrations,
    shown,
    heard,
    accepted,
    hear: async (fits) => {
      for (;;) {
        const changed = Promise.withResolvers<undefined>();
        const wake = (): void => changed.resolve(undefined);
        listeners.add(wake);
        const found = heard.find(fits);
        if (found) return found.message;
        await changed.promise;
        listeners.delete(wake);
      }
    },
    say: (envelope) => {
      for (const stream of streams) stream.write(envelope);
    },
    breakOff: () => {
      for (const stream of streams) stream.emit('error', { code: status.UNAVAILABLE, details: 'gone' });
    },
    [Symbol.asyncDispose]: async () => {
      server.forceShutdown();
      await Promise.resolve();
    },
  };
}
