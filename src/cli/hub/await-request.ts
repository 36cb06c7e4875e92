import type { Client } from '../../contract/client.ts';
import type { Request } from '../../contract/request.ts';
import type { CommandContext } from '../program.ts';
import { printable } from '../printable.ts';
import { startProgress } from '../progress.ts';
import { pauses } from './pauses.ts';
import { isOver } from './request-words.ts';

/** How a command waits for a request. */
export interface WaitOptions {
  readonly wait?: boolean;
  /** Seconds after which it is waited for no longer. Without an end when left out. */
  readonly timeout?: number;
}

function waitsFor({ state, approvalsCounted, approvalsNeeded, verification }: Request): string {
  if (state === 'pending') return `Waiting for approval: ${approvalsCounted} of ${approvalsNeeded}`;
  if (state === 'approved') return 'Approved; waiting to be executed';
  return state === 'completed' && verification
    ? `Committed; waiting for clusters: ${printable(verification.reason)}`
    : 'Executing…';
}

/**
 * Waits until a request has come to its end, and its clusters, where there are any, have told how; or until the time is
 * over. The request as it is then.
 */
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
    if (isOver(request) || hub.clock() >= until) break;
    await hub.sleep(Math.min(pause, Math.max(0, until - hub.clock())));
    request = await client.call('getRequest', { params: { id: start.id } });
    progress.show(waitsFor(request));
  }
  return request;
}
