import { renameSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { afterEach, expect, test } from 'vitest';
import { databases } from '../../../test/kit/databases.ts';
import { makeHub } from '../../../test/kit/hub.ts';
import { checkInvariants } from '../../../test/kit/request-invariants.ts';
import { type Shop, makeShop, serviceWish } from '../../../test/kit/shop.ts';
import { armFailPoints } from '../../std/fail-point.ts';
import { expireRequests } from './expire-requests.ts';
import { recoverExecutions } from './recover-executions.ts';
import { startRequestLoop } from './start-request-loop.ts';
import { submitRelease, submitRollback } from './submit-request.ts';

afterEach(() => armFailPoints(undefined));

/** Leaves one request in the middle: whoever was at it gave up at this point and said nothing. */
async function leaveAt(
  shop: Shop,
  point: string,
  submit: () => Promise<unknown> = () => submitRollback(shop.hub, shop.jane, serviceWish(shop)),
): Promise<string> {
  armFailPoints((passed) => {
    if (passed !== point) return;
    // From here on nothing of this process works any more.
    armFailPoints(() => {
      throw new Error('gone');
    });
    throw new Error('gone');
  });
  await submit().catch(() => undefined);
  armFailPoints(undefined);
  const [left] = await shop.hub.store.requests.executing();
  return left?.id ?? '';
}

test.each(['app.request.submitted', 'app.request.executing', 'app.request.planned', 'app.request.published'])(
  'what was left at %s is finished, and a second look finds nothing',
  async (point) => {
    await using hub = await makeHub();
    const shop = await makeShop(hub);
    const id = await leaveAt(shop, point);
    expect(await recoverExecutions(hub, { olderThan: 60_000 })).toEqual([]);
    expect(await recoverExecutions(hub, { olderThan: 0 })).toEqual([{ id, outcome: 'completed' }]);
    expect(await recoverExecutions(hub, { olderThan: 0 })).toEqual([]);
    await checkInvariants(shop);
  },
);

test.each(['app.request.executing', 'app.request.planned', 'app.request.published'])(
  'a release that was left at %s is planned again from what it was to write, and finished',
  async (point) => {
    await using hub = await makeHub();
    const shop = await makeShop(hub);
    const place = { slug: 'shop', tenant: 'acme', environment: 'production', justification: 'the fix' };
    const fields = [{ service: 'api-gateway', field: 'image.tag', value: 'v2.1.1' }];
    const files = [{ path: 'tenants/acme/production/api-gateway/patch.yaml', content: 'a: 1\n' }];
    const id = await leaveAt(shop, point, () => submitRelease(hub, shop.jane, { ...place, fields, files }));
    expect(await recoverExecutions(hub, { olderThan: 0 })).toEqual([{ id, outcome: 'completed' }]);
    expect(shop.git('show', `main:${files[0]?.path}`)).toBe('a: 1');
    await checkInvariants(shop);
  },
);

test('a forged commit message proves nothing: only the planned id counts', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  const id = await leaveAt(shop, 'app.request.planned');
  const tree = shop.git('rev-parse', 'main^{tree}');
  const message = `Rollback: tenant/acme env/production → revision x\n\nRollback-Request-Id: ${id}`;
  const forged = shop.git('commit-tree', '-p', shop.bad, '-m', message, tree);
  shop.git('update-ref', 'refs/heads/main', forged);
  expect(await recoverExecutions(hub, { olderThan: 0 })).toEqual([{ id, outcome: 'completed' }]);
  const { commit } = (await hub.store.requests.get(id)) ?? {};
  expect(commit).not.toBe(forged);
  expect(shop.git('rev-parse', `${commit}^`)).toBe(forged);
});

test('a repository that does not answer keeps its request open, and the others are finished', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  const id = await leaveAt(shop, 'app.request.planned');
  armFailPoints((point) => {
    if (point === 'store.commit.before') throw new Error('the database is away');
  });
  const [left] = await recoverExecutions(hub, { olderThan: 0 });
  expect(left).toMatchObject({ id, outcome: 'open', error: { message: 'the database is away' } });
  armFailPoints(undefined);
  expect(await recoverExecutions(hub, { olderThan: 0 })).toEqual([{ id, outcome: 'completed' }]);
  await checkInvariants(shop);
});

