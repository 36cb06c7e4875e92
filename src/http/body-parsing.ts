import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Refusal } from '../domain/refusal/refusal.ts';
import { rawErrorAnswer } from './client-error.ts';
import { HttpProblem } from './http-problem.ts';
import { parseJson } from './parse-json.ts';

const isUtf8 = (contentType: string): boolean => {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType)?.[1];
  return charset === undefined || /^utf-?8$/i.test(charset);
};

/**
 * JSON in UTF-8 is the only body that operations read: other types would let a page of another site send one without
 * being asked, and packed bodies could grow.
 */
export function readJsonBodies(server: FastifyInstance, bodyLimit: number): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit },
    (request: FastifyRequest, bytes: Buffer, done) => {
      const encoding = request.headers['content-encoding'] ?? 'identity';
      if (encoding !== 'identity' || !isUtf8(request.headers['content-type'] ?? ''))
        return done(new HttpProblem('media_type_unsupported'));
      request.bodyBytes = bytes;
      try {
        return done(null, bytes.length === 0 ? undefined : parseJson(bytes));
      } catch (error) {
        return done(error as Refusal);
      }
    },
  );
}

/** Gives a body this long to arrive; a client that drips bytes is cut off. Streams of Git have no such limit. */
export function limitBodyTime(server: FastifyInstance, milliseconds: number): void {
  const timers = new WeakMap<FastifyRequest, NodeJS.Timeout>();
  server.addHook('onRequest', (request, reply, done) => {
    if (!request.url.startsWith('/git/')) {
      const timer = setTimeout(() => {
        if (!reply.raw.headersSent) request.raw.socket.write(rawErrorAnswer('request_timeout'));
        request.raw.destroy();
      }, milliseconds);
      timers.set(request, timer);
      reply.raw.once('close', () => clearTimeout(timer));
    }
    done();
  });
  server.addHook('preValidation', (request, _reply, done) => {
    clearTimeout(timers.get(request));
    done();
  });
}
