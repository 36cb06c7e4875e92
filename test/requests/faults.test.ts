import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { recoverExecutions } from '../../src/app/requests/recover-executions.ts';
import { reviewRequest } from '../../src/app/requests/review-request.ts';
import { armFailPoints } from '../../src/std/fail-point.ts';
import { databases } from '../kit/databases.ts';
import { makeHub } from '../kit/hub.ts';
import { pointsIn } from '../kit/fault-table.ts';
import {
  type Passing,
  breakAgain,
  faultModes,
  finishDespite,
  lieFault,
  passingsOf,
  throwFault,
} from '../kit/request-faults.ts';
import { checkInvariants } from '../kit/request-invariants.ts';
import { type Shop, makeShop } from '../kit/shop.ts';

afterEach(() => armFailPoints(undefined));

const before = 'store.commit.before';
const sortedPoints = (passings: readonly Passing[]): readonly string[] =>
  [...new Set(passings.map(({ point }) => point))].toSorted();

const long = { timeout: 180_000 };

describe.each(databases)('on $kind', (database) => {
  test.for([
    { words: 'an error', fault: 'throw' as const, happen: throwFault },
    { words: 'a lost answer', fault: 'lie' as const, happen: lieFault },
  ])(
    '$words at any point of submit, approval and execution loses nothing and does nothing twice',
    long,
    async ({ fault, happen }) => {
      await using hub = await makeHub({ database });
      const shop = await makeShop(hub, { approvals: 1 });
      const all = await passingsOf(shop);
      // Before a step there is nothing that could have been done.
      const points = pointsIn('requests', fault);
      expect(sortedPoints(all).filter((point) => fault === 'throw' || point !== before)).toEqual(points);
      for (const [index, passing] of all.entries()) {
        if (!points.includes(passing.point)) continue;
        breakAgain(shop);
        const mode = faultModes[index % faultModes.length] ?? {};
        const { struck, request } = await finishDespite(shop, { passing, happen, mode });
        expect({ ...passing, struck, state: request?.state }).toEqual({
          ...passing,
          struck: true,
          state: 'completed',
        });
      }
      const requests = await hub.store.requests.list({}, { limit: 1000 });
      expect(requests).toHaveLength(all.filter(({ point }) => points.includes(point)).length + 1);
      await checkInvariants(shop);
    },
  );

  test('who is held up at any point comes too late, and what others do meanwhile counts', long, async () => {
    await using hub = await makeHub({ database });
    const shop = await makeShop(hub, { approvals: 1 });
    const passings = await passingsOf(shop);
    expect(sortedPoints(passings)).toEqual(pointsIn('requests', 'delay'));
    // Two servers can share PostgreSQL alone; there the other takes over what the first seems to have left.
    await using other = await (database.kind === 'postgres' ? makeHub({ like: hub }) : undefined);
    for (const [index, passing] of passings.entries()) {
      breakAgain(shop);
      const rivals: Promise<unknown>[] = [];
      const happen = async (): Promise<void> => {
        rivals.push(meddle({ ...shop, hub: other ?? hub }));
        // Not waited for: a rival may have to wait for whoever is held up.
        await Promise.race([rivals[0], setTimeout(100)]);
      };
      const mode = faultModes[index % faultModes.length] ?? {};
      const { struck, request } = await finishDespite(shop, { passing, happen, mode, rivals });
      expect({ ...passing, struck, state: request?.state }).toEqual({
        ...passing,
        struck: true,
        state: 'completed',
      });
    }
    await checkInvariants(shop);
  });
});

/** Somebody else approves whatever waits, and recovery takes over whatever is being carried out. */
async function meddle({ hub, ann }: Shop): Promise<void> {
  const open = await hub.store.requests.list({ states: ['pending'] }, { limit: 1 });
  for (const { id, digest } of open)
    await reviewRequest(hub, ann, { id, decision: 'approve', digest, comment: undefined }).catch(
      () => undefined,
    );
  await recoverExecutions(hub, { olderThan: 0 });
}