test('a repository that cannot be opened may have the commit: its request stays open until it can', async () => {
  const before = await makeHub();
  const shop = await makeShop(before);
  const id = await leaveAt(shop, 'app.request.published');
  await before.close();
  const path = before.repositories.pathOf(shop.project.id);
  renameSync(path, `${path}.unmounted`);
  await using hub = await makeHub({ like: before });
  const [left] = await recoverExecutions(hub, { olderThan: 0 });
  expect(left).toMatchObject({ id, outcome: 'open', error: { code: 'repository_lost' } });
  expect(await hub.store.requests.get(id)).toMatchObject({ state: 'executing' });
  renameSync(`${path}.unmounted`, path);
  expect(await recoverExecutions(hub, { olderThan: 0 })).toEqual([{ id, outcome: 'completed' }]);
  await checkInvariants({ ...shop, hub });
});

test('the loop expires what nobody decided and finishes what was left', async () => {
  const clock = { now: Date.UTC(2026, 5, 1) };
  await using hub = await makeHub({ clock: () => clock.now });
  const shop = await makeShop(hub);
  const left = await leaveAt(shop, 'app.request.planned');
  clock.now += 25 * 3_600_000;
  const errors: unknown[] = [];
  const loop = startRequestLoop(hub, (error) => errors.push(error));
  await loop.stop();
  expect(errors).toEqual([]);
  expect(await hub.store.requests.get(left)).toMatchObject({ state: 'completed' });
  expect(await expireRequests(hub)).toBe(0);
});

test('a request expires at its moment and not before, with an entry in the log', async () => {
  const clock = { now: Date.UTC(2026, 5, 1) };
  await using hub = await makeHub({ clock: () => clock.now });
  const shop = await makeShop(hub, { approvals: 1, expiryHours: 2 });
  const { id, expiresAt } = await submitRollback(hub, shop.jane, serviceWish(shop));
  clock.now = expiresAt - 1;
  expect(await expireRequests(hub)).toBe(0);
  clock.now = expiresAt;
  expect(await expireRequests(hub)).toBe(1);
  expect(await hub.store.requests.get(id)).toMatchObject({ state: 'expired', closedAt: expiresAt });
  const rows = await hub.store.audit.after(0, 9);
  expect(rows.at(-1)?.entry).toMatchObject({ action: 'request.expired', actor: { accountId: 'system' } });
  await checkInvariants(shop);
});

/** Waits until somebody waits for the turn that all writers of this PostgreSQL database take. */
async function untilOneWaits(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const waiting = `select 1 from pg_locks where locktype = 'advisory' and not granted
    and database = (select oid from pg_database where datname = current_database())`;
  while ((await client.query(waiting)).rows.length === 0) await setTimeout(5);
  await client.end();
}

test('who takes over while a plan is being saved learns of it, and does nothing twice', async (context) => {
  const database = databases.find(({ kind }) => kind === 'postgres');
  if (!database) {
    context.skip('there is no PostgreSQL here');
    return;
  }
  await using hub = await makeHub({ database });
  const shop = await makeShop(hub);
  await using other = await makeHub({ like: hub });
  let commits = 0;
  let recovery: ReturnType<typeof recoverExecutions> | undefined;
  const published = Promise.withResolvers<undefined>();
  armFailPoints(async (point) => {
    if (point === 'app.request.published') published.resolve(undefined);
    // The other has taken over, and begins when the branch has the commit of the first.
    if (point === 'app.request.executing' && recovery) await published.promise;
    // The first commit is the submit, the second the plan.
    if (point !== 'store.commit.before' || (commits += 1) !== 2) return;
    recovery = recoverExecutions(other, { olderThan: 0 });
    await untilOneWaits(hub.url);
  });
  await submitRollback(hub, shop.jane, serviceWish(shop)).catch(() => undefined);
  armFailPoints(undefined);
  const [recovered] = (await recovery) ?? [];
  expect(recovered).toMatchObject({ outcome: 'completed' });
  expect(await hub.store.requests.get(recovered?.id ?? '')).toMatchObject({ state: 'completed' });
  expect(shop.git('rev-list', '--count', `${shop.bad}..main`)).toBe('1');
  await checkInvariants(shop);
});
