import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Operation } from '../contract/operation.ts';
import type { OperationId } from '../contract/operations.ts';
import { issueText, readInput } from '../contract/read-input.ts';
import type { Actor, AskedOnce } from '../domain/people/actor.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import { cookieName, cookiesOf, isAmbiguous } from './cookies.ts';
import { presentedCredential, requireActor } from './credential.ts';
import type { ResolveCredential } from './credential.ts';
import { errorReply } from './answer-error.ts';
import { failedSignIn, logFailedSignIn, logSignInTrouble } from './failed-sign-in.ts';
import type { AnswersAgain, EventFeed, Handlers, TextAnswer } from './handler.ts';
import { HttpProblem } from './http-problem.ts';
import { doOnce, idempotentCall } from './idempotency.ts';
import type { IdempotencyKeys, IdempotentCall, Work } from './idempotency.ts';
import type { Life } from './life.ts';
import type { Route } from './mount-operations.ts';
import type { RateLimit } from './rate-limit.ts';
import { isCrossSite } from './same-origin.ts';
import { jsonReply, sendEvents, sendReply, sendText } from './send-result.ts';

/** A right that is asked for before anything of the request is read but its address. */
export interface Admission {
  readonly actor: Actor;
  readonly operation: OperationId;
  /** The verb, or `signed_in` when it is enough to be somebody. */
  readonly access: Operation['access'];
  readonly about: Operation['about'];
  readonly params: Readonly<Record<string, string>>;
  /** Only a rollback counts as found. */
  readonly rollbacksOnly: boolean;
}

/** Throws `not_visible`, or a refusal of kind `forbidden`, in this order. */
export type Authorise = (admission: Admission) => Promise<void>;

/** What all operations share. */
export interface Door {
  readonly handlers: Handlers;
  readonly answersAgain: AnswersAgain;
  readonly resolveCredential: ResolveCredential;
  readonly authorise: Authorise;
  readonly idempotencyKeys: IdempotencyKeys;
  readonly rateLimit: RateLimit;
  readonly publicUrl: string | undefined;
  readonly heartbeatMilliseconds: number;
  readonly life: Life;
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | undefined;
    admittedParams: Readonly<Record<string, string>> | undefined;
    /** The body as it came, for the fingerprint of an Idempotency-Key. */
    bodyBytes: Uint8Array | undefined;
  }
}

export const isSecure = (publicUrl: string | undefined): boolean => publicUrl?.startsWith('https:') === true;

/** Takes one call from a caller's allowance. Throws `rate_limited`. */
function spend(door: Door, caller: string): void {
  const seconds = door.rateLimit(caller);
  if (seconds !== undefined) throw new Refusal('rate_limited', { seconds });
}

/** Who asks. Throws `cross_site`, `header_ambiguous`, `rate_limited` or a refusal of kind `unauthenticated`. */
export async function identify(door: Door, request: FastifyRequest): Promise<Actor> {
  const name = cookieName('session', isSecure(door.publicUrl));
  if (isAmbiguous(request.headers.cookie, name))
    throw new HttpProblem('header_ambiguous', { name: 'Cookie' });
  try {
    const presented = presentedCredential(request, name);
    const actor = await requireActor(presented, door.resolveCredential, request.ip);
    request.actor = actor;
  } catch (error) {
    // Trying credentials costs; having a good one does not.
    spend(door, `address ${request.ip}`);
    throw error;
  }
  spend(door, `actor ${request.actor.id}`);
  return request.actor;
}

/** As the use cases name it, so that an id that cannot be and one that is not there read alike. */
const subjectNames: Readonly<Partial<Record<Operation['about'], string>>> = {
  break_glass: 'break-glass session',
  service_account: 'service account',
};

const subject = (operation: Operation): string =>
  operation.about === 'instance' ? 'this' : `this ${subjectNames[operation.about] ?? operation.about}`;

interface Row {
  readonly id: OperationId;
  readonly operation: Operation;
  readonly rollbacksOnly: boolean;
}

const nothingRead = { ok: true, value: {} } as const;

/** The order of answers: another site, 401, 404, 403; the body is still unread. */
async function admit(door: Door, request: FastifyRequest, row: Row): Promise<void> {
  const { id, operation, rollbacksOnly } = row;
  if (isCrossSite(request.method, request.headers, door.publicUrl)) throw new Refusal('cross_site');
  const open = operation.access === 'public';
  if (open) spend(door, `address ${request.ip}`);
  const actor = open ? undefined : await identify(door, request);
  const params = operation.params ? readInput(operation.params, request.params) : nothingRead;
  // A name that cannot exist is answered like one that does not.
  if (!params.ok) throw new Refusal('not_visible', { what: subject(operation) });
  request.admittedParams = params.value;
  if (actor === undefined) return;
  await door.authorise({
    actor,
    operation: id,
    access: operation.access,
    about: operation.about,
    params: request.admittedParams,
    rollbacksOnly,
  });
}

