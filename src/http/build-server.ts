import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { LogController, fastify } from 'fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import type { Clock } from '../std/clock.ts';
import { sendError } from './answer-error.ts';
import { limitBodyTime, readJsonBodies } from './body-parsing.ts';
import { answerClientError } from './client-error.ts';
import { asksForPage, mountConsole, sendPage } from './console.ts';
import type { ConsoleFiles } from './console.ts';
import type { ResolveCredential } from './credential.ts';
import { mountGit } from './git-http.ts';
import type { ServeGit } from './git-http.ts';
import type { AnswersAgain, Handlers } from './handler.ts';
import { mountHealth } from './health.ts';
import type { Readiness } from './health.ts';
import { HttpProblem } from './http-problem.ts';
import type { IdempotencyKeys } from './idempotency.ts';
import { makeLife } from './life.ts';
import type { Life } from './life.ts';
import { mountMetrics } from './metrics.ts';
import { mountOperations } from './mount-operations.ts';
import { identify, isSecure, operationRoute } from './operation-route.ts';
import type { Authorise, Door } from './operation-route.ts';
import { createRateLimit } from './rate-limit.ts';
import { loggerOptions, logRequests } from './request-log.ts';
import type { LogSink } from './request-log.ts';
import { mountUpstreamHooks } from './upstream-hooks.ts';
import type { ReceiveHook } from './upstream-hooks.ts';
import { refuseDoubledHeaders } from './single-headers.ts';

export interface ServerLimits {
  /** Bytes of a JSON body. */
  readonly body: number;
  /** Milliseconds for a JSON body to arrive. */
  readonly bodyTime: number;
  readonly push: number;
  readonly fetch: number;
  readonly callsAtOnce: number;
  readonly callsPerSecond: number;
  readonly heartbeatMilliseconds: number;
  /** Milliseconds from the wish to stop until what still runs is cut off. */
  readonly grace: number;
}

export const defaultLimits: ServerLimits = {
  body: 1024 * 1024,
  bodyTime: 20_000,
  push: 2 * 1024 * 1024 * 1024,
  fetch: 64 * 1024 * 1024,
  callsAtOnce: 600,
  callsPerSecond: 300,
  heartbeatMilliseconds: 15_000,
  grace: 1_500,
};

export interface ServerOptions {
  readonly handlers: Handlers;
  readonly answersAgain: AnswersAgain;
  readonly resolveCredential: ResolveCredential;
  readonly authorise: Authorise;
  readonly idempotencyKeys: IdempotencyKeys;
  readonly serveGit: ServeGit;
  readonly receiveHook: ReceiveHook;
  readonly readiness: Readiness;
  readonly clock: Clock;
  readonly log: LogSink;
  readonly registry: Registry;
  /** Who may read `/metrics`: whoever shows this as a Bearer token; without one, whoever is on this machine. */
  readonly metricsToken?: string;
  /** Where people reach this server. With https, cookies and transport are bound to it. */
  readonly publicUrl?: string;
  /** Addresses of proxies whose X-Forwarded headers are believed; none when left out. */
  readonly trustedProxies?: readonly string[];
  readonly tls?: { readonly key: string | Buffer; readonly cert: string | Buffer };
  readonly limits?: Partial<ServerLimits>;
  /** The pages for people; without it, addresses of pages are answered like any unknown one. */
  readonly console?: ConsoleFiles;
}

/** A server that is built and not yet listening. */
export interface HubServer {
  readonly fastify: FastifyInstance;
  /** Lets running calls finish within the grace, ends streams at once, and closes every connection. */
  readonly stop: () => Promise<void>;
}

