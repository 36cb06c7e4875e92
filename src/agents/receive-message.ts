import { receiveCommandNews } from '../app/clusters/agent-commands.ts';
import type { Agent } from '../app/clusters/agent.ts';
import { receiveApplications } from '../app/clusters/receive-applications.ts';
import { receiveHeartbeat } from '../app/clusters/receive-heartbeat.ts';
import { receiveDrift, receiveInventory } from '../app/clusters/receive-report.ts';
import type { Hub } from '../app/hub.ts';
import { type AgentMessage, readAgentEnvelope } from '../contract/agent-v1/envelope.ts';
import { dryRunResult } from '../contract/agent-v1/dry-run.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import { assertNever } from '../std/invariant.ts';
import type { Frame } from './json-codec.ts';

/** Takes one message of a stream. Throws `report_malformed` or `report_foreign`. */
export async function receiveMessage(hub: Hub, agent: Agent, frame: Frame): Promise<void> {
  const read = frame.ok ? readAgentEnvelope(frame.value) : frame;
  if (!read.ok) throw new Refusal('report_malformed', { reason: read.reason });
  if (read.value !== undefined) await receive(hub, agent, read.value);
}

async function receive(hub: Hub, agent: Agent, { kind, message }: AgentMessage): Promise<void> {
  const reportedAt = message.timestamp;
  switch (kind) {
    case 'heartbeat':
      return receiveHeartbeat(hub, agent, { ...message, reportedAt });
    case 'inventorySnapshot': {
      const { summary, resources } = message;
      await receiveInventory(hub, agent, { inventory: { summary, resources }, reportedAt });
      return undefined;
    }
    case 'argoApplicationStatus':
      await receiveApplications(hub, agent, { applications: message.applications, reportedAt });
      return undefined;
    case 'driftReport':
      await receiveDrift(hub, agent, { findings: message.findings, reportedAt });
      return undefined;
    case 'commandAck':
      return receiveCommandNews(hub, agent, message);
    case 'commandResult':
      return receiveCommandNews(hub, agent, {
        ...message,
        message: message.error || message.message,
        answer: answerIn(message.result),
      });
    case 'credentialSyncResult':
      // Nothing of ours asks for it.
      return undefined;
    default:
      return assertNever(kind);
  }
}

/** Bytes that are kept of an answer; a longer one is none. */
const longestAnswer = 4 * 1024 ** 2;

/** The answer to a dry run, as it is kept. What other commands result in proves nothing and is not kept. */
function answerIn(result: unknown): string | undefined {
  const read = dryRunResult.safeParse(result);
  const text = read.success ? JSON.stringify(read.data.objects) : '';
  return text === '' || text.length > longestAnswer ? undefined : text;
}
