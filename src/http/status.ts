import type { ProtocolErrorCode } from '../contract/error.ts';
import type { RefusalKind } from '../domain/refusal/refusal.ts';
import { assertNever } from '../std/invariant.ts';

/** The HTTP status of a refusal: decided here and nowhere else. */
export function statusOf(kind: RefusalKind): number {
  switch (kind) {
    case 'usage':
    case 'invalid':
    case 'wrong_state':
      return 400;
    case 'unauthenticated':
      return 401;
    case 'forbidden':
      return 403;
    case 'not_found':
      return 404;
    case 'conflict':
      return 409;
    case 'too_large':
      return 413;
    case 'unprocessable':
      return 422;
    case 'limited':
      return 429;
    case 'unavailable':
      return 503;
    case 'failed':
      return 500;
    default:
      return assertNever(kind);
  }
}

/** The HTTP status of what the transport objects to. */
export const protocolStatus: Readonly<Record<ProtocolErrorCode, number>> = {
  request_malformed: 400,
  header_ambiguous: 400,
  git_dumb_protocol: 403,
  route_unknown: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  media_type_unsupported: 415,
  headers_too_large: 431,
  stopping: 503,
};
