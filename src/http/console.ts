import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** One built file of the console. Its name carries a hash of its content, so browsers may keep it for ever. */
export interface ConsoleFile {
  readonly type: string;
  readonly body: Buffer;
  /** The same, compressed when it was built. */
  readonly brotli: Buffer | undefined;
  readonly gzip: Buffer | undefined;
}

/** The built console: its page, with `nonceMark` wherever a nonce belongs, and its files by path (`/assets/…`). */
export interface ConsoleFiles {
  readonly page: string;
  readonly files: ReadonlyMap<string, ConsoleFile>;
}

/** Stands in the built page for the nonce of each answer. */
export const nonceMark = '__CSP_NONCE__';

/** What the page may load: its own files, and styles that carry the nonce of this answer. Nothing from elsewhere. */
const policyFor = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

function sendFile(file: ConsoleFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const accepted = [request.headers['accept-encoding']].join(',');
  const takes = (name: string): boolean =>
    new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(?:\\.0*)?(?:,|$))`).test(accepted);
  const [encoding, body] =
    file.brotli && takes('br')
      ? (['br', file.brotli] as const)
      : file.gzip && takes('gzip')
        ? (['gzip', file.gzip] as const)
        : ([undefined, file.body] as const);
  if (encoding !== undefined) void reply.header('content-encoding', encoding);
  return reply
    .header('cache-control', 'public, max-age=31536000, immutable')
    .header('vary', 'accept-encoding')
    .type(file.type)
    .send(body);
}

/** Puts the files of the console at their addresses. */
export function mountConsole(server: FastifyInstance, { files }: ConsoleFiles): void {
  for (const [path, file] of files) server.get(path, (request, reply) => sendFile(file, request, reply));
}

/** Addresses that are never a page of the console, whatever a browser asks for there. */
const reserved = /^\/(?:api|git|hooks|assets|healthz|readyz|metrics)(?:[/?]|$)/;

/** True when a person's browser asks for a page, so that the console answers and says itself if there is none. */
export const asksForPage = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !reserved.test(url) &&
  headers.accept?.includes('text/html') === true;

/** The page of the console with a nonce of its own. It is never kept: the next start may have another. */
export function sendPage({ page }: ConsoleFiles, reply: FastifyReply): FastifyReply {
  const nonce = randomBytes(18).toString('base64');
  return reply
    .code(200)
    .header('content-security-policy', policyFor(nonce))
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(page.replaceAll(nonceMark, nonce));
}
