import { randomBytes } from 'node:crypto';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorBody } from '../contract/error.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { KeptReply } from './idempotency.ts';
import { HttpProblem } from './http-problem.ts';
import { protocolStatus, statusOf } from './status.ts';

export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ErrorBody;
  /** Set for a bug: it is logged under this id, and the answer tells nothing else. */
  readonly incident: string | undefined;
}

const bodyOf = (
  code: string,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): ErrorBody => ({
  error: { code, message, details: { ...details } },
});

function refused(error: Refusal, incident?: string): ErrorAnswer {
  const { seconds } = error.facts;
  const headers: Record<string, string> = {};
  if (error.kind === 'unauthenticated') headers['www-authenticate'] = 'Bearer realm="knowngood"';
  if (seconds !== undefined) headers['retry-after'] = String(seconds);
  return {
    status: statusOf(error.kind),
    headers,
    body: bodyOf(error.code, error.message, error.details),
    incident,
  };
}

const objected = (problem: HttpProblem): ErrorAnswer => ({
  status: protocolStatus[problem.code],
  headers: problem.headers,
  body: bodyOf(problem.code, problem.message),
  incident: undefined,
});

/** What Fastify itself objects to, in our words. */
function fromFastify(error: FastifyError, bodyLimit: number): ErrorAnswer | undefined {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refused(new Refusal('body_too_large', { limit: bodyLimit }));
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_EMPTY_TYPE':
      return objected(new HttpProblem('media_type_unsupported'));
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return objected(new HttpProblem('route_unknown'));
    default:
      return error.statusCode !== undefined && error.statusCode < 500
        ? objected(new HttpProblem('request_malformed'))
        : undefined;
  }
}

/** The answer to anything that was thrown. Whatever is no refusal and no problem of the transport is a bug. */
export function errorAnswer(error: unknown, bodyLimit: number): ErrorAnswer {
  if (error instanceof Refusal) return refused(error);
  if (error instanceof HttpProblem) return objected(error);
  const known =
    error instanceof Error && 'code' in error && String(error.code).startsWith('FST_')
      ? fromFastify(error as FastifyError, bodyLimit)
      : undefined;
  if (known !== undefined) return known;
  const incident = `inc-${randomBytes(6).toString('hex')}`;
  return refused(new Refusal('incident', { incident }, { incident }), incident);
}

/** The answer to a refusal, to be kept and sent again. */
export function errorReply(refusal: Refusal): KeptReply {
  const { status, body } = refused(refusal);
  return { status, body: JSON.stringify(body) };
}

/** Logs what our side is to blame for, with the causes that the answer keeps to itself. */
export function logFault(error: unknown, { status, incident }: ErrorAnswer, request: FastifyRequest): void {
  if (incident !== undefined) request.log.error({ err: error, incident }, 'incident');
  else if (status >= 500 && error instanceof Refusal) request.log.error({ err: error }, 'could not be done');
}

/** Sends that answer, and logs faults of ours. */
export function sendError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  bodyLimit: number,
): FastifyReply {
  const answer = errorAnswer(error, bodyLimit);
  logFault(error, answer, request);
  return reply
    .code(answer.status)
    .headers(answer.headers)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(answer.body));
}
