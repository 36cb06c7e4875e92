import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { RateLimit } from './rate-limit.ts';

/** What another Git host sends about a push. Its signature is over the bytes, so they are handed on unread. */
export interface UpstreamHook {
  readonly slug: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

/** Checks the signature before anything else, then has the project fetched. Throws a refusal when it does not fit. */
export type ReceiveHook = (hook: UpstreamHook) => Promise<void>;

/** Enough for a push of many commits as GitHub, GitLab and Gitea describe it. */
const LIMIT_BODY = 5 * 1024 * 1024;

/** `POST /hooks/{slug}`: the one address that takes bodies of any type, from hosts that sign instead of signing in. */
export function mountUpstreamHooks(
  server: FastifyInstance,
  receive: ReceiveHook,
  rateLimit: RateLimit,
): void {
  void server.register((scope, _, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LIMIT_BODY }, (_request, bytes, parsed) =>
      parsed(null, bytes),
    );
    const onRequest = (request: FastifyRequest, _reply: unknown, next: (error?: Error) => void): void => {
      const seconds = rateLimit(`address ${request.ip}`);
      next(seconds === undefined ? undefined : new Refusal('rate_limited', { seconds }));
    };
    scope.post<{ Params: { readonly slug: string } }>(
      '/hooks/:slug',
      { onRequest },
      async (request, reply) => {
        const body = request.body instanceof Uint8Array ? request.body : new Uint8Array();
        await receive({ slug: request.params.slug, headers: request.headers, body });
        return reply.code(202).send();
      },
    );
    done();
  });
}
