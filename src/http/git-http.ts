import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../domain/people/actor.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import { errorAnswer, logFault } from './answer-error.ts';
import { HttpProblem } from './http-problem.ts';
import { requestBytes } from './request-bytes.ts';

export type GitService = 'git-upload-pack' | 'git-receive-pack';

/** One exchange of Git's smart HTTP protocol, for `app` to carry out with stock git. */
export interface GitExchange {
  readonly slug: string;
  readonly service: GitService;
  /** True for `info/refs`: only tell what there is (`--http-backend-info-refs`); `stdin` is empty. */
  readonly advertise: boolean;
  readonly actor: Actor;
  /** For GIT_PROTOCOL: digits, letters, `=` and `:` only. */
  readonly protocol: string | undefined;
  /** The request, unpacked and capped. It fails when the client sends too much, nonsense, or goes away. */
  readonly stdin: Readable;
  /** Aborted when the client has gone: stop git. */
  readonly signal: AbortSignal;
  readonly requestId: string;
  readonly address: string;
}

/** Starts git and returns what it writes; rejects with a refusal before the first byte when it may not. */
export type ServeGit = (exchange: GitExchange) => Promise<Readable>;

export interface GitHttpOptions {
  readonly serveGit: ServeGit;
  /** Who asks; throws a refusal of kind `unauthenticated`. */
  readonly actorOf: (request: FastifyRequest) => Promise<Actor>;
  /** Bytes of a push after unpacking of the transport. */
  readonly pushLimit: number;
  /** Bytes of the wants and haves of a fetch. */
  readonly fetchLimit: number;
  readonly signalOf: (reply: FastifyReply) => AbortSignal;
}

interface GitRoute {
  readonly Params: { readonly repository: string };
  readonly Querystring: { readonly service?: string | string[] };
}

const services: ReadonlySet<unknown> = new Set<GitService>(['git-upload-pack', 'git-receive-pack']);
const isService = (value: unknown): value is GitService => services.has(value);

/** `shop` and `shop.git` name the same project. */
const slugOf = (repository: string): string => repository.replace(/\.git$/, '');

const protocolOf = (request: FastifyRequest): string | undefined => {
  const header = request.headers['git-protocol'];
  return typeof header === 'string' && /^[a-z0-9=:]{1,100}$/.test(header) ? header : undefined;
};

const packetLine = (text: string): string => `${(text.length + 4).toString(16).padStart(4, '0')}${text}`;

/** What http-backend writes before the refs; protocol version 2 has no such line. */
const announcement = (service: GitService, protocol: string | undefined): string =>
  protocol?.split(':').includes('version=2') === true ? '' : `${packetLine(`# service=${service}\n`)}0000`;

async function* after(text: string, stream: Readable): AsyncGenerator<string | Buffer> {
  if (text !== '') yield text;
  for await (const chunk of stream) yield chunk as Buffer;
}

/** Too much, or broken packing: git sees its input end; the client is told why, when nothing was sent yet. */
function failTogether(stdin: Readable, stdout: Readable): void {
  const fail = (error: Error): void =>
    void stdout.destroy(error instanceof Refusal ? error : new HttpProblem('request_malformed'));
  if (stdin.errored) fail(stdin.errored);
  else stdin.once('error', fail);
}

const answerHeaders = (reply: FastifyReply, service: GitService, what: 'advertisement' | 'result'): void => {
  void reply
    .header('cache-control', 'no-cache, max-age=0, must-revalidate')
    .header('pragma', 'no-cache')
    .header('expires', 'Fri, 01 Jan 1980 00:00:00 GMT')
    .type(`application/x-${service}-${what}`);
};

/**
 * Git's smart HTTP protocol at `/git/{slug}` and `/git/{slug}.git`. Nothing is kept in memory: each side waits for the
 * other. What is refused is said in plain text, which git shows to the person.
 */
export function mountGit(server: FastifyInstance, options: GitHttpOptions): void {
  void server.register((scope, _, done) => {
    scope.removeAllContentTypeParsers();
    for (const service of ['git-upload-pack', 'git-receive-pack'])
      scope.addContentTypeParser(`application/x-${service}-request`, (_request, payload, parsed) =>
        parsed(null, payload),
      );
    scope.setErrorHandler((error, request, reply) => sendText(error, request, reply));
    const exchange = async (
      request: FastifyRequest<GitRoute>,
      reply: FastifyReply,
      part: Pick<GitExchange, 'service' | 'advertise' | 'stdin'>,
    ): Promise<Readable> => {
      try {
        return await options.serveGit({
          ...part,
          slug: slugOf(request.params.repository),
          actor: await options.actorOf(request),
          protocol: protocolOf(request),
          signal: options.signalOf(reply),
          requestId: request.id,
          address: request.ip,
        });
      } catch (error) {
        part.stdin.destroy();
        throw error;
      }
    };

    scope.get<GitRoute>('/git/:repository/info/refs', { exposeHeadRoute: false }, async (request, reply) => {
      const { service } = request.query;
      if (!isService(service)) throw new HttpProblem('git_dumb_protocol');
      const stdout = await exchange(request, reply, { service, advertise: true, stdin: Readable.from([]) });
      answerHeaders(reply, service, 'advertisement');
      return reply.send(Readable.from(after(announcement(service, protocolOf(request)), stdout)));
    });
    for (const service of ['git-upload-pack', 'git-receive-pack'] as const) {
      const limit = service === 'git-receive-pack' ? options.pushLimit : options.fetchLimit;
      scope.post<GitRoute>(`/git/:repository/${service}`, async (request, reply) => {
        if (request.headers['content-type'] !== `application/x-${service}-request`)
          throw new HttpProblem('media_type_unsupported');
        const stdin = requestBytes(request, limit);
        const stdout = await exchange(request, reply, { service, advertise: false, stdin });
        failTogether(stdin, stdout);
        answerHeaders(reply, service, 'result');
        return reply.send(stdout);
      });
    }
    done();
  });
}

function sendText(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const answer = errorAnswer(error, 0);
  logFault(error, answer, request);
  const headers = { ...answer.headers };
  // Git asks for a user name and a password only when it is asked for Basic.
  if (answer.status === 401) headers['www-authenticate'] = 'Basic realm="knowngood", charset="UTF-8"';
  return reply
    .code(answer.status)
    .headers(headers)
    .type('text/plain; charset=utf-8')
    .send(`${answer.body.error.message}\n`);
}
