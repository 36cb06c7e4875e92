import type { StoredRequest } from '../../store/request-rows.ts';
import type { Hub } from '../hub.ts';
import { carryOut, isAtWork } from './carry-out.ts';

/** What recovery found out about a request that was left in the middle. */
export interface Recovered {
  readonly id: string;
  /** `open`: Git or the database could not say; it is asked again later. */
  readonly outcome: 'completed' | 'stopped' | 'open';
  /** Why it is still open. */
  readonly error?: unknown;
}

export interface RecoverOptions {
  /** Only executions that began this many milliseconds ago or earlier: younger ones may be somebody's work. */
  readonly olderThan: number;
}

/**
 * Finishes executions that a process left in the middle. Each is taken over, so that whoever had it can save nothing
 * any more; then Git is asked whether the branch has the planned commit, and only if not is the work done again. At
 * start, when nobody else can be at work, `olderThan` is 0.
 */
export async function recoverExecutions(
  hub: Hub,
  { olderThan }: RecoverOptions,
): Promise<readonly Recovered[]> {
  const recovered: Recovered[] = [];
  for (const request of await hub.store.requests.executing()) {
    const startedAt = request.execution?.startedAt ?? 0;
    if (isAtWork(hub, request.id) || hub.clock() - startedAt < olderThan) continue;
    recovered.push({ id: request.id, ...(await recover(hub, request)) });
  }
  return recovered;
}

async function recover(hub: Hub, { id, epoch }: StoredRequest): Promise<Omit<Recovered, 'id'>> {
  try {
    const request = await takeOver(hub, id, epoch);
    if (request === undefined) return { outcome: 'open' };
    const planned = request.execution?.planned;
    const before = planned ? [planned.commit] : [];
    const { refusal } = await carryOut(hub, request, { before });
    return { outcome: refusal ? 'stopped' : 'completed' };
  } catch (error) {
    // One repository that does not answer must not keep the others waiting.
    return { outcome: 'open', error };
  }
}

/**
 * No state changes, only who may go on: there is nothing for the audit. Read once more by the transaction that takes
 * over: whoever had it may have planned since it was found, and may still move the branch to what was planned.
 */
const takeOver = (hub: Hub, id: string, epoch: number): Promise<StoredRequest | undefined> =>
  hub.store.tx(async (tx) => {
    const from = { states: ['executing'], epoch } as const;
    const next = await tx.requests.move(id, from, { state: 'executing', at: hub.clock() });
    return next === undefined ? undefined : tx.requests.get(id);
  });
