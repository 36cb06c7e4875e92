import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { databases } from '../../../test/kit/databases.ts';
import { makeHub, projectWith } from '../../../test/kit/hub.ts';
import { pushFile } from '../../../test/kit/push-file.ts';
import { checkInvariants } from '../../../test/kit/request-invariants.ts';
import { unpack } from '../../../test/kit/unpack.ts';
import { type Shop, apiGateway, makeShop, serviceText, serviceWish } from '../../../test/kit/shop.ts';
import { armFailPoints } from '../../std/fail-point.ts';
import { recoverExecutions } from '../requests/recover-executions.ts';
import { submitRollback } from '../requests/submit-request.ts';
import { maintainProject } from './maintain-project.ts';
import { startMaintenance } from './start-maintenance.ts';

afterEach(() => armFailPoints(undefined));

const everything = { always: true, expire: 'now' } as const;

/** Leaves a request executing with its commit planned, and the branch where it was. */
async function leavePlanned(shop: Shop): Promise<string> {
  armFailPoints((passed) => {
    if (passed !== 'app.request.planned') return;
    armFailPoints(() => {
      throw new Error('gone');
    });
    throw new Error('gone');
  });
  await submitRollback(shop.hub, shop.jane, serviceWish(shop)).catch(() => undefined);
  armFailPoints(undefined);
  const [left] = await shop.hub.store.requests.executing();
  return left?.execution?.planned?.commit ?? '';
}

test.for(databases)(
  'a planned commit outlives pruning, other unreachable ones do not ($kind)',
  async (database) => {
    await using hub = await makeHub({ database });
    const shop = await makeShop(hub);
    const planned = await leavePlanned(shop);
    const orphan = shop.git('commit-tree', '-m', 'Nobody refers to this', 'main^{tree}');
    expect(await maintainProject(hub, shop.project, everything)).toBe('pruned');
    expect(shop.git('cat-file', '-t', planned)).toBe('commit');
    expect(() => shop.git('cat-file', '-t', orphan)).toThrow('could not get object info');
    expect(shop.git('for-each-ref', '--format=%(objectname)', 'refs/knowngood/planned')).toBe(planned);
    const left = await recoverExecutions(hub, { olderThan: 0 });
    expect(left.map(({ outcome }) => outcome)).toEqual(['completed']);
    await maintainProject(hub, shop.project, everything);
    expect(shop.git('for-each-ref', 'refs/knowngood/planned')).toBe('');
    expect(shop.git('fsck', '--strict', '--no-dangling')).toBe('');
    expect(shop.git('commit-graph', 'verify')).toBe('');
    await checkInvariants(shop);
  },
);

test('pushes and rollbacks go on during maintenance, and nothing of them is lost', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  const writing = new AbortController();
  const maintenance = (async () => {
    let rounds = 0;
    for (; !writing.signal.aborted; rounds += 1) await maintainProject(hub, shop.project, everything);
    return rounds;
  })();
  for (let round = 0; round < 4; round += 1) {
    pushFile(shop, apiGateway, serviceText(`v4.${round}`));
    const { id } = await submitRollback(hub, shop.jane, serviceWish(shop));
    expect(await hub.store.requests.get(id)).toMatchObject({ state: 'completed' });
  }
  writing.abort();
  expect(await maintenance).toBeGreaterThan(0);
  expect(shop.git('rev-list', '--count', 'main')).toBe(String(shop.commits.length + 8));
  expect(shop.git('fsck', '--strict', '--no-dangling')).toBe('');
  await checkInvariants(shop);
});

test('only a worn repository is packed, and the branch stays a file of its own', async () => {
  const clock = { now: Date.now() };
  await using hub = await makeHub({ clock: () => clock.now });
  const fresh = await projectWith(hub, [{ files: { a: '1' } }]);
  expect(await maintainProject(hub, fresh.project)).toBe('nothing');
  const files = Object.fromEntries(Array.from({ length: 4000 }, (_, at) => [`f${at}`, String(at)]));
  const worn = await projectWith(hub, [{ files }, { files: { f1: 'new' } }], { slug: 'worn' });
  const path = hub.repositories.pathOf(worn.project.id);
  const packs = (): readonly string[] =>
    readdirSync(join(path, 'objects/pack')).filter((name) => name.endsWith('.pack'));
  unpack(path);
  expect(packs()).toEqual([]);
  expect(await maintainProject(hub, worn.project)).toBe('pruned');
  expect(packs()).toHaveLength(1);
  expect(readdirSync(join(path, 'refs/heads'))).toEqual(['main']);
  expect(await maintainProject(hub, worn.project)).toBe('nothing');
  pushFile({ hub, ...worn }, 'f2', 'newer');
  worn.git('repack', '-dq');
  expect(packs()).toHaveLength(2);
  expect(await maintainProject(hub, worn.project)).toBe('nothing');
  clock.now += 8 * 86_400_000;
  expect(await maintainProject(hub, worn.project)).toBe('pruned');
  expect(packs()).toHaveLength(1);
});

test('of two servers one maintains a repository at a time', async () => {
  await using first = await makeHub();
  const { project } = await projectWith(first, [{ files: { a: '1' } }]);
  const now = first.clock();
  await first.store.leases.acquire(`maintain:${project.id}`, 'another server', { now, until: now + 1000 });
  expect(await maintainProject(first, project, everything)).toBe('elsewhere');
});

test('a stop ends the git that is at work', async () => {
  await using hub = await makeHub();
  const { project } = await projectWith(hub, [{ files: { a: '1' } }]);
  const stopped = AbortSignal.abort();
  await expect(maintainProject(hub, project, { ...everything, signal: stopped })).rejects.toThrow(
    'it was told to stop',
  );
  expect(await maintainProject(hub, project, everything)).toBe('pruned');
});

test('the loop goes through all projects and tells what stopped it for one', async () => {
  await using hub = await makeHub();
  await projectWith(hub, [{ files: { a: '1' } }]);
  const errors: unknown[] = [];
  const loop = startMaintenance(hub, (error) => errors.push(error));
  await loop.stop();
  expect(errors).toEqual([]);
});
