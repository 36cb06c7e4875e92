import type { AgentEnvelope } from '../contract/agent-v1/envelope.ts';
import { largestAgentMessage } from '../contract/agent-v1/methods.ts';
import { assertNever } from '../std/invariant.ts';
import { type Talk, now } from './agent-parts.ts';
import { fitMessage } from './fit-message.ts';
import { isOver, pause, soonerOf } from './wait.ts';

/** Milliseconds between two reports that changes ask for: what changes often is told together. */
const settle = 1000;

/** Tells the hub everything at each tick, and of applications when somebody nudges. Never throws. */
export async function keepReporting(talk: Talk): Promise<void> {
  while (!isOver(talk.signal)) {
    await reportAll(talk);
    const next = talk.clock() + talk.interval;
    for (let left = talk.interval; left > 0 && !isOver(talk.signal); left = next - talk.clock()) {
      const nudged = Promise.withResolvers<'nudged'>();
      talk.nudge = () => nudged.resolve('nudged');
      if ((await soonerOf(nudged.promise, left, talk.signal)) !== 'nudged') break;
      await pause(settle, talk.signal);
      if (!isOver(talk.signal)) await report(talk, 'applications');
    }
  }
}

/** Milliseconds until the cluster is watched again after a watch broke. */
const rewatch = 5000;

/** Nudges when applications change. Never throws. */
export async function followChanges(talk: Talk): Promise<void> {
  while (!isOver(talk.signal)) {
    try {
      for await (const _ of talk.view.changes(talk.signal)) talk.nudge();
    } catch (error) {
      if (!isOver(talk.signal)) talk.log.error('cannot watch applications', error);
    }
    await pause(rewatch, talk.signal);
  }
}

const parts = ['inventory', 'applications', 'drift'] as const;
type Reported = (typeof parts)[number];

async function reportAll(talk: Talk): Promise<void> {
  const { clusterId, version: agentVersion, allowed } = talk;
  await talk.stream.send({
    heartbeat: { clusterId, agentVersion, capabilities: [...allowed], timestamp: now(talk) },
  });
  for (const part of parts) if (!isOver(talk.signal)) await report(talk, part);
}

/** Tells one part. What cannot be read is left out: what the hub heard last stands, with its time, and nothing is made up. */
export async function report(talk: Talk, part: Reported): Promise<void> {
  try {
    const envelope = fitMessage(await read(talk, part), largestAgentMessage);
    if (!envelope) throw new Error('there is more of it than the hub takes');
    if (!isOver(talk.signal)) await talk.stream.send(envelope);
  } catch (error) {
    if (!isOver(talk.signal)) talk.log.error(`cannot tell the ${part} of the cluster`, error);
  }
}

async function read(talk: Talk, part: Reported): Promise<AgentEnvelope> {
  const { view } = talk;
  // The time before reading: what is told is at least as new as that.
  const timestamp = now(talk);
  switch (part) {
    case 'inventory':
      return { inventorySnapshot: await view.inventory(timestamp) };
    case 'applications':
      return { argoApplicationStatus: { timestamp, applications: [...(await view.applications())] } };
    case 'drift':
      return { driftReport: { timestamp, findings: [...(await view.drift(timestamp))] } };
    default:
      return assertNever(part);
  }
}
