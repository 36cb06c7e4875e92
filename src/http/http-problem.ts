import { protocolErrors } from '../contract/error.ts';
import type { ProtocolErrorCode } from '../contract/error.ts';

/**
 * Room `http`: routes, credentials, the wire's own rules, refusal → status, event streams, Git's bytes.
 * It must never know tables, object ids or processes: it calls use cases and is handed what it needs.
 */

/** Something that the transport objects to before any rule of ours is asked. */
export class HttpProblem extends Error {
  readonly code: ProtocolErrorCode;
  /** Headers that belong to the answer, such as Allow. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ProtocolErrorCode,
    facts: Readonly<Record<string, string | number>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(protocolErrors[code].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? '')));
    this.name = 'HttpProblem';
    this.code = code;
    this.headers = headers;
  }
}