/** A part of the request as its schema reads it. Throws `input_invalid` with the first issue as its message. */
function readPart(schema: Operation['body'], value: unknown): unknown {
  if (schema === undefined) return undefined;
  const reading = readInput(schema, value);
  if (reading.ok) return reading.value;
  const [first] = reading.issues;
  const reason = first === undefined ? 'the input is not valid' : issueText(first);
  throw new Refusal('input_invalid', { reason }, { issues: reading.issues });
}

function readBody(operation: Operation, request: FastifyRequest): unknown {
  // No body is an empty one: what is missing in it is then said by name.
  const value = request.body ?? {};
  if (operation.body !== undefined) return readPart(operation.body, value);
  if (typeof value === 'object' && Object.keys(value).length === 0) return undefined;
  throw new Refusal('input_invalid', { reason: 'this takes no body' });
}

interface LooseCall extends Readonly<Record<string, unknown>> {
  readonly actor: Actor | undefined;
}
type LooseHandler = (call: LooseCall) => Promise<unknown>;
type LooseAgain = (call: LooseCall, seq: number) => Promise<unknown>;

function onceOf(request: FastifyRequest, operation: Operation): IdempotentCall | undefined {
  if (operation.method !== 'POST' || request.actor === undefined) return undefined;
  const key = request.headers['idempotency-key'];
  return idempotentCall(typeof key === 'string' ? key : undefined, request.actor.id, {
    method: request.method,
    url: request.url,
    body: request.bodyBytes ?? new Uint8Array(),
  });
}

interface Asked {
  readonly id: OperationId;
  readonly call: LooseCall;
  readonly answer: Operation['answer'] & { readonly kind: 'json' | 'none' };
}

/** The table ties each handler's type to its row; here, all rows are alike. */
const handlerOf = (door: Door, id: OperationId): LooseHandler => door.handlers[id] as unknown as LooseHandler;

/** One call of an operation that can be asked for twice. */
function workOf(door: Door, { id, call, answer: shape }: Asked): Work {
  const handle = handlerOf(door, id);
  const answerAgain = (door.answersAgain as Partial<Record<OperationId, unknown>>)[id] as
    LooseAgain | undefined;
  const asking = (once: AskedOnce | undefined): LooseCall =>
    call.actor && once ? { ...call, actor: { ...call.actor, once } } : call;
  return {
    first: async (once) => jsonReply(shape, await handle(asking(once))),
    again: async (seq) =>
      jsonReply(shape, shape.kind === 'none' ? undefined : await (answerAgain ?? handle)(call, seq)),
    refused: errorReply,
    secret: shape.kind === 'json' && shape.secret,
  };
}

/** A browser shows no JSON to people: it is led to a page that says what to do. */
const pageAfter = (trip: Promise<unknown>, request: FastifyRequest): Promise<string> =>
  trip.then(String, (error: unknown) => {
    logFailedSignIn(error, request);
    const page = failedSignIn(error, request);
    if (page === undefined) throw error;
    return page;
  });

async function answer(
  door: Door,
  request: FastifyRequest,
  reply: FastifyReply,
  row: Row,
): Promise<FastifyReply> {
  const { id, operation, rollbacksOnly } = row;
  const kind = operation.answer.kind;
  const signal = door.life.signalOf(reply, kind === 'events' ? 'stream' : 'work');
  const once = onceOf(request, operation);
  const call = {
    actor: request.actor,
    params: operation.params ? request.admittedParams : undefined,
    query: readPart(operation.query, request.query),
    body: readBody(operation, request),
    rollbacksOnly,
    from: { address: request.ip, userAgent: request.headers['user-agent'], requestId: request.id },
    logFailure: (error: unknown) => logSignInTrouble(error, request),
    cookies: cookiesOf(request, reply, isSecure(door.publicUrl)),
    signal,
  };
  if (operation.answer.kind === 'json' || operation.answer.kind === 'none') {
    const kept = await doOnce(
      door.idempotencyKeys,
      once,
      workOf(door, { id, call, answer: operation.answer }),
    );
    if (kept.replayed) void reply.header('idempotent-replay', 'true');
    return sendReply(reply, kept);
  }
  if (kind === 'redirect') return reply.redirect(await pageAfter(handlerOf(door, id)(call), request), 302);
  const result = await handlerOf(door, id)(call);
  if (kind === 'text') return sendText(reply, result as TextAnswer);
  const header = request.headers['last-event-id'];
  return sendEvents(reply, result as EventFeed, {
    heartbeatMilliseconds: door.heartbeatMilliseconds,
    lastEventId: typeof header === 'string' ? header : undefined,
    signal,
  });
}

/** The route of one row of the table. */
export const operationRoute =
  (door: Door) =>
  (id: OperationId, operation: Operation, rollbacksOnly: boolean): Route => {
    const row = { id, operation, rollbacksOnly };
    return {
      admit: (request) => admit(door, request, row),
      answer: (request, reply) => answer(door, request, reply, row),
    };
  };
