import { z } from 'zod';

/** The body of every answer that is not a success. */
export const errorBody = z
  .object({
    error: z.object({
      code: z.string().describe('One of the codes of docs/errors.md; stable.'),
      message: z.string().describe('One line for a person.'),
      details: z.record(z.string(), z.unknown()).describe('Particulars for a program.'),
    }),
  })
  .meta({
    id: 'Error',
    examples: [{ error: { code: 'target_sha_required', message: 'targetSha is required', details: {} } }],
  });
export type ErrorBody = z.infer<typeof errorBody>;

/**
 * What the transport itself objects to, before any rule of ours is asked: code → what a person reads. Every other
 * code of an error body is one of `domain/refusal/refusal.ts`.
 */
export const protocolErrors = {
  request_malformed: 'the request is not valid HTTP',
  request_timeout: 'the request took too long to arrive',
  headers_too_large: 'the headers are too large',
  header_ambiguous: 'the header {name} may be sent only once',
  media_type_unsupported: 'send the body as application/json in UTF-8, without Content-Encoding',
  route_unknown: 'there is nothing at this address',
  method_not_allowed: '{method} is not possible here; use {allowed}',
  git_dumb_protocol: 'only the smart protocol is served here; use git 1.6.6 or newer',
  stopping: 'the server is stopping; ask again in a moment',
} as const;
export type ProtocolErrorCode = keyof typeof protocolErrors;
