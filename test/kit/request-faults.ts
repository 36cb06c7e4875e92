import { executeRequest } from '../../src/app/requests/execute-request.ts';
import { recoverExecutions } from '../../src/app/requests/recover-executions.ts';
import { reviewRequest } from '../../src/app/requests/review-request.ts';
import type { RollbackWish } from '../../src/app/requests/submission-of.ts';
import { submitRollback, submitUndo } from '../../src/app/requests/submit-request.ts';
import { Refusal } from '../../src/domain/refusal/refusal.ts';
import { GitError } from '../../src/git/git-error.ts';
import { type FailPointHandler, armFailPoints } from '../../src/std/fail-point.ts';
import type { StoredRequest } from '../../src/store/request-rows.ts';
import type { TestHub } from './hub.ts';
import { pushFile } from './push-file.ts';
import { type Shop, apiGateway, serviceText, serviceWish } from './shop.ts';

/** A way to take the bad release back. */
export interface FaultMode {
  readonly name: 'service' | 'full' | 'field' | 'undo';
  readonly submit: (shop: Shop) => Promise<StoredRequest>;
}

export const submitFor = (shop: Shop, mode: Partial<RollbackWish>): Promise<StoredRequest> =>
  submitRollback(shop.hub, shop.jane, serviceWish(shop, mode));

export const faultModes: readonly FaultMode[] = [
  { name: 'service', submit: (shop) => submitFor(shop, { mode: 'service' }) },
  { name: 'full', submit: (shop) => submitFor(shop, { mode: 'full', service: undefined }) },
  { name: 'field', submit: (shop) => submitFor(shop, { mode: 'field', selectedFields: ['image.tag'] }) },
  {
    name: 'undo',
    submit: (shop) => {
      const commit = shop.git('rev-parse', 'main');
      return submitUndo(shop.hub, shop.jane, { slug: 'shop', commit, justification: 'never built' });
    },
  },
];

/** One passing of a fail point: the n-th of this name. */
export interface Passing {
  readonly point: string;
  readonly n: number;
}

export const approveFor = (
  { hub, bob }: Pick<Shop, 'hub' | 'bob'>,
  { id, digest }: Pick<StoredRequest, 'id' | 'digest'>,
): Promise<StoredRequest> => reviewRequest(hub, bob, { id, decision: 'approve', digest, comment: undefined });

let releases = 0;

/** The shop with a way to release to it: the hub's own repository, or the upstream that it is connected to. */
export interface FaultScene extends Shop {
  readonly release: (hub: TestHub, path: string, text: string) => Promise<unknown>;
}

export const hostedScene = (shop: Shop): FaultScene => ({
  ...shop,
  release: (hub, path, text) => Promise.resolve(pushFile({ ...shop, hub }, path, text)),
});

/** The bad release once more, so that there is something to roll back. */
export const breakAgain = ({ hub, release }: Pick<FaultScene, 'hub' | 'release'>): Promise<unknown> =>
  release(hub, apiGateway, serviceText(`v3.${(releases += 1)}`, 7));

/** Which fail points submit and approval pass, in their order. */
export async function passingsOf(shop: FaultScene, mode: FaultMode): Promise<readonly Passing[]> {
  await breakAgain(shop);
  const passed: Passing[] = [];
  armFailPoints((point) => {
    passed.push({ point, n: passed.filter((earlier) => earlier.point === point).length + 1 });
  });
  await approveFor(shop, await mode.submit(shop));
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
  readonly mode: FaultMode;
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
  const sent = await mode.submit(shop).catch(() => undefined);
  const open = await hub.store.requests.list({ states: ['pending'] }, { limit: 1 });
  const found = sent ?? open[0];
  if (found) await approveFor(shop, found).catch(() => undefined);
  armFailPoints(undefined);
  await Promise.all(rivals);
  // Nothing was saved: whoever asked sees an error, and asks again.
  const request = found ?? (await mode.submit(shop));
  await recoverExecutions(hub, { olderThan: 0 });
  const now = await hub.store.requests.get(request.id);
  if (now?.state === 'pending') await approveFor(shop, now);
  if (now?.state === 'failed') await executeRequest(hub, shop.ann, { id: now.id });
  return { struck, request: await hub.store.requests.get(request.id) };
}
