import type { z } from 'zod';
import { configUpdate, executeCommand, ping, rotateToken, syncCredentials } from './command.ts';
import {
  argoApplicationStatus,
  commandAck,
  commandResult,
  credentialSyncResult,
  driftReport,
  heartbeat,
  inventorySnapshot,
} from './reports.ts';

/** What an agent sends, by the key that its envelope has. */
export const agentMessages = {
  heartbeat,
  inventorySnapshot,
  argoApplicationStatus,
  driftReport,
  commandAck,
  commandResult,
  credentialSyncResult,
} as const;

/** What the hub sends, by the key that its envelope has. */
export const hubMessages = {
  executeCommand,
  syncCredentials,
  rotateToken,
  configUpdate,
  ping,
} as const;

/** Exactly one of these messages, under its key. What is written may leave out what is empty. */
type OneOf<Messages extends Readonly<Record<string, z.ZodType>>> = {
  [Key in keyof Messages & string]: { readonly [K in Key]: z.input<Messages[K]> };
}[keyof Messages & string];

export type AgentEnvelope = OneOf<typeof agentMessages>;
export type HubEnvelope = OneOf<typeof hubMessages>;

/** A message as it was read: its key, and everything that may be left out filled in. */
type ReadOf<Messages extends Readonly<Record<string, z.ZodType>>> = {
  [Key in keyof Messages & string]: { readonly kind: Key; readonly message: z.output<Messages[Key]> };
}[keyof Messages & string];

export type AgentMessage = ReadOf<typeof agentMessages>;
export type HubMessage = ReadOf<typeof hubMessages>;

export type EnvelopeReading<Message> =
  | { readonly ok: true; readonly value: Message }
  /** A message of a newer protocol: not an error, and nothing to act on. */
  | { readonly ok: true; readonly value: undefined }
  | { readonly ok: false; readonly reason: string };

const reasonOf = (kind: string, error: z.ZodError): string => {
  const [issue] = error.issues;
  return `${[kind, ...(issue?.path ?? [])].map(String).join('.')}: ${issue?.message ?? 'is not understood'}`;
};

function readOneOf<Messages extends Readonly<Record<string, z.ZodType>>>(
  messages: Messages,
  envelope: unknown,
): EnvelopeReading<ReadOf<Messages>> {
  if (typeof envelope !== 'object' || envelope === null || Array.isArray(envelope))
    return { ok: false, reason: 'a message has to be a JSON object' };
  const there = Object.entries(envelope as Readonly<Record<string, unknown>>).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  const known = there.filter(([key]) => Object.hasOwn(messages, key));
  const [only] = known;
  if (only === undefined) return { ok: true, value: undefined };
  if (known.length > 1)
    return { ok: false, reason: `one message at a time: ${known.map(([key]) => key).join(', ')}` };
  const [kind, body] = only;
  const parsed = messages[kind]?.safeParse(body);
  if (!parsed?.success) return { ok: false, reason: parsed ? reasonOf(kind, parsed.error) : kind };
  return { ok: true, value: { kind, message: parsed.data } as ReadOf<Messages> };
}

/** Reads what an agent sent. */
export const readAgentEnvelope = (envelope: unknown): EnvelopeReading<AgentMessage> =>
  readOneOf(agentMessages, envelope);

/** Reads what the hub sent. */
export const readHubEnvelope = (envelope: unknown): EnvelopeReading<HubMessage> =>
  readOneOf(hubMessages, envelope);
