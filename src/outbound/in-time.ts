import { OutboundError } from './outbound-error.ts';

export interface Patience {
  /** Milliseconds for everything. */
  readonly timeout: number;
  /** Ends the work early. */
  readonly signal?: AbortSignal | undefined;
}

/** The result of work that is given up after a time, and told so by its signal. Throws `timed_out` or `stopped`. */
export async function inTime<T>(
  { timeout: longest, signal: early }: Patience,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = AbortSignal.timeout(longest);
  const signal = early ? AbortSignal.any([timeout, early]) : timeout;
  const ended = Promise.withResolvers<never>();
  const end = (): void => {
    ended.reject(
      timeout.aborted
        ? new OutboundError('timed_out', `no answer within ${longest / 1000} seconds`)
        : new OutboundError('stopped', 'this server stopped'),
    );
  };
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  try {
    return await Promise.race([ended.promise, work(signal)]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}
