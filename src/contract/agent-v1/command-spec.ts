import type { z } from 'zod';
import { type CommandKind, alwaysHashed, commandCapabilities, commandPayloads } from './command.ts';
import type { ExecuteCommand } from './command.ts';
import { type GoValue, goJson } from './go-json.ts';

type ReadPayload<Kind extends CommandKind> = z.output<(typeof commandPayloads)[Kind]>;

/** The one payload of a command that was read, or undefined when it has none that we know, or more. */
export function commandPayloadOf(
  command: ExecuteCommand,
): { readonly kind: CommandKind; readonly payload: ReadPayload<CommandKind> } | undefined {
  const kinds = Object.keys(commandPayloads) as CommandKind[];
  const there = kinds.flatMap((kind) => {
    const payload = command[kind];
    return payload === undefined ? [] : [{ kind, payload }];
  });
  return there.length === 1 ? there[0] : undefined;
}

const isEmpty = (member: GoValue): boolean => member === '' || member === 0 || member === false;

/**
 * What `specHash` is the SHA-256 of: capability, expiry as it is written and the payload, as Go writes them. Members of
 * the payload are put into the order of the protocol, whatever order they came in.
 */
export function commandSpecText(spec: {
  readonly requiredCapability: string;
  readonly expiresAt: string;
  readonly kind: CommandKind;
  readonly payload: Readonly<Record<string, string | number | boolean>>;
}): string {
  const { requiredCapability, expiresAt, kind, payload } = spec;
  const full: Readonly<Record<string, GoValue>> = commandPayloads[kind].parse(payload);
  const ordered: Record<string, GoValue> = {};
  for (const key of Object.keys(commandPayloads[kind].shape)) {
    const member = full[key] ?? '';
    if (alwaysHashed[kind].includes(key) || !isEmpty(member)) ordered[key] = member;
  }
  return goJson({ requiredCapability, expiresAt, [kind]: ordered });
}

/** Why an agent must refuse a command: the same checks in every agent. Undefined when it may be carried out. */
export function commandFault(
  command: ExecuteCommand,
  now: { readonly at: number; readonly hash: (text: string) => string; readonly allowed: readonly string[] },
): string | undefined {
  const only = commandPayloadOf(command);
  if (only === undefined) return 'the command has no payload that this agent knows, or more than one';
  const needed = commandCapabilities[only.kind];
  if (command.requiredCapability !== needed) return `${only.kind} needs the capability ${needed}`;
  if (!now.allowed.includes(needed)) return `this agent may not do ${only.kind}: it lacks ${needed}`;
  const expires = Date.parse(command.expiresAt);
  if (!(expires > now.at)) return 'the command has expired';
  const { requiredCapability, expiresAt } = command;
  const text = commandSpecText({ requiredCapability, expiresAt, ...only });
  return now.hash(text) === command.specHash ? undefined : 'the command is not what its hash says';
}
