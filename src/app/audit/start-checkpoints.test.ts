import { afterEach, describe, expect, test } from 'vitest';
import { databases } from '../../../test/kit/databases.ts';
import { type TestHub, makeHub } from '../../../test/kit/hub.ts';
import { sqlOn } from '../../../test/kit/sql-on.ts';
import { armFailPoints } from '../../std/fail-point.ts';
import { systemActor } from '../system-actor.ts';
import { recordChange } from './record-change.ts';
import { signCheckpoint } from './sign-checkpoint.ts';
import { startCheckpoints } from './start-checkpoints.ts';

afterEach(() => armFailPoints(undefined));

const note = (hub: TestHub, count = 1): Promise<void> =>
  hub.store.tx(async (tx) => {
    const object = { type: 'request', id: 'rbk-1' };
    for (let index = 0; index < count; index += 1)
      await recordChange(tx, systemActor, { at: hub.clock(), action: 'request.noted', object });
  });

const signed = async (hub: TestHub): Promise<number[]> =>
  (await hub.store.audit.checkpoints(0, 100)).map(({ seq }) => seq);

/** One look of the loop; what went wrong in it. */
async function look(hub: TestHub): Promise<unknown[]> {
  const errors: unknown[] = [];
  await startCheckpoints(hub, (error) => errors.push(error)).stop();
  return errors;
}

describe.each(databases)('checkpoints on $kind', (database) => {
  test('one is signed after a minute or a thousand rows, and only when there are new ones', async () => {
    let now = 60_000;
    await using hub = await makeHub({ database, clock: () => now });
    expect(await look(hub)).toEqual([]);
    expect(await signed(hub)).toEqual([]);
    await note(hub);
    await look(hub);
    await look(hub);
    await note(hub, 999);
    await look(hub);
    expect(await signed(hub)).toEqual([1]);
    await note(hub);
    await look(hub);
    expect(await signed(hub)).toEqual([1, 1001]);
    await note(hub);
    now += 59_999;
    await look(hub);
    expect(await signed(hub)).toEqual([1, 1001]);
    now += 1;
    await look(hub);
    now += 60_000;
    await look(hub);
    expect(await signed(hub)).toEqual([1, 1001, 1002]);
  });

  test('of many that sign at once, one does', async () => {
    await using hub = await makeHub({ database });
    const other = database.kind === 'postgres' ? await makeHub({ like: hub }) : undefined;
    await note(hub);
    const made = await Promise.all([hub, other ?? hub, hub, other ?? hub].map(signCheckpoint));
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await signed(hub)).toEqual([1]);
    await other?.close();
  });

  test('one that is signed and not saved when the hub stops is signed at the next look', async () => {
    await using hub = await makeHub({ database });
    await note(hub);
    armFailPoints((point) => {
      if (point === 'app.audit.checkpoint-signed') throw new Error('the hub stops');
    });
    await expect(signCheckpoint(hub)).rejects.toThrow('the hub stops');
    armFailPoints(undefined);
    expect(await signed(hub)).toEqual([]);
    expect(await look(hub)).toEqual([]);
    expect(await signed(hub)).toEqual([1]);
  });

  test('rows that do not follow from what was signed are never signed themselves', async () => {
    await using hub = await makeHub({ database });
    await note(hub, 2);
    await signCheckpoint(hub);
    const forged = "select 3, prev, 'f', replace(entry, 'rbk-1', 'rbk-2'), at, action, person_id";
    await sqlOn(
      hub.url,
      `insert into audit ${forged}, project_id, request_id, flagged from audit where seq = 2`,
    );
    await expect(signCheckpoint(hub)).rejects.toThrow('audit row 2 stands in the wrong place');
    expect(await signed(hub)).toEqual([2]);
  });

  test('the loop tells of a checkpoint that somebody else signed, and signs nothing after it', async () => {
    await using hub = await makeHub({ database });
    await note(hub, 2);
    await hub.store.audit.addCheckpoint({
      seq: 1,
      hash: 'f'.repeat(64),
      at: 0,
      keyId: 'k',
      signature: 'AA==',
    });
    const message = 'audit row 1 has a checkpoint that this hub did not sign';
    expect(await look(hub)).toMatchObject([{ message }]);
    expect(await signed(hub)).toEqual([1]);
  });
});
