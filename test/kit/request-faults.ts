import { executeRequest } from '../../src/app/requests/execute-request.ts';
import { recoverExecutions } from '../../src/app/requests/recover-executions.ts';
import { reviewRequest } from '../../src/app/requests/review-request.ts';
import type { RollbackWish } from '../../src/app/requests/submission-of.ts';
import { submitRollback } from '../../src/app/requests/submit-request.ts';
import { Refusal } from '../../src/domain/refusal/refusal.ts';
import { GitError } from '../../src/git/git-error.ts';
import { type FailPointHandler, armFailPoints } from '../../src/std/fail-point.ts';
import type { StoredRequest } from '../../src/store/request-rows.ts';
import { pushFile } from './push-file.ts';
import { type Shop, apiGateway, serviceText, serviceWish } from './shop.ts';

/** Points meet them in turn, so that each mode is tried at a third of all passings. */
export const faultModes: readonly Partial<RollbackWish>[] = [
  { mode: 'service' },
  { mode: 'full', service: undefined },
  { mode: 'field', selectedFields: ['image.tag'] },
];

/** One passing of a fail point: the n-th of this name. */
export interface Passing {
  readonly point: string;
  readonly n: number;
}

export const submitFor = (shop: Shop, mode: Partial<RollbackWish>): Promise<StoredRequest> =>
  submitRollback(shop.hub, shop.jane, serviceWish(shop, mode));

export const approveFor = (
  { hub, bob }: Pick<Shop, 'hub' | 'bob'>,
  { id, digest }: Pick<StoredRequest, 'id' | 'digest'>,
): Promise<StoredRequest> => reviewRequest(hub, bob, { id, decision: 'approve', digest, comment: undefined });

let releases = 0;

/** The bad release once more, so that there is something to roll back. */
export const breakAgain = (shop: Shop): string =>
  pushFile(shop, apiGateway, serviceText(`v3.${(releases += 1)}`, 7));

/** Which fail points submit and approval pass, in their order. */
export async function passingsOf(shop: Shop): Promise<readonly Passing[]> {
  const passed: Passing[] = [];
  armFailPoints((point) => {
    passed.push({ point, n: passed.filter((earlier) => earlier.point === point).length + 1 });
  });
  await approveFor(shop, await submitFor(shop, { mode: 'service' }));
  armFailPoints(undefined);
  return passed;
}

/** An error out of the blue: whoever catches it knows nothing. */
export const throwFault = (point: string): void => {
  throw new Error(`a fault was injected at ${point}`);
};

/** The step was done, and its caller is told what it would be told had it failed. */
export const lieFault = (point: string): void => {
  const reason = `the answer was lost at ${point}`;
  if (point === 'store.commit.after') throw new Refusal('outcome_unknown');
  // As one reads it who has moved the branch himself and did not hear of it.
  if (/^git\.ref\.(moved|durable)$|published$|pushed$/.test(point))
    throw new GitError('ref_moved', { ref: 'refs/heads/main', expected: reason, actual: reason });
  if (point.startsWith('git.')) throw new GitError('repository_unwritable', { path: 'objects', reason });
  throw new Refusal('database_failed', { reason });
};

export interface Fault {
  readonly passing: Passing;
  readonly happen: FailPointHandler;
  readonly mode: Partial<RollbackWish>;
  /** What others do meanwhile; it comes to its end before anything is mended. */
  readonly rivals?: readonly Promise<unknown>[];
}

/** Submits and approves with one fault, then does what people and recovery do about it. */
export async function finishDespite(
  shop: Shop,
  { passing: { point, n }, happen, mode, rivals = [] }: Fault,
): Promise<{ readonly struck: boolean; readonly request: StoredRequest | undefined }> {
  const { hub } = shop;
  let left = n;
  let struck = false;
  armFailPoints(async (passed) => {
    if (passed !== point || --left !== 0) return;
    struck = true;
    await happen(point);
  });
  const sent = await submitFor(shop, mode).catch(() => undefined);
  const open = await hub.store.requests.list({ states: ['pending'] }, { limit: 1 });
  const found = sent ?? open[0];
  if (found) await approveFor(shop, found).catch(() => undefined);
  armFailPoints(undefined);
  await Promise.all(rivals);
  // Nothing was saved: whoever asked sees an error, and asks again.
  const request = found ?? (await submitFor(shop, mode));
  await recoverExecutions(hub, { olderThan: 0 });
  const now = await hub.store.requests.get(request.id);
  if (now?.state === 'pending') await approveFor(shop, now);
  if (now?.state === 'failed') await executeRequest(hub, shop.ann, { id: now.id });
  return { struck, request: await hub.store.requests.get(request.id) };
}
