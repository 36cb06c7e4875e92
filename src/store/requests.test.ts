import { describe, expect, test } from 'vitest';
import { databases, freshStore } from '../../test/kit/databases.ts';
import { approval, party, request } from './request.test-kit.ts';

describe.each(databases)('requests on $kind', (database) => {
  test('a request comes back as it was submitted, absent members included', async () => {
    await using store = await freshStore(database);
    const bare = request({ requester: { ...party('jane'), email: undefined }, targetSha: undefined });
    const full = request({
      id: 'rbk-02',
      breakGlass: 'bgs-01',
      duringFreeze: 'christmas',
      resubmitOf: 'rbk-01',
      execution: { attempt: 2, startedAt: 5, planned: { commit: 'c', parent: 'b' } },
      error: { code: 'scope_moved', message: 'moved', retryable: false, paths: ['x'], at: 6 },
      scope: {
        ...request().scope,
        where: [
          { tenant: 'acme', environment: 'production' },
          { tenant: 'globex', environment: 'production' },
        ],
      },
    });
    await store.tx(async (tx) => {
      await tx.requests.add(bare, ['tenants/acme/production/x']);
      await tx.requests.add(full, []);
    });
    expect(await store.requests.get('rbk-01')).toStrictEqual({ ...bare, epoch: 1 });
    expect(await store.requests.get('rbk-02')).toStrictEqual({ ...full, epoch: 1 });
    expect(await store.requests.get('rbk-03')).toBeUndefined();
  });

  test('what a release is to write comes back with it, and lists do without', async () => {
    await using store = await freshStore(database);
    const { changes: _none, ...scope } = request().scope;
    const changes = [
      { kind: 'field', service: undefined, field: 'a', wished: { kind: 'value', value: [1, null] } },
      { kind: 'file', path: 'a', text: undefined },
      { kind: 'file', path: 'b', text: 'é\n' },
    ] as const;
    const release = request({ kind: 'release', state: 'executing', scope: { ...scope, changes } });
    await store.tx((tx) => tx.requests.add(release, []));
    expect(await store.requests.get('rbk-01')).toStrictEqual({ ...release, epoch: 1 });
    expect(await store.requests.executing()).toStrictEqual([{ ...release, epoch: 1 }]);
    expect(await store.requests.list({}, { limit: 9 })).toStrictEqual([{ ...release, scope, epoch: 1 }]);
  });

  test('a move happens only from the state and epoch that were read', async () => {
    await using store = await freshStore(database);
    await store.requests.add(request(), []);
    const to = { state: 'executing', at: 3000, attempt: 1, startedAt: 3000 } as const;
    expect(await store.requests.move('rbk-01', { states: ['approved'], epoch: 1 }, to)).toBeUndefined();
    expect(await store.requests.move('rbk-01', { states: ['pending'], epoch: 2 }, to)).toBeUndefined();
    expect(await store.requests.move('rbk-01', { states: ['pending', 'approved'], epoch: 1 }, to)).toBe(2);
    const planned = { commit: 'c'.repeat(40), parent: 'b'.repeat(40) };
    expect(await store.requests.plan('rbk-01', 1, planned)).toBe(false);
    expect(await store.requests.plan('rbk-01', 2, planned)).toBe(true);
    expect((await store.requests.executing()).map(({ execution }) => execution)).toEqual([
      { attempt: 1, startedAt: 3000, planned },
    ]);
    const done = { state: 'completed', at: 4000, commit: planned.commit, closed: true } as const;
    expect(await store.requests.move('rbk-01', { states: ['executing'], epoch: 2 }, done)).toBe(3);
    expect(await store.requests.get('rbk-01')).toMatchObject({
      state: 'completed',
      epoch: 3,
      commit: planned.commit,
      updatedAt: 4000,
      closedAt: 4000,
    });
  });

  test('a request that waits again forgets the session that bypassed its approval', async () => {
    await using store = await freshStore(database);
    await store.requests.add(request({ state: 'approved', breakGlass: 'bgs-01' }), []);
    const again = { state: 'pending', at: 3000 } as const;
    await store.requests.move('rbk-01', { states: ['approved'], epoch: 1 }, again);
    expect((await store.requests.get('rbk-01'))?.breakGlass).toBe('bgs-01');
    await store.requests.move(
      'rbk-01',
      { states: ['pending'], epoch: 2 },
      { ...again, breakGlass: undefined },
    );
    expect((await store.requests.get('rbk-01'))?.breakGlass).toBeUndefined();
  });

  test('fifty approvers at once make one transition, and each has one vote', async () => {
    await using store = await freshStore(database);
    await store.requests.add(request(), []);
    const quorum = 3;
    const review = (who: number) =>
      store.tx(async (tx) => {
        const found = await tx.requests.get('rbk-01');
        if (found?.state !== 'pending') return 'late';
        if (!(await tx.reviews.add('rbk-01', approval(who)))) return 'twice';
        if (found.reviews.length + 1 < quorum) return 'counted';
        const from = { states: ['pending'], epoch: found.epoch } as const;
        return (await tx.requests.move('rbk-01', from, { state: 'executing', at: 1 })) ? 'moved' : 'lost';
      });
    const people = Array.from({ length: 50 }, (_, index) => (index === 1 ? 0 : index));
    const answers = await Promise.all(people.map(review));
    expect(answers.filter((answer) => answer === 'moved')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'counted')).toHaveLength(quorum - 1);
    expect(answers.filter((answer) => answer === 'lost')).toEqual([]);
    const after = await store.requests.get('rbk-01');
    expect(after).toMatchObject({ state: 'executing', epoch: 2 });
    expect(new Set(after?.reviews.map(({ by }) => by.personId)).size).toBe(quorum);
  });

  test('a vote that was taken back may be given again', async () => {
    await using store = await freshStore(database);
    await store.requests.add(request(), []);
    expect(await store.reviews.add('rbk-01', approval('bob'))).toBe(true);
    expect(await store.reviews.add('rbk-01', { ...approval('bob'), decision: 'reject' })).toBe(false);
    const voided = { at: 3000, reason: 'lost the role' };
    expect(await store.reviews.void('rbk-01', 'usr_bob', voided)).toBe(true);
    expect(await store.reviews.void('rbk-01', 'usr_bob', voided)).toBe(false);
    expect(await store.reviews.add('rbk-01', approval('bob', 4000))).toBe(true);
    const { reviews } = (await store.requests.get('rbk-01'))!;
    expect(reviews).toStrictEqual([{ ...approval('bob'), voided }, approval('bob', 4000)]);
  });

  test('lists newest first, narrowed, page by page', async () => {
    await using store = await freshStore(database);
    const elsewhere = { ...request().scope, where: [{ tenant: 'globex', environment: 'dev' }] };
    await store.requests.add(request({ id: 'rbk-01', submittedAt: 1 }), []);
    await store.requests.add(request({ id: 'rel-00', submittedAt: 3, kind: 'release' }), []);
    await store.requests.add(request({ id: 'rbk-03', submittedAt: 3, scope: elsewhere }), []);
    await store.requests.add(request({ id: 'rbk-04', submittedAt: 2, projectId: 'prj_02' }), []);
    const ids = async (...[filter, page]: Parameters<typeof store.requests.list>) =>
      (await store.requests.list(filter, page)).map(({ id }) => id);
    expect(await ids({}, { limit: 2 })).toEqual(['rel-00', 'rbk-03']);
    expect(await ids({}, { limit: 9, after: { submittedAt: 3, id: 'rbk-03' } })).toEqual([
      'rbk-04',
      'rbk-01',
    ]);
    expect(await ids({ projectIds: ['prj_02'] }, { limit: 9 })).toEqual(['rbk-04']);
    expect(await ids({ projectIds: [] }, { limit: 9 })).toEqual([]);
    expect(await ids({ tenant: 'globex' }, { limit: 9 })).toEqual(['rbk-03']);
    expect(await ids({ environment: 'production', kinds: ['release'] }, { limit: 9 })).toEqual(['rel-00']);
    expect(await ids({ states: ['completed'] }, { limit: 9 })).toEqual([]);
  });

  test('open requests of a place come with the paths that they change', async () => {
    await using store = await freshStore(database);
    await store.requests.add(request({ id: 'rbk-01' }), ['a', 'b']);
    await store.requests.add(request({ id: 'rbk-02', closedAt: 5, state: 'rejected' }), ['a']);
    const here = [{ tenant: 'acme', environment: 'production' }];
    expect(await store.requests.openAt('prj_01', here)).toEqual([
      { id: 'rbk-01', kind: 'rollback', state: 'pending', paths: ['a', 'b'] },
    ]);
    expect(await store.requests.openAt('prj_01', [{ tenant: 'acme', environment: 'dev' }])).toEqual([]);
    expect(await store.requests.openAt('prj_02', here)).toEqual([]);
    expect(await store.requests.openAt('prj_01', [])).toEqual([]);
  });

  test('requests whose time is over are found, but not those that are being executed', async () => {
    await using store = await freshStore(database);
    await store.requests.add(request({ id: 'rbk-01', expiresAt: 50 }), []);
    await store.requests.add(request({ id: 'rbk-02', expiresAt: 51 }), []);
    await store.requests.add(request({ id: 'rbk-03', expiresAt: 5, state: 'executing' }), []);
    expect((await store.requests.expired(50, 10)).map(({ id }) => id)).toEqual(['rbk-01']);
  });

  test('a request knows the newest one that repeats it', async () => {
    await using store = await freshStore(database);
    await store.requests.add(request({ id: 'rbk-01' }), []);
    expect(await store.requests.resubmittedAs('rbk-01')).toBeUndefined();
    await store.requests.add(request({ id: 'rbk-02', submittedAt: 5, resubmitOf: 'rbk-01' }), []);
    await store.requests.add(request({ id: 'rbk-03', submittedAt: 6, resubmitOf: 'rbk-01' }), []);
    expect(await store.requests.resubmittedAs('rbk-01')).toBe('rbk-03');
  });

  test('one commit belongs to one request', async () => {
    await using store = await freshStore(database);
    await store.requests.add(request({ id: 'rbk-01', commit: 'c' }), []);
    await expect(store.requests.add(request({ id: 'rbk-02', commit: 'c' }), [])).rejects.toThrow(/unique/i);
  });

  test('notes stay in the order in which they were written', async () => {
    await using store = await freshStore(database);
    await store.requests.add(request(), []);
    for (const text of ['one', 'two']) await store.notes.add('rbk-01', { by: party('bob'), text, at: 7 });
    expect((await store.requests.get('rbk-01'))?.notes).toStrictEqual([
      { by: party('bob'), text: 'one', at: 7 },
      { by: party('bob'), text: 'two', at: 7 },
    ]);
  });
});
