/**
 * Room `outbound`: messages of ours to addresses that people typed. It knows URLs, addresses and signatures; it must
 * never know projects, requests or tables.
 */

/**
 * Why nothing arrived. `address_refused` stands for a name that leads nowhere as well as for one that leads to a
 * forbidden network, so that the answer tells nothing about networks of ours.
 */
export type OutboundErrorCode =
  'url_refused' | 'address_refused' | 'unreachable' | 'timed_out' | 'redirected' | 'answer_failed';

/** A message that did not arrive; `status` when the receiver answered. */
export class OutboundError extends Error {
  readonly code: OutboundErrorCode;
  readonly status: number | undefined;

  constructor(code: OutboundErrorCode, message: string, status?: number) {
    super(message);
    this.name = 'OutboundError';
    this.code = code;
    this.status = status;
  }
}
