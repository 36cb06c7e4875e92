import { afterEach, describe, expect, test } from 'vitest';
import { armFailPoints } from '../../src/std/fail-point.ts';
import { databases } from '../kit/databases.ts';
import { pointsOf, sweepFaults, trialsHalved } from '../kit/fault-sweep.ts';
import { pointsIn } from '../kit/fault-table.ts';
import { makeHub } from '../kit/hub.ts';
import { hostedScene } from '../kit/request-faults.ts';
import { checkInvariants } from '../kit/request-invariants.ts';
import { makeShop } from '../kit/shop.ts';

afterEach(() => armFailPoints(undefined));

// Each passing of a fail point in every mode, on one database or the other; `npm run faults` tries them all on both.
describe.each(databases)('on $kind', (database) => {
  test.for([
    {
      words: 'an error at any point of submit, approval and execution loses nothing',
      fault: 'throw' as const,
    },
    { words: 'a lost answer at any point of them does nothing twice', fault: 'lie' as const },
    { words: 'who is held up at any point comes too late: what others do counts', fault: 'delay' as const },
  ])('$words', { timeout: 300_000 }, async ({ fault }) => {
    await using hub = await makeHub({ database });
    const shop = await makeShop(hub, { approvals: 1 });
    const scene = hostedScene(shop);
    const half = databases.indexOf(database);
    const trials = (await trialsHalved(scene)).filter((trial) => trial.half === half);
    expect(pointsOf(trials, fault)).toEqual(pointsIn('requests', fault));
    // Two servers can share PostgreSQL alone; there the other takes over what the first seems to have left.
    const shared = fault === 'delay' && database.kind === 'postgres';
    await using other = await (shared ? makeHub({ like: hub }) : undefined);
    const { tried, wrong } = await sweepFaults(scene, fault, { trials, other });
    expect(wrong).toEqual([]);
    // Four were made to see which points there are.
    const requests = await hub.store.requests.list({}, { limit: 1000 });
    expect(fault === 'delay' || requests.length === tried + 4).toBe(true);
    await checkInvariants(shop);
  });
});
