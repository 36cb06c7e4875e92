import { expect, test } from 'vitest';
import { databases } from '../kit/databases.ts';
import { trialsInTurn } from '../kit/fault-sweep.ts';
import { pointsIn } from '../kit/fault-table.ts';
import { makeHub } from '../kit/hub.ts';
import { killTrials, sweepKills } from '../kit/kill-sweep.ts';
import { hostedScene } from '../kit/request-faults.ts';
import { checkInvariants } from '../kit/request-invariants.ts';
import { makeShop } from '../kit/shop.ts';

const isOfGit = (point: string): boolean => point.startsWith('git.');

test.for(databases)(
  'a hub that is killed at any point of an approval finishes it at the next start ($kind)',
  { timeout: 180_000 },
  async (database) => {
    const first = await makeHub({ database });
    const shop = await makeShop(first, { approvals: 1 });
    const scene = hostedScene(shop);
    // One object among several is like the other, and Git knows no database; `npm run faults` tries them all.
    const trials = killTrials(await trialsInTurn(scene)).filter(
      ({ passing: { point, n } }) =>
        (n === 1 || point.startsWith('store.')) && (database.kind === 'sqlite' || !isOfGit(point)),
    );
    const expected = pointsIn('kills', 'kill');
    expect([...new Set(trials.map(({ passing }) => passing.point))].toSorted()).toEqual(
      database.kind === 'sqlite' ? expected : expected.filter((point) => !isOfGit(point)),
    );
    const { hub, wrong } = await sweepKills(scene, trials);
    expect(wrong).toEqual([]);
    await checkInvariants({ ...shop, hub });
    await hub.close();
  },
);
