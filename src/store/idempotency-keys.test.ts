import { describe, expect, test } from 'vitest';
import { databases, freshStore } from '../../test/kit/databases.ts';

const call = { client: 'usr_1', key: 'k', fingerprint: 'f' };
const time = { now: 100, staleBefore: 50, expiresAt: 1000 };
const reply = { status: 201, body: '{"id":"rbk-01"}' };

describe.each(databases)('idempotency keys on $kind', (database) => {
  test('of twenty calls with one key, one starts; afterwards everybody gets its reply', async () => {
    await using store = await freshStore(database);
    const { start, finish } = store.idempotencyKeys;
    const answers = await Promise.all(Array.from({ length: 20 }, () => start(call, time)));
    expect(answers.filter(({ kind }) => kind === 'started')).toHaveLength(1);
    expect(answers.filter(({ kind }) => kind === 'in_flight')).toHaveLength(19);
    expect(await finish(call, reply)).toBe(true);
    expect(await finish(call, { ...reply, status: 500 })).toBe(false);
    expect(await start(call, time)).toEqual({ kind: 'finished', reply });
  });

  test('the same key with another body is told apart, another client has keys of its own', async () => {
    await using store = await freshStore(database);
    const { start } = store.idempotencyKeys;
    await start(call, time);
    expect(await start({ ...call, fingerprint: 'g' }, time)).toEqual({ kind: 'mismatch' });
    expect(await start({ ...call, client: 'usr_2' }, time)).toEqual({ kind: 'started' });
  });

  test('a call that died is taken over, one that changed nothing frees its key, old keys are forgotten', async () => {
    await using store = await freshStore(database);
    const { start, abandon, finish, forget } = store.idempotencyKeys;
    await start(call, time);
    expect(await start({ ...call, fingerprint: 'g' }, { ...time, staleBefore: 101 })).toEqual({
      kind: 'mismatch',
    });
    expect(await start(call, { ...time, staleBefore: 101 })).toEqual({ kind: 'started' });
    await abandon(call);
    expect(await start({ ...call, fingerprint: 'g' }, time)).toEqual({ kind: 'started' });
    await finish({ ...call, fingerprint: 'g' }, reply);
    await abandon({ ...call, fingerprint: 'g' });
    expect(await start({ ...call, fingerprint: 'g' }, { ...time, now: 999 })).toMatchObject({
      kind: 'finished',
    });
    expect(await start(call, { ...time, now: 1000, expiresAt: 2000 })).toEqual({ kind: 'started' });
    await forget(2000);
    expect(await start({ ...call, fingerprint: 'h' }, time)).toEqual({ kind: 'started' });
  });
});
