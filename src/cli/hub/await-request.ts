import type { Client } from '../../contract/client.ts';
import type { Request } from '../../contract/request.ts';
import type { CommandContext } from '../program.ts';
import { startProgress } from '../progress.ts';
import { pauses } from './pauses.ts';
import { isSettled } from './request-words.ts';

/** How a command waits for a request. */
export interface WaitOptions {
  readonly wait?: boolean;
  /** Seconds after which it is waited for no longer. Without an end when left out. */
  readonly timeout?: number;
}

const waitsFor = ({ state, approvalsCounted, approvalsNeeded }: Request): string =>
  state === 'pending'
    ? `Waiting for approval: ${approvalsCounted} of ${approvalsNeeded}`
    : state === 'approved'
      ? 'Approved; waiting to be executed'
      : 'Executing…';

/** Waits until a request has come to its end, or until the time is over; the request as it is then. */
export async function awaitRequest(
  { terminal, hub }: Pick<CommandContext, 'terminal' | 'hub'>,
  client: Client,
  start: Request,
  { timeout }: Pick<WaitOptions, 'timeout'> = {},
): Promise<Request> {
  using progress = startProgress(terminal, waitsFor(start));
  const until = timeout === undefined ? Infinity : hub.clock() + timeout * 1000;
  let request = start;
  for (const pause of pauses()) {
    if (isSettled(request) || hub.clock() >= until) break;
    await hub.sleep(Math.min(pause, Math.max(0, until - hub.clock())));
    request = await client.call('getRequest', { params: { id: start.id } });
    progress.show(waitsFor(request));
  }
  return request;
}