function createFastify(options: ServerOptions, limits: ServerLimits): FastifyInstance {
  const settings = {
    bodyLimit: limits.body,
    trustProxy: options.trustedProxies === undefined ? false : [...options.trustedProxies],
    // A request id that a client chose could point at another one's log lines.
    requestIdHeader: false,
    genReqId: () => crypto.randomUUID(),
    logger: loggerOptions(options.log),
    logController: new LogController({ disableRequestLogging: true }),
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    clientErrorHandler: answerClientError,
    // Pushes take long; `limitBodyTime` watches everything else.
    requestTimeout: 0,
    keepAliveTimeout: 72_000,
    http: { headersTimeout: 20_000, connectionsCheckingInterval: 5_000, maxHeaderSize: 16_384 },
    routerOptions: { maxParamLength: 1_024, ignoreTrailingSlash: false, ignoreDuplicateSlashes: false },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: Parameters<typeof sendError>[2]) =>
      sendError(error, request, reply, limits.body),
    ...(options.tls ? { https: { ...options.tls } } : {}),
  } as const;
  return fastify(settings as unknown as Parameters<typeof fastify>[0]) as unknown as FastifyInstance;
}

function protect(server: FastifyInstance, options: ServerOptions, limits: ServerLimits): void {
  void server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
      },
    },
    strictTransportSecurity: isSecure(options.publicUrl) ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
  });
  void server.register(cookie);
  server.decorateRequest('actor', undefined);
  server.decorateRequest('admittedParams', undefined);
  server.decorateRequest('bodyBytes', undefined);
  refuseDoubledHeaders(server);
  readJsonBodies(server, limits.body);
  limitBodyTime(server, limits.bodyTime);
  logRequests(server, (request) => request.actor?.id);
  server.setErrorHandler((error, request, reply) => sendError(error, request, reply, limits.body));
  server.setNotFoundHandler((request, reply) =>
    options.console && asksForPage(request)
      ? sendPage(options.console, reply)
      : sendError(noRoute(request), request, reply, limits.body),
  );
}

const allMethods = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';

const noRoute = (request: FastifyRequest): HttpProblem =>
  allMethods.split(', ').includes(request.method)
    ? new HttpProblem('route_unknown')
    : new HttpProblem(
        'method_not_allowed',
        { method: request.method, allowed: allMethods },
        { allow: allMethods },
      );

function refuseWhileStopping(server: FastifyInstance, life: Life): void {
  server.addHook('onRequest', (request, reply, done) => {
    const asksForHealth = request.url === '/healthz' || request.url === '/readyz';
    if (life.stopping()) void reply.header('connection', 'close');
    done(
      life.stopping() && !asksForHealth ? new HttpProblem('stopping', {}, { 'retry-after': '2' }) : undefined,
    );
  });
}

/** The whole server over the use cases that it is handed. It touches no disk and starts no program. */
export function buildServer(options: ServerOptions): HubServer {
  const limits: ServerLimits = { ...defaultLimits, ...options.limits };
  const life = makeLife();
  const server = createFastify(options, limits);
  const door: Door = {
    handlers: options.handlers,
    answersAgain: options.answersAgain,
    resolveCredential: options.resolveCredential,
    authorise: options.authorise,
    idempotencyKeys: options.idempotencyKeys,
    rateLimit: createRateLimit(options.clock, {
      burst: limits.callsAtOnce,
      perSecond: limits.callsPerSecond,
    }),
    publicUrl: options.publicUrl,
    heartbeatMilliseconds: limits.heartbeatMilliseconds,
    life,
  };
  protect(server, options, limits);
  refuseWhileStopping(server, life);
  mountMetrics(server, options.registry, options.metricsToken);
  mountHealth(server, options.readiness, life.stopping);
  mountOperations(server, operationRoute(door));
  mountGit(server, {
    serveGit: options.serveGit,
    actorOf: (request) => identify(door, request),
    pushLimit: limits.push,
    fetchLimit: limits.fetch,
    signalOf: (reply) => life.signalOf(reply, 'work'),
  });
  mountUpstreamHooks(server, options.receiveHook, door.rateLimit);
  if (options.console) mountConsole(server, options.console);
  return { fastify: server, stop: () => stop(server, life, limits.grace) };
}

async function stop(server: FastifyInstance, life: Life, grace: number): Promise<void> {
  life.beginStop();
  // A connection that falls idle after `close` would be kept open for its next request.
  const idle = setInterval(() => server.server.closeIdleConnections(), 20);
  const timer = setTimeout(() => {
    life.abortWork();
    server.server.closeAllConnections();
  }, grace);
  await server.close();
  clearInterval(idle);
  clearTimeout(timer);
}
