import { afterEach, expect, test } from 'vitest';
import { indexHistory } from '../../src/app/projects/index-history.ts';
import { executeRequest } from '../../src/app/requests/execute-request.ts';
import { recoverExecutions } from '../../src/app/requests/recover-executions.ts';
import { reviewRequest } from '../../src/app/requests/review-request.ts';
import { submitRollback } from '../../src/app/requests/submit-request.ts';
import { Refusal } from '../../src/domain/refusal/refusal.ts';
import { armFailPoints } from '../../src/std/fail-point.ts';
import type { StoredRequest } from '../../src/store/request-rows.ts';
import { makeHub } from '../kit/hub.ts';
import { pushFile } from '../kit/push-file.ts';
import { checkInvariants } from '../kit/request-invariants.ts';
import { type Shop, makeShop, serviceText, serviceWish, setPolicy } from '../kit/shop.ts';

afterEach(() => armFailPoints(undefined));

const services = ['one', 'two', 'three', 'four'];
const fileOf = (service: string): string => `tenants/acme/production/${service}/service.yaml`;

/** A shop with a bad release of four services, and the wish to take back any of them. */
async function withServices(shop: Shop) {
  for (const service of services) pushFile(shop, fileOf(service), serviceText('v1'));
  const targetSha = shop.git('rev-parse', 'main');
  for (const service of services) pushFile(shop, fileOf(service), serviceText('v2', 5));
  return (service: string) => serviceWish(shop, { service, targetSha });
}

const codeOf = (error: unknown): string => (error instanceof Refusal ? error.code : String(error));

/**
 * Starts executions while somebody else is at the repository, and lets them go when all of them wait: the outcomes,
 * and which fail points were passed then. `strike` is told of each.
 */
async function together(
  { hub, project }: Shop,
  executions: readonly (() => Promise<StoredRequest>)[],
  strike: (point: string) => void | Promise<void> = () => undefined,
): Promise<{ readonly outcomes: readonly string[]; readonly passed: readonly string[] }> {
  const passed: string[] = [];
  const allWait = Promise.withResolvers<true>();
  armFailPoints((point) => {
    passed.push(point);
    const waiting = passed.filter((name) => name === 'app.request.executing').length;
    if (waiting === executions.length) allWait.resolve(true);
    return strike(point);
  });
  const begun = Promise.withResolvers<true>();
  const holding = hub.repositories.use(project, (at) =>
    at.exclusive(async () => {
      begun.resolve(true);
      await allWait.promise;
    }),
  );
  await begun.promise;
  const outcomes = await Promise.all(
    executions.map((execute) => execute().then(({ state }) => state, codeOf)),
  );
  await holding;
  armFailPoints(undefined);
  return { outcomes, passed };
}

const timesOf = (passed: readonly string[], point: string): number =>
  passed.filter((name) => name === point).length;

test('rollbacks that wait together are a commit each, and one move of the branch, written down by one change', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  const wish = await withServices(shop);
  const before = shop.git('rev-parse', 'main');
  const { outcomes, passed } = await together(
    shop,
    services.map((service) => () => submitRollback(hub, shop.jane, wish(service))),
  );
  expect(outcomes).toEqual(services.map(() => 'completed'));
  expect(timesOf(passed, 'git.ref.moved')).toBe(1);
  expect(timesOf(passed.slice(passed.indexOf('git.ref.moved')), 'store.commit.before')).toBe(1);
  const touched = shop.git('log', '--name-only', '--format=', `${before}..main`).split('\n');
  expect(touched.toSorted()).toEqual(services.map(fileOf).toSorted());
  expect(shop.git('rev-list', '--count', `${before}..main`)).toBe('4');
  await checkInvariants(shop);
});

