import { finished } from 'node:stream';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../domain/refusal/refusal.ts';
import { byteCap } from './byte-cap.ts';
import { HttpProblem } from './http-problem.ts';

/** How long a client may go on sending what nobody reads any more, so that it can see the answer. */
const DRAIN_MILLISECONDS = 10_000;

/**
 * The bytes of a request, unpacked and capped. Reading ends with an error when the client sends more than `limit`,
 * broken packing, or goes away. The connection itself stays, for destroying it would also lose the answer.
 */
export function requestBytes(request: FastifyRequest, limit: number): Readable {
  const { raw } = request;
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (!['identity', 'gzip', 'x-gzip'].includes(encoding)) throw new HttpProblem('media_type_unsupported');
  const cap = byteCap(limit, () => new Refusal('push_too_large', { limit }));
  const first = encoding === 'identity' ? cap : createGunzip();
  if (first !== cap) {
    first.on('error', (error) => cap.destroy(error));
    first.pipe(cap);
  }
  raw.pipe(first);
  finished(raw, (error) => {
    if (error) cap.destroy(error);
  });
  // It may fail before anybody listens; `errored` keeps it.
  cap.on('error', () => undefined);
  cap.once('close', () => {
    if (raw.readableEnded) return;
    raw.unpipe(first);
    first.destroy();
    raw.resume();
    const timer = setTimeout(() => raw.destroy(), DRAIN_MILLISECONDS);
    raw.once('close', () => clearTimeout(timer));
  });
  return cap;
}
