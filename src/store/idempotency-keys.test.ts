import { describe, expect, test } from 'vitest';
import { databases, freshStore } from '../../test/kit/databases.ts';

const call = { client: 'usr_1', key: 'k', fingerprint: 'f', holder: 'h' };
const time = { now: 100, staleBefore: 50, expiresAt: 1000 };
const reply = { status: 201, body: '{"id":"rbk-01"}' };

describe.each(databases)('idempotency keys on $kind', (database) => {
  test('of twenty calls with one key, one starts; afterwards everybody gets its reply', async () => {
    await using store = await freshStore(database);
    const { start, finish } = store.idempotencyKeys;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => start({ ...call, holder: `${at}` }, time)),
    );
    expect(answers.filter(({ kind }) => kind === 'started')).toHaveLength(1);
    expect(answers.filter(({ kind }) => kind === 'in_flight')).toHaveLength(19);
    const holder = `${answers.findIndex(({ kind }) => kind === 'started')}`;
    expect(await finish(call, reply)).toBe(false);
    expect(await finish({ ...call, holder }, reply)).toBe(true);
    expect(await finish({ ...call, holder }, { ...reply, status: 500 })).toBe(false);
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
    const { start, letGo, finish, forget } = store.idempotencyKeys;
    await start(call, time);
    expect(await start({ ...call, fingerprint: 'g' }, { ...time, staleBefore: 101 })).toEqual({
      kind: 'mismatch',
    });
    expect(await start(call, { ...time, staleBefore: 101 })).toEqual({ kind: 'started' });
    await letGo(call, reply);
    expect(await start({ ...call, fingerprint: 'g' }, time)).toEqual({ kind: 'started' });
    await finish(call, reply);
    await letGo(call);
    expect(await start({ ...call, fingerprint: 'g' }, { ...time, now: 999 })).toMatchObject({
      kind: 'finished',
    });
    expect(await start(call, { ...time, now: 1000, expiresAt: 2000 })).toEqual({ kind: 'started' });
    await forget(2000);
    expect(await start({ ...call, fingerprint: 'h' }, time)).toEqual({ kind: 'started' });
  });

  test('what was changed under a key is told to whoever takes it over, and never changed by two', async () => {
    await using store = await freshStore(database);
    const { start, letGo, letGoAll, changed, finish } = store.idempotencyKeys;
    const other = { ...call, holder: 'other' };
    await start(call, time);
    expect(await changed(call, 7)).toBe(true);
    expect(await changed(call, 8)).toBe(true);
    expect(await start(other, time)).toEqual({ kind: 'in_flight' });
    // The server is gone, or has taken too long: then it is too late for the first.
    expect(await start(other, { ...time, staleBefore: 101 })).toEqual({ kind: 'changed', seq: 7 });
    expect(await changed(call, 9)).toBe(false);
    expect(await finish(call, reply)).toBe(false);
    await letGo(other);
    expect(await start(call, time)).toEqual({ kind: 'changed', seq: 7 });
    await letGoAll();
    expect(await start(other, time)).toEqual({ kind: 'changed', seq: 7 });
    expect(await start({ ...call, fingerprint: 'g' }, time)).toEqual({ kind: 'mismatch' });
    expect(await finish(other, reply)).toBe(true);
    expect(await start(call, time)).toEqual({ kind: 'finished', reply });
    expect(await start(call, { ...time, now: 1000 })).toEqual({ kind: 'started' });
  });

  test('a refusal that came after a change is kept with it', async () => {
    await using store = await freshStore(database);
    const { start, letGo, changed } = store.idempotencyKeys;
    await start(call, time);
    await changed(call, 7);
    await letGo(call, { status: 500, body: '{}' });
    expect(await start(call, time)).toEqual({ kind: 'finished', reply: { status: 500, body: '{}' } });
  });
});
