import {
  Client,
  type ClientDuplexStream,
  Metadata,
  type ServiceError,
  credentials,
  status,
} from '@grpc/grpc-js';
import type { AgentEnvelope } from '../contract/agent-v1/envelope.ts';
import {
  agentAuthorization,
  agentMethods,
  agentPingSeconds,
  largestAgentMessage,
} from '../contract/agent-v1/methods.ts';
import { type RegisterRequest, registerResponse } from '../contract/agent-v1/register.ts';

/** Where the hub takes agents. */
export interface HubAddress {
  /** `host:port` */
  readonly address: string;
  /** Undefined: without TLS. `ca`: who vouches for the hub, as PEM; else whom this machine trusts. */
  readonly tls: { readonly ca: string | undefined } | undefined;
}

/** The hub said no, or could not be reached. */
export class LinkError extends Error {
  /** The hub does not know the token that it was shown. */
  readonly unauthenticated: boolean;

  constructor(message: string, unauthenticated: boolean) {
    super(message);
    this.name = 'LinkError';
    this.unauthenticated = unauthenticated;
  }
}

/** One connection to the hub: open it, talk, close it, and open another when it has broken. */
export interface HubLink {
  /** Gives the registration token for one of the agent's own. Throws `LinkError`. */
  readonly register: (request: RegisterRequest) => Promise<Registered>;
  readonly connect: (token: string) => HubStream;
  readonly close: () => void;
}

export interface Registered {
  readonly token: string;
  readonly clusterId: string;
  /** 0: the hub leaves it to the agent. */
  readonly intervalSeconds: number;
}

export interface HubStream {
  /** Resolves when more can be sent. What is sent into a broken stream is lost; `messages` says that it broke. */
  readonly send: (envelope: AgentEnvelope) => Promise<void>;
  /** What the hub sends, as it came. Ends when the hub ends the stream, and throws `LinkError` when it breaks. */
  readonly messages: AsyncIterable<unknown>;
  readonly end: () => void;
}

const encode = (message: unknown): Buffer => Buffer.from(JSON.stringify(message));
const decode = (bytes: Buffer): unknown => JSON.parse(bytes.toString()) as unknown;

const registerPatience = 15_000;

export function openHubLink({ address, tls }: HubAddress): HubLink {
  const channel = tls
    ? credentials.createSsl(tls.ca === undefined ? null : Buffer.from(tls.ca))
    : credentials.createInsecure();
  const client = new Client(address, channel, {
    'grpc.keepalive_time_ms': agentPingSeconds * 1000,
    'grpc.keepalive_timeout_ms': 3000,
    'grpc.keepalive_permit_without_calls': 1,
    'grpc.max_receive_message_length': largestAgentMessage,
    'grpc.max_send_message_length': largestAgentMessage,
    // A link is one connection: when it is closed, nothing of it is left.
    'grpc.use_local_subchannel_pool': 1,
  });
  return {
    register: (request) => register(client, request),
    connect: (token) =>
      streamOver(client.makeBidiStreamRequest(agentMethods.connect, encode, decode, bearer(token))),
    close: () => client.close(),
  };
}

function bearer(token: string): Metadata {
  const metadata = new Metadata();
  metadata.set(agentAuthorization, `Bearer ${token}`);
  return metadata;
}

const linkError = (error: Pick<ServiceError, 'code' | 'details' | 'message'>): LinkError =>
  new LinkError(error.details || error.message, error.code === status.UNAUTHENTICATED);

async function register(client: Client, request: RegisterRequest): Promise<Registered> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  client.makeUnaryRequest(
    agentMethods.register,
    encode,
    decode,
    request,
    bearer(request.registrationToken ?? ''),
    { deadline: Date.now() + registerPatience },
    (error, value) => (error ? reject(linkError(error)) : resolve(value)),
  );
  const answer = registerResponse.safeParse(await promise);
  if (!answer.success || answer.data.agentToken === '')
    throw new LinkError('its answer is not understood; is this the agent port of a hub?', false);
  const { agentToken: token, clusterId, statusIntervalSeconds: intervalSeconds } = answer.data;
  return { token, clusterId, intervalSeconds };
}

function streamOver(stream: ClientDuplexStream<unknown, unknown>): HubStream {
  return {
    send: async (envelope) => {
      if (stream.destroyed || stream.writableEnded || stream.write(envelope)) return;
      const { promise, resolve } = Promise.withResolvers<unknown>();
      const events = ['drain', 'close', 'error', 'end'] as const;
      for (const event of events) stream.once(event, resolve);
      await promise;
      for (const event of events) stream.off(event, resolve);
    },
    messages: messagesOf(stream),
    end: () => {
      stream.end();
      stream.cancel();
    },
  };
}

async function* messagesOf(stream: ClientDuplexStream<unknown, unknown>): AsyncGenerator {
  try {
    for await (const message of stream) yield message;
  } catch (error) {
    throw error instanceof Error && 'code' in error ? linkError(error as ServiceError) : error;
  }
}
