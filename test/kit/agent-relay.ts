import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Client,
  Metadata,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerUnaryCall,
  credentials,
  type sendUnaryData,
} from '@grpc/grpc-js';
import { agentMethods } from '../../src/contract/agent-v1/methods.ts';
import { root } from './fresh-clone.ts';

/** One message as it went over the wire. */
export interface AgentFrame {
  readonly from: 'agent' | 'hub';
  readonly method: 'Register' | 'Connect';
  readonly text: string;
}

/** Stands between an agent and the hub, changes nothing, and keeps what both say. */
export interface AgentRelay extends AsyncDisposable {
  readonly port: number;
  readonly frames: AgentFrame[];
}

const asIs = (bytes: Buffer): Buffer => bytes;

const forward = (metadata: Metadata): Metadata => {
  const forwarded = new Metadata();
  forwarded.set('content-type', 'application/grpc+json');
  forwarded.set('authorization', String(metadata.get('authorization')[0]));
  return forwarded;
};

interface Stream {
  readonly on: (event: 'data' | 'end', listener: (bytes: Buffer) => void) => unknown;
  readonly write: (bytes: Buffer) => unknown;
  readonly end: () => unknown;
}

function pass(from: Stream, to: Stream, heard: (bytes: Buffer) => void): void {
  from.on('data', (bytes) => {
    heard(bytes);
    to.write(bytes);
  });
  from.on('end', () => to.end());
}

/** Starts one on a port of its own, before the hub at this one. */
export async function startAgentRelay(hubPort: number): Promise<AgentRelay> {
  const hub = new Client(`127.0.0.1:${hubPort}`, credentials.createInsecure());
  const frames: AgentFrame[] = [];
  const heard = (from: AgentFrame['from'], method: AgentFrame['method']) => (bytes: Buffer) =>
    void frames.push({ from, method, text: bytes.toString() });
  const answers = new Metadata();
  answers.set('content-type', 'application/grpc+json');
  const method = (path: string, streaming: boolean) => ({
    path,
    requestStream: streaming,
    responseStream: streaming,
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
  });
  const server = new Server();
  server.addService(
    { register: method(agentMethods.register, false), connect: method(agentMethods.connect, true) },
    {
      register: (call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => {
        heard('agent', 'Register')(call.request);
        call.sendMetadata(answers);
        const { register } = agentMethods;
        hub.makeUnaryRequest(register, asIs, asIs, call.request, forward(call.metadata), (error, value) => {
          if (value) heard('hub', 'Register')(value);
          answer(error, value);
        });
      },
      connect: (down: ServerDuplexStream<Buffer, Buffer>) => {
        down.sendMetadata(answers);
        const up = hub.makeBidiStreamRequest(agentMethods.connect, asIs, asIs, forward(down.metadata));
        pass(down, up, heard('agent', 'Connect'));
        pass(up, down, heard('hub', 'Connect'));
        up.on('error', (error) => down.emit('error', error));
        down.on('cancelled', () => up.cancel());
      },
    },
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    port,
    frames,
    [Symbol.asyncDispose]: async () => {
      server.forceShutdown();
      hub.close();
      await Promise.resolve();
    },
  };
}

/** The messages with their secrets and the cluster's id replaced by words: what may be kept and compared. */
export const withoutSecrets = (frames: readonly AgentFrame[], clusterId: string): readonly AgentFrame[] =>
  frames.map((frame) => ({
    ...frame,
    text: frame.text
      .replaceAll(/ghqa_reg_[0-9a-f]{64}/g, 'REGISTRATION')
      .replaceAll(/ghqa_[0-9a-f]{64}/g, 'TOKEN')
      .replaceAll(clusterId, 'CLUSTER'),
  }));

/** Which members the messages have and of which types, each shape once: what stays the same from one run to the next. */
export const shapesOf = (frames: readonly AgentFrame[]): readonly string[] =>
  [
    ...new Set(
      frames.map(({ from, method, text }) => `${from} ${method} ${shape(JSON.parse(text) as unknown)}`),
    ),
  ].toSorted();

function shape(value: unknown): string {
  if (Array.isArray(value)) return `[${[...new Set(value.map(shape))].toSorted().join('|')}]`;
  if (typeof value !== 'object' || value === null) return typeof value;
  const members = Object.entries(value).map(([key, member]) => `${key}:${shape(member)}`);
  return `{${members.join()}}`;
}

const recording = join(root, 'test/agent-frames/gitopshq-agent.json');

/** What the agent of GitOpsHQ and this hub said to each other when it was recorded last. */
export const recordedFrames = (): readonly AgentFrame[] =>
  (JSON.parse(readFileSync(recording, 'utf8')) as { readonly frames: readonly AgentFrame[] }).frames;

/** Records anew, where `KNOWNGOOD_AGENT_FRAMES` says what the agent is that speaks here. */
export function recordFrames(frames: readonly AgentFrame[]): void {
  const about = process.env['KNOWNGOOD_AGENT_FRAMES'];
  if (about) writeFileSync(recording, `${JSON.stringify({ about, frames }, null, 2)}\n`);
}