test('one that somebody takes over after the move of the branch does not stop the others', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  const wish = await withServices(shop);
  let struck = false;
  const { outcomes } = await together(
    shop,
    services.map((service) => () => submitRollback(hub, shop.jane, wish(service))),
    async (point) => {
      if (point !== 'app.request.published' || struck) return;
      struck = true;
      const [, second] = await hub.store.requests.executing();
      const { id = '', epoch = 0 } = second ?? {};
      const again = { state: 'executing', at: hub.clock() } as const;
      await hub.store.tx((tx) => tx.requests.move(id, { states: ['executing'], epoch }, again));
    },
  );
  expect(outcomes.toSorted()).toEqual(['changed_meanwhile', 'completed', 'completed', 'completed']);
  expect(await recoverExecutions(hub, { olderThan: 0 })).toMatchObject([{ outcome: 'completed' }]);
  await indexHistory(hub, shop.project.id);
  await checkInvariants(shop);
});

test('of two for the same, the second finds that the first has done it', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  const wish = await withServices(shop);
  const { outcomes, passed } = await together(
    shop,
    ['one', 'one', 'two'].map((service) => () => submitRollback(hub, shop.jane, wish(service))),
  );
  expect(outcomes.toSorted()).toEqual(['completed', 'completed', 'scope_moved']);
  expect(timesOf(passed, 'git.ref.moved')).toBe(1);
  await checkInvariants(shop);
});

type WishOf = Awaited<ReturnType<typeof withServices>>;

async function approved(
  shop: Shop,
  wish: ReturnType<WishOf>,
  approver: 'bob' | 'ann',
): Promise<StoredRequest> {
  const { id, digest } = await submitRollback(shop.hub, shop.jane, wish);
  const vote = { id, decision: 'approve', digest, comment: undefined } as const;
  return reviewRequest(shop.hub, shop[approver], vote);
}

/** Four requests, of which the second and the third want the same; only the second is approved by bob. */
async function approvedTogether(shop: Shop): Promise<readonly StoredRequest[]> {
  const wish = await withServices(shop);
  return [
    await approved(shop, wish('one'), 'ann'),
    await approved(shop, wish('two'), 'bob'),
    await approved(shop, wish('two'), 'ann'),
    await approved(shop, wish('three'), 'ann'),
  ];
}

const manual = { approvals: 1, execution: 'manual' } as const;

test('one that may not be done any more is left out, and whoever stood on it is asked again', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub, manual);
  const requests = await approvedTogether(shop);
  let struck = false;
  const { outcomes } = await together(
    shop,
    requests.map(
      ({ id }) =>
        () =>
          executeRequest(hub, shop.ann, { id }),
    ),
    async (point) => {
      if (point !== 'app.request.planned' || struck) return;
      struck = true;
      const account = await hub.store.accounts.get(shop.bob.id);
      if (account) await hub.store.accounts.change({ ...account, disabledAt: hub.clock() });
    },
  );
  // The third is the same as the second, whose approver is gone: now it has something to do.
  expect(outcomes).toEqual(['completed', 'quorum_missing', 'completed', 'completed']);
  await setPolicy(shop, {});
  await checkInvariants(shop);
});

test.each(['git.objects.staged', 'git.ref.prepared', 'store.commit.before', 'app.request.replanned'])(
  'a fault of one kind or another at %s loses nothing: each can be tried again',
  async (fault) => {
    await using hub = await makeHub();
    const shop = await makeShop(hub, manual);
    const [one, , two, three] = await approvedTogether(shop);
    const ids = [one, two, three].map((request) => request?.id ?? '');
    let waiting = false;
    let struck = false;
    const { outcomes } = await together(
      shop,
      ids.map((id) => () => executeRequest(hub, shop.ann, { id })),
      (point) => {
        waiting ||= point === 'app.request.replanned';
        if (!waiting || struck || point !== fault) return;
        struck = true;
        throw new Error('a fault was injected');
      },
    );
    expect(struck).toBe(true);
    for (const [index, id] of ids.entries())
      if (outcomes[index] !== 'completed') await executeRequest(hub, shop.ann, { id });
    const states = await Promise.all(ids.map(async (id) => (await hub.store.requests.get(id))?.state));
    expect(states).toEqual(['completed', 'completed', 'completed']);
    await setPolicy(shop, {});
    await checkInvariants(shop);
  },
);
