import type { ExecuteCommand } from '../contract/agent-v1/command.ts';
import { type HubMessage, readHubEnvelope } from '../contract/agent-v1/envelope.ts';
import { assertNever } from '../std/invariant.ts';
import { type Talk, now } from './agent-parts.ts';
import { carryOut, refuseCommand } from './carry-out.ts';
import { report } from './report.ts';
import { isOver } from './wait.ts';

/** More commands than a hub sends in a day. */
const remembered = 1000;

/** Does what a message of the hub asks for, and answers it. */
export async function hear(talk: Talk, envelope: unknown): Promise<void> {
  const reading = readHubEnvelope(envelope);
  if (!reading.ok) talk.log.error('the hub said what is not understood', new Error(reading.reason));
  else if (reading.value) await obey(talk, reading.value);
}

async function obey(talk: Talk, { kind, message }: HubMessage): Promise<void> {
  switch (kind) {
    case 'executeCommand':
      return execute(talk, message);
    case 'rotateToken':
      return rotate(talk, message);
    case 'configUpdate':
      if (message.statusIntervalSeconds > 0) talk.interval = message.statusIntervalSeconds * 1000;
      if (message.capabilities) {
        const left = message.capabilities;
        talk.allowed = talk.capabilities.filter((capability) => left.includes(capability));
      }
      return;
    case 'ping':
      return talk.stream.send({ heartbeat: { clusterId: talk.clusterId, timestamp: now(talk) } });
    case 'syncCredentials': {
      const refused = { status: 'failed', message: 'this agent takes no credentials', timestamp: now(talk) };
      return talk.stream.send({ credentialSyncResult: { version: message.version, ...refused } });
    }
    default:
      return assertNever(kind);
  }
}

async function rotate(
  talk: Talk,
  { commandId, newToken }: { readonly commandId: string; readonly newToken: string },
): Promise<void> {
  if (newToken === '') return;
  await talk.saveToken(newToken);
  talk.log.info('the hub gave a new token');
  if (commandId !== '')
    await talk.stream.send({ commandAck: { commandId, status: 'completed', timestamp: now(talk) } });
}

async function execute(talk: Talk, command: ExecuteCommand): Promise<void> {
  const { commandId } = command;
  const before = talk.results.get(commandId);
  if (before) return talk.stream.send({ commandResult: before });
  const refused = refusalNow(talk, command);
  const ack = refused === undefined ? { status: 'acked' } : { status: 'failed', message: refused };
  await talk.stream.send({ commandAck: { commandId, ...ack, timestamp: now(talk) } });
  if (refused !== undefined || !command.dryRunObjects) return finish(talk, command, refused);
  // It takes seconds, and neither a sync nor a new token is to wait for it.
  talk.dryRuns = talk.dryRuns.then(() => finishBeside(talk, command));
}

const refusalNow = (talk: Talk, command: ExecuteCommand): string | undefined =>
  refuseCommand(command, { at: talk.clock(), allowed: talk.allowed });

/** Never throws. What has waited for too long is not begun with: nobody waits for the answer any more. */
async function finishBeside(talk: Talk, command: ExecuteCommand): Promise<void> {
  if (isOver(talk.signal)) return;
  try {
    await finish(talk, command, refusalNow(talk, command));
  } catch (error) {
    if (!isOver(talk.signal)) talk.log.error('cannot answer a dry run', error);
  }
}

async function finish(talk: Talk, command: ExecuteCommand, refused: string | undefined): Promise<void> {
  const { commandId } = command;
  const done =
    refused === undefined
      ? await carryOut(command, talk.view, talk.signal)
      : ({ status: 'failed', message: refused, again: undefined, result: undefined } as const);
  const { status, message, again } = done;
  const said = {
    commandId,
    status,
    message,
    error: status === 'failed' ? message : '',
    timestamp: now(talk),
  };
  talk.log.info('a command of the hub', { commandId, requestedBy: command.requestedBy, status, message });
  if (talk.results.size >= remembered) talk.results.clear();
  talk.results.set(commandId, said);
  // An answer is not remembered: it was asked for once, and may be long.
  await talk.stream.send({ commandResult: { ...said, result: done.result } });
  if (again) await report(talk, again);
}
