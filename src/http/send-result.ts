import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Answer } from '../contract/operation.ts';
import { eventStream } from './events.ts';
import type { EventFeed, TextAnswer } from './handler.ts';
import type { KeptReply } from './idempotency.ts';

/**
 * A result as status and body. It passes through its schema: what the contract does not name never leaves, and a
 * result that does not fit is a bug of ours, not an answer.
 */
export function jsonReply(answer: Answer & { readonly kind: 'json' | 'none' }, result: unknown): KeptReply {
  if (answer.kind === 'none') return { status: 204, body: '' };
  return { status: answer.status, body: JSON.stringify(answer.schema.parse(result)) };
}

export function sendReply(reply: FastifyReply, kept: KeptReply): FastifyReply {
  void reply.code(kept.status);
  return kept.body === '' ? reply.send() : reply.type('application/json; charset=utf-8').send(kept.body);
}

/** A page, or an export that is written as fast as the client reads it. */
export function sendText(reply: FastifyReply, { type, name, body }: TextAnswer): FastifyReply {
  if (name !== undefined)
    void reply.header('content-disposition', `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`);
  return reply.type(type).send(typeof body === 'string' ? body : Readable.from(body));
}

export interface EventStreamSettings {
  readonly heartbeatMilliseconds: number;
  readonly lastEventId: string | undefined;
  readonly signal: AbortSignal;
}

export function sendEvents(
  reply: FastifyReply,
  feed: EventFeed,
  settings: EventStreamSettings,
): FastifyReply {
  const stream = Readable.from(eventStream(feed, { backlog: 1_000, ...settings }), { highWaterMark: 16 });
  return reply
    .header('cache-control', 'no-store')
    .header('x-accel-buffering', 'no')
    .type('text/event-stream; charset=utf-8')
    .send(stream);
}
