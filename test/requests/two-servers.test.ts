import { afterEach, expect, test } from 'vitest';
import { recoverExecutions } from '../../src/app/requests/recover-executions.ts';
import { armFailPoints } from '../../src/std/fail-point.ts';
import { databases } from '../kit/databases.ts';
import { makeHub } from '../kit/hub.ts';
import { approveFor, submitFor } from '../kit/request-faults.ts';
import { checkInvariants } from '../kit/request-invariants.ts';
import { makeShop } from '../kit/shop.ts';

afterEach(() => armFailPoints(undefined));

test('a branch that the first server moves after the second looked for its commit has the request completed', async (context) => {
  const postgres = databases.find(({ kind }) => kind === 'postgres');
  if (!postgres) {
    context.skip('two servers share PostgreSQL alone');
    return;
  }
  await using first = await makeHub({ database: postgres });
  const shop = await makeShop(first, { approvals: 1 });
  await using second = await makeHub({ like: first });
  const request = await submitFor(shop, { mode: 'service' });

  const looked = Promise.withResolvers<undefined>();
  const moved = Promise.withResolvers<undefined>();
  let taken: ReturnType<typeof recoverExecutions> | undefined;
  armFailPoints(async (point) => {
    if (point === 'git.ref.prepared' && !taken) {
      // The first has planned, and is held up before it moves the branch: the second takes the request over.
      taken = recoverExecutions(second, { olderThan: 0 });
      await looked.promise;
    } else if (point === 'app.request.sought' && taken) {
      looked.resolve(undefined);
      await moved.promise;
    } else if (point === 'git.ref.durable') moved.resolve(undefined);
  });
  await approveFor(shop, request).catch(() => undefined);
  expect(await taken).toEqual([{ id: request.id, outcome: 'completed' }]);
  armFailPoints(undefined);

  const commit = shop.git('rev-parse', 'main');
  expect(await first.store.requests.get(request.id)).toMatchObject({ state: 'completed', commit });
  expect(shop.git('rev-list', '--count', `${shop.bad}..main`)).toBe('1');
  await checkInvariants(shop);
});
