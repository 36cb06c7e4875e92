import { Metadata, type ServerDuplexStream, status } from '@grpc/grpc-js';
import { takeCommands } from '../app/clusters/agent-commands.ts';
import type { Agent } from '../app/clusters/agent.ts';
import { resolveAgent } from '../app/clusters/resolve-agent.ts';
import { rotateAgentToken } from '../app/clusters/rotate-agent-token.ts';
import type { Hub } from '../app/hub.ts';
import type { HubEnvelope } from '../contract/agent-v1/envelope.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import { isoTime } from '../std/iso-time.ts';
import type { Frame } from './json-codec.ts';
import { receiveMessage } from './receive-message.ts';
import { shownToken } from './shown-token.ts';
import { callError, errorOf, isOurs } from './status.ts';
import { writeCommand } from './write-command.ts';

export type AgentStream = ServerDuplexStream<Frame, HubEnvelope>;

/** How many streams one cluster may hold: an agent that comes again before its old stream has ended. */
const mostStreams = 4;

export interface StreamKeeper {
  readonly hub: Hub;
  readonly onError: (error: unknown, clusterId: string) => void;
  /** By stream, the cluster that it is of. */
  readonly open: Map<AgentStream, string>;
}

/** A stream that has ended takes nothing more. */
const send = (stream: AgentStream, envelope: HubEnvelope): void => {
  if (stream.writable && !stream.cancelled) stream.write(envelope);
};

/**
 * Serves one agent until it goes. Its messages are taken one after the other, and no more is read while one is
 * worked on: whoever sends faster than we keep waits. That the token counts is asked for every message.
 */
export async function serveStream(keeper: StreamKeeper, stream: AgentStream): Promise<void> {
  const { hub, open, onError } = keeper;
  const secret = shownToken(stream.metadata);
  let clusterId = '';
  try {
    const first = await requireAgent(hub, secret);
    clusterId = first.cluster.id;
    admit(keeper, stream, clusterId);
    const headers = new Metadata();
    headers.set('content-type', 'application/grpc+json');
    stream.sendMetadata(headers);
    await sendWaiting(hub, stream, first);
    // A stream that is destroyed could not say why it ended.
    for await (const frame of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Frame>) {
      const agent = await requireAgent(hub, secret);
      await receiveMessage(hub, agent, frame);
      await sendWaiting(hub, stream, agent);
    }
    stream.end();
  } catch (error) {
    if (stream.cancelled) return;
    if (isOurs(error)) onError(error, clusterId);
    stream.emit('error', errorOf(error));
  } finally {
    open.delete(stream);
  }
}

function admit({ open }: StreamKeeper, stream: AgentStream, clusterId: string): void {
  const own = [...open.values()].filter((id) => id === clusterId).length;
  if (own >= mostStreams) throw new Refusal('agent_streams', { limit: mostStreams });
  open.set(stream, clusterId);
}

async function requireAgent(hub: Hub, secret: string): Promise<Agent> {
  const agent = secret === '' ? undefined : await resolveAgent(hub, secret);
  if (agent === undefined) throw new Refusal('agent_token_invalid');
  return agent;
}

/** Commands that wait, and a new token when it is time for one. */
export async function sendWaiting(hub: Hub, stream: AgentStream, agent: Agent): Promise<void> {
  const newToken = await rotateAgentToken(hub, agent);
  if (newToken !== undefined) {
    const commandId = hub.newId('cmd_');
    send(stream, { rotateToken: { commandId, newToken, timestamp: isoTime(hub.clock()) } });
  }
  for (const command of await takeCommands(hub, agent)) send(stream, writeCommand(command));
}

/** The agent of a stream that is open, or undefined when its token has ended meanwhile. */
export const agentOf = (hub: Hub, stream: AgentStream): Promise<Agent | undefined> =>
  resolveAgent(hub, shownToken(stream.metadata));

/** Ends a stream from our side; the agent comes again. */
export const endStream = (stream: AgentStream): void => {
  stream.emit('error', callError(status.UNAVAILABLE, 'the hub is stopping; come again'));
};
