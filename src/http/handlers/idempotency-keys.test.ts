import { describe, expect, test } from 'vitest';
import { databases } from '../../../test/kit/databases.ts';
import { makeHub, person } from '../../../test/kit/hub.ts';
import { hubServer, outcome, signedIn } from '../../../test/kit/hub-server.ts';
import { startForgetting } from '../../app/instance/start-forgetting.ts';
import { idempotencyKeys } from './idempotency-keys.ts';
import type { TestServer } from '../server.test-kit.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const call = { client: 'usr_1', key: 'k', fingerprint: 'f', holder: 'h' };

const createAccount = (server: TestServer, headers: { readonly cookie: string }, name: string) =>
  server.fastify.inject({
    method: 'POST',
    url: '/api/v2/service-accounts',
    headers: { ...headers, 'idempotency-key': 'k' },
    payload: { name, role: 'viewer' },
  });

describe.each(databases)('keys in $kind', (database) => {
  test('what was done with a key on one server is not done again on another', async () => {
    await using hub = await makeHub({ database });
    const headers = await signedIn(hub, await person(hub, 'ann', { role: 'admin' }));
    await using first = hubServer(hub);
    await using second = hubServer(hub);
    const made = await createAccount(first, headers, 'release-bot');
    const again = await createAccount(second, headers, 'release-bot');
    expect([made.statusCode, again.statusCode, again.body]).toEqual([201, 201, made.body]);
    expect(outcome(await createAccount(second, headers, 'other-bot'))).toBe('422 idempotency_mismatch');
    expect(await hub.store.audit.head()).toMatchObject({ seq: 2 });
  });

  test('a call that its server left is taken over after ten minutes, and a reply kept for a day', async () => {
    let now = 1000;
    await using hub = await makeHub({ database, clock: () => now });
    const keys = idempotencyKeys(hub);
    const startAfter = async (time: number) => {
      now += time;
      return keys.start(call);
    };
    expect(await startAfter(0)).toEqual({ kind: 'started' });
    expect(await startAfter(10 * MINUTE)).toEqual({ kind: 'in_flight' });
    expect(await startAfter(1)).toEqual({ kind: 'started' });
    const reply = { status: 201, body: '{}' };
    await keys.finish(call, reply);
    expect(await startAfter(DAY - 1)).toEqual({ kind: 'finished', reply });
    expect(await startAfter(1)).toEqual({ kind: 'started' });
  });

  test('keys whose time is over are dropped, the others stay', async () => {
    await using hub = await makeHub({ database, clock: () => 1000 });
    const { start } = hub.store.idempotencyKeys;
    await start(call, { now: 0, staleBefore: 0, expiresAt: 1000 });
    await start({ ...call, key: 'young' }, { now: 0, staleBefore: 0, expiresAt: 1001 });
    const errors: unknown[] = [];
    await startForgetting(hub, (error) => errors.push(error)).stop();
    expect(errors).toEqual([]);
    // Before its time was over, the first would have been another request's.
    const again = { now: 0, staleBefore: 0, expiresAt: 9000 };
    expect(await start({ ...call, fingerprint: 'g' }, again)).toEqual({ kind: 'started' });
    expect(await start({ ...call, key: 'young', fingerprint: 'g' }, again)).toEqual({ kind: 'mismatch' });
  });
});
