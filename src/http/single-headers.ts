import type { FastifyInstance } from 'fastify';
import { HttpProblem } from './http-problem.ts';

/** Of these, Node would silently take the first: a proxy in front of us may have looked at the other. */
const single = new Set([
  'authorization',
  'content-type',
  'content-length',
  'content-encoding',
  'host',
  'idempotency-key',
  'origin',
]);

/** The name of a header that may come once and came twice. */
export function doubledHeader(rawHeaders: readonly string[]): string | undefined {
  const seen = new Set<string>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    if (!single.has(name)) continue;
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}

export function refuseDoubledHeaders(server: FastifyInstance): void {
  server.addHook('onRequest', (request, _reply, done) => {
    const name = doubledHeader(request.raw.rawHeaders);
    done(name === undefined ? undefined : new HttpProblem('header_ambiguous', { name }));
  });
}
