/**
 * Room `outbound`: messages of ours to addresses that people typed. It knows URLs, addresses and signatures; it must
 * never know projects, requests or tables.
 */

/**
 * Why nothing arrived. `address_refused` stands for a name that leads nowhere as well as for one that leads to a
 * forbidden network, so that the answer tells nothing about networks of ours. `stopped`: we gave up ourselves.
 */
export type OutboundErrorCode =
  | 'url_refused'
  | 'address_refused'
  | 'unreachable'
  | 'timed_out'
  | 'stopped'
  | 'redirected'
  | 'answer_failed';

/** A message that did not arrive, in words without the path of its address; `answer` when the receiver answered. */
export class OutboundError extends Error {
  readonly code: OutboundErrorCode;
  readonly status: number | undefined;
  /** The beginning of what the receiver said. */
  readonly answer: string;

  constructor(
    code: OutboundErrorCode,
    message: string,
    answer?: { readonly status: number; readonly text: string },
  ) {
    super(message);
    this.name = 'OutboundError';
    this.code = code;
    this.status = answer?.status;
    this.answer = answer?.text ?? '';
  }
}
