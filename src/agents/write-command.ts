import { createHash } from 'node:crypto';
import { type CommandKind, commandCapabilities, commandPayloads } from '../contract/agent-v1/command.ts';
import { commandSpecText } from '../contract/agent-v1/command-spec.ts';
import type { HubEnvelope } from '../contract/agent-v1/envelope.ts';
import { goTime } from '../contract/agent-v1/go-json.ts';
import { invariant } from '../std/invariant.ts';
import type { ClusterCommand } from '../app/clusters/agent-commands.ts';

const isKind = (kind: string): kind is CommandKind => Object.hasOwn(commandPayloads, kind);

/** A command as the agent gets it, with the hash over what it is to do. */
export function writeCommand(command: ClusterCommand): HubEnvelope {
  const { id, kind, requestedBy } = command;
  invariant(isKind(kind), `there is no command ${kind}`);
  const payload = JSON.parse(command.payload) as Readonly<Record<string, string | number | boolean>>;
  const spec = {
    requiredCapability: commandCapabilities[kind],
    expiresAt: goTime(command.expiresAt),
    kind,
    payload,
  };
  const specHash = createHash('sha256').update(commandSpecText(spec)).digest('hex');
  const { requiredCapability, expiresAt } = spec;
  return {
    executeCommand: { commandId: id, requiredCapability, expiresAt, specHash, requestedBy, [kind]: payload },
  };
}
