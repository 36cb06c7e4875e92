import { expect, test } from 'vitest';
import { executeRequest } from '../../src/app/requests/execute-request.ts';
import { recoverExecutions } from '../../src/app/requests/recover-executions.ts';
import { reviewRequest } from '../../src/app/requests/review-request.ts';
import type { RollbackWish } from '../../src/app/requests/submission-of.ts';
import { submitRollback } from '../../src/app/requests/submit-request.ts';
import { armFailPoints } from '../../src/std/fail-point.ts';
import type { StoredRequest } from '../../src/store/request-rows.ts';
import { databases } from '../kit/databases.ts';
import { makeHub } from '../kit/hub.ts';
import { pushFile } from '../kit/push-file.ts';
import { checkInvariants } from '../kit/request-invariants.ts';
import type { VictimOrder } from '../kit/request-victim.ts';
import { runProgram } from '../kit/run-program.ts';
import { type Shop, apiGateway, makeShop, serviceText, serviceWish } from '../kit/shop.ts';

const modes: readonly Partial<RollbackWish>[] = [
  { mode: 'service' },
  { mode: 'full', service: undefined },
  { mode: 'field', selectedFields: ['image.tag'] },
];

/** One passing of a fail point: the n-th of this name. */
interface Passing {
  readonly point: string;
  readonly n: number;
}

async function submit(shop: Shop, mode: Partial<RollbackWish>): Promise<StoredRequest> {
  return submitRollback(shop.hub, shop.jane, serviceWish(shop, mode));
}

async function approve(shop: Shop, { id, digest }: StoredRequest): Promise<StoredRequest> {
  const vote = { id, decision: 'approve', digest, comment: undefined } as const;
  return reviewRequest(shop.hub, shop.bob, vote);
}

/** Which fail points submit and approval pass, in their order. */
async function passings(shop: Shop): Promise<readonly Passing[]> {
  const passed: Passing[] = [];
  armFailPoints((point) => {
    passed.push({ point, n: passed.filter((earlier) => earlier.point === point).length + 1 });
  });
  await approve(shop, await submit(shop, { mode: 'service' }));
  armFailPoints(undefined);
  return passed;
}

/** The bad release once more, so that there is something to roll back. */
let releases = 0;
const breakAgain = (shop: Shop): string =>
  pushFile(shop, apiGateway, serviceText(`v3.${(releases += 1)}`, 7));

/** Runs submit and approval with one fault, then what people and recovery do about it. */
async function withFault(shop: Shop, mode: Partial<RollbackWish>, { point, n }: Passing): Promise<boolean> {
  const { hub } = shop;
  let left = n;
  let struck = false;
  armFailPoints((passed) => {
    if (passed !== point || --left !== 0) return;
    struck = true;
    throw new Error(`a fault was injected at ${point}`);
  });
  const sent = await submit(shop, mode).catch(() => undefined);
  const open = await hub.store.requests.list({ states: ['pending'] }, { limit: 1 });
  const found = sent ?? open[0];
  if (found) await approve(shop, found).catch(() => undefined);
  armFailPoints(undefined);
  // Nothing was saved: whoever asked sees an error, and asks again.
  const request = found ?? (await submit(shop, mode));
  await recoverExecutions(hub, { olderThan: 0 });
  const now = await hub.store.requests.get(request.id);
  if (now?.state === 'pending') await approve(shop, now);
  if (now?.state === 'failed') await executeRequest(hub, shop.ann, { id: now.id });
  expect(await hub.store.requests.get(request.id), `${point} ${n}`).toMatchObject({ state: 'completed' });
  return struck;
}

test.for(databases)(
  'an error at any point of submit, approval and execution loses nothing and does nothing twice ($kind)',
  { timeout: 180_000 },
  async (database) => {
    await using hub = await makeHub({ database });
    const shop = await makeShop(hub, { approvals: 1 });
    const all = await passings(shop);
    expect(new Set(all.map(({ point }) => point))).toEqual(
      new Set([
        'store.commit.before',
        'store.commit.after',
        'app.request.submitted',
        'app.request.voted',
        'app.request.executing',
        'app.request.replanned',
        'git.object.written',
        'git.objects.staged',
        'git.object.placed',
        'git.objects.durable',
        'app.request.written',
        'app.request.planned',
        'git.ref.prepared',
        'git.ref.moved',
        'git.ref.durable',
        'app.request.published',
        'app.request.completed',
      ]),
    );
    for (const [index, passing] of all.entries()) {
      breakAgain(shop);
      const struck = await withFault(shop, modes[index % modes.length] ?? {}, passing);
      expect(struck, `${passing.point} ${passing.n}`).toBe(true);
    }
    const requests = await hub.store.requests.list({}, { limit: 1000 });
    expect(requests).toHaveLength(all.length + 1);
    await checkInvariants(shop);
  },
);

test(
  'a hub that is killed at any point of an approval finishes it at the next start',
  { timeout: 180_000 },
  async () => {
    const first = await makeHub();
    const shop = await makeShop(first, { approvals: 1 });
    const points = (await passings(shop)).filter(
      // One object among several is like the other; each transaction is different.
      ({ point, n }) => point !== 'app.request.submitted' && (n === 1 || point.startsWith('store.')),
    );
    const submitCommits = 1;
    let hub = first;
    for (const [index, { point, n }] of points.entries()) {
      // The victim only approves: the first commit of the trace was the submit's.
      const nth = point.startsWith('store.commit') ? n - submitCommits : n;
      if (nth < 1) continue;
      breakAgain({ ...shop, hub });
      const { id } = await submit({ ...shop, hub }, modes[index % modes.length] ?? {});
      const order: VictimOrder = {
        database: hub.url,
        settings: hub.settings,
        secretKey: Buffer.from(hub.secretKey).toString('hex'),
        requestId: id,
        accountId: shop.bob.id,
      };
      await hub.close();
      const ended = await runProgram(
        process.execPath,
        [`${import.meta.dirname}/../kit/request-victim.ts`, JSON.stringify(order)],
        { env: { KNOWNGOOD_FAIL_AT: `${point}:${nth}:kill` } },
      );
      expect(ended, `${point} ${nth}`).toMatchObject({ signal: 'SIGKILL' });
      hub = await makeHub({ like: hub });
      const now = { ...shop, hub };
      await recoverExecutions(hub, { olderThan: 0 });
      const found = await hub.store.requests.get(id);
      // Killed before the vote was saved: it is asked for again.
      if (found?.state === 'pending') await approve(now, found);
      expect(await hub.store.requests.get(id), `${point} ${nth}`).toMatchObject({ state: 'completed' });
    }
    await checkInvariants({ ...shop, hub });
    await hub.close();
  },
);
