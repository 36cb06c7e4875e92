import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recoverExecutions } from '../../src/app/requests/recover-executions.ts';
import { databases } from '../kit/databases.ts';
import { pointsIn } from '../kit/fault-table.ts';
import { makeHub } from '../kit/hub.ts';
import {
  type Passing,
  approveFor,
  breakAgain,
  faultModes,
  passingsOf,
  submitFor,
} from '../kit/request-faults.ts';
import { checkInvariants } from '../kit/request-invariants.ts';
import type { VictimOrder } from '../kit/request-victim.ts';
import { runProgram } from '../kit/run-program.ts';
import { makeShop } from '../kit/shop.ts';

const victim = join(import.meta.dirname, '../kit/request-victim.ts');

/** As `scripts/run.sh` has it: half the time of a start. */
const compiled = join(import.meta.dirname, '../../.cache/compiled');

const isOfGit = (point: string): boolean => point.startsWith('git.');

/** The victim only approves: the first commit of the trace was the submit's. */
const inVictim = ({ point, n }: Passing): Passing => ({
  point,
  n: point.startsWith('store.commit') ? n - 1 : n,
});

test.for(databases)(
  'a hub that is killed at any point of an approval finishes it at the next start ($kind)',
  { timeout: 180_000 },
  async (database) => {
    const first = await makeHub({ database });
    const shop = await makeShop(first, { approvals: 1 });
    const points = (await passingsOf(shop)).map(inVictim).filter(
      // One object among several is like the other, and Git knows no database; each transaction is different.
      ({ point, n }) =>
        n > 0 &&
        point !== 'app.request.submitted' &&
        (n === 1 || point.startsWith('store.')) &&
        (database.kind === 'sqlite' || !isOfGit(point)),
    );
    const found = [...new Set(points.map(({ point }) => point))].toSorted();
    const expected = pointsIn('kills', 'kill');
    expect(found).toEqual(
      database.kind === 'sqlite' ? expected : expected.filter((point) => !isOfGit(point)),
    );
    let hub = first;
    for (const [index, { point, n }] of points.entries()) {
      breakAgain({ ...shop, hub });
      const { id } = await submitFor({ ...shop, hub }, faultModes[index % faultModes.length] ?? {});
      const order: VictimOrder = {
        database: hub.url,
        settings: hub.settings,
        secretKey: Buffer.from(hub.secretKey).toString('hex'),
        requestId: id,
        accountId: shop.bob.id,
      };
      await hub.close();
      const ended = await runProgram(process.execPath, [victim, JSON.stringify(order)], {
        env: { KNOWNGOOD_FAIL_AT: `${point}:${n}:kill`, NODE_COMPILE_CACHE: compiled },
      });
      expect(ended, `${point} ${n}`).toMatchObject({ signal: 'SIGKILL' });
      hub = await makeHub({ like: hub });
      const now = { ...shop, hub };
      await recoverExecutions(hub, { olderThan: 0 });
      const saved = await hub.store.requests.get(id);
      // Killed before the vote was saved: it is asked for again.
      if (saved?.state === 'pending') await approveFor(now, saved);
      expect(await hub.store.requests.get(id), `${point} ${n}`).toMatchObject({ state: 'completed' });
    }
    await checkInvariants({ ...shop, hub });
    await hub.close();
  },
);
