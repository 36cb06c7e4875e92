import { expect, test } from 'vitest';
import { databases } from '../kit/databases.ts';
import { trialsHalved } from '../kit/fault-sweep.ts';
import { pointsIn } from '../kit/fault-table.ts';
import { makeHub } from '../kit/hub.ts';
import { killTrials, sweepKills } from '../kit/kill-sweep.ts';
import { hostedScene } from '../kit/request-faults.ts';
import { checkInvariants } from '../kit/request-invariants.ts';
import { makeShop } from '../kit/shop.ts';

const isOfGit = (point: string): boolean => point.startsWith('git.');

test.for(databases)(
  'a hub that is killed at any point of an approval finishes it at the next start ($kind)',
  { timeout: 600_000 },
  async (database) => {
    const first = await makeHub({ database });
    const shop = await makeShop(first, { approvals: 1 });
    const scene = hostedScene(shop);
    // Every mode, on one database or the other; Git knows none. One object among several is like the other.
    const onSqlite = database.kind === 'sqlite';
    const half = databases.indexOf(database);
    const mine = (await trialsHalved(scene)).filter((trial) =>
      isOfGit(trial.passing.point) ? onSqlite : trial.half === half,
    );
    const trials = killTrials(mine).filter(
      ({ passing: { point, n } }) => n === 1 || point.startsWith('store.'),
    );
    const expected = pointsIn('kills', 'kill');
    expect([...new Set(trials.map(({ passing }) => passing.point))].toSorted()).toEqual(
      onSqlite ? expected : expected.filter((point) => !isOfGit(point)),
    );
    const { hub, wrong } = await sweepKills(scene, trials);
    expect(wrong).toEqual([]);
    await checkInvariants({ ...shop, hub });
    await hub.close();
  },
);
