import type { Request } from '../../../src/contract/request.ts';
import type { Verdict } from '../../../src/domain/refusal/verdict.ts';

/** What whoever reads it may do where the request is. */
export interface MayDo {
  readonly execute: Verdict;
  readonly request: Verdict;
}

const words = { admin: 'an admin', owner: 'an owner', member: 'a member' } as Readonly<
  Record<string, string | undefined>
>;

/** The same words for those who may do it themselves, and for those who have to ask. */
function doOrAsk(verdict: Verdict, what: string): string {
  if (verdict.allowed) return what;
  return `ask ${words[String(verdict.refusal.facts['role'])] ?? 'somebody who may'} to ${what}`;
}

/** What to do about a request that failed, for whoever reads it. */
export function wayOn({ error, reviews }: Pick<Request, 'error' | 'reviews'>, may: MayDo): string {
  const start = 'The branch was not changed.';
  // The reason itself says what to do; only who may is left to say.
  if (error?.code === 'scope_moved')
    return may.request.allowed ? start : `${start} Please ${doOrAsk(may.request, 'resubmit it')}.`;
  if (error?.retryable !== true)
    return `${start} Look at what the same would change now, or ${doOrAsk(may.request, 'resubmit it')}.`;
  const kept = reviews.some(({ decision }) => decision === 'approve') ? ' Its approvals are kept.' : '';
  return `${start}${kept} When the cause is gone, ${doOrAsk(may.execute, 'retry it')}.`;
}
