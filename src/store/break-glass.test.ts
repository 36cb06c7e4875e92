import { describe, expect, test } from 'vitest';
import { databases, freshStore } from '../../test/kit/databases.ts';
import type { BreakGlassSession } from '../domain/policy/break-glass.ts';
import { party } from './request.test-kit.ts';

const session = (said: Partial<BreakGlassSession> = {}): BreakGlassSession => ({
  id: 'bgs-01',
  projectId: 'prj_01',
  by: { ...party('gina'), email: undefined },
  justification: 'checkout is down',
  openedAt: 100,
  expiresAt: 200,
  revokedAt: undefined,
  revokedBy: undefined,
  requestIds: [],
  review: undefined,
  ...said,
});

describe.each(databases)('break-glass sessions on $kind', (database) => {
  test('a session keeps who opened it, what it was used for, and how it ended', async () => {
    await using store = await freshStore(database);
    const { breakGlass } = store;
    await breakGlass.add(session());
    expect(await breakGlass.get('bgs-01')).toStrictEqual(session());
    await breakGlass.used({ sessionId: 'bgs-01', requestId: 'rbk-01', at: 110 });
    await breakGlass.used({ sessionId: 'bgs-01', requestId: 'rbk-02', at: 120 });
    await breakGlass.used({ sessionId: 'bgs-01', requestId: 'rbk-01', at: 130 });
    expect(await breakGlass.revoke('bgs-01', party('bob'), 150)).toBe(true);
    expect(await breakGlass.revoke('bgs-01', party('eve'), 160)).toBe(false);
    const review = { by: party('bob'), comment: 'fine', at: 300 };
    expect(await breakGlass.review('bgs-01', review)).toBe(true);
    expect(await breakGlass.review('bgs-01', { ...review, comment: 'again' })).toBe(false);
    expect(await breakGlass.get('bgs-01')).toStrictEqual(
      session({ revokedAt: 150, revokedBy: party('bob'), requestIds: ['rbk-01', 'rbk-02'], review }),
    );
  });

  test('lists a project newest first, and the reviews that it owes', async () => {
    await using store = await freshStore(database);
    const { breakGlass } = store;
    for (const id of ['bgs-01', 'bgs-02', 'bgs-03']) await breakGlass.add(session({ id }));
    await breakGlass.add(session({ id: 'bgs-04', projectId: 'prj_02', openedAt: 900 }));
    await breakGlass.review('bgs-02', { by: party('bob'), comment: '', at: 1 });
    const ids = (sessions: readonly BreakGlassSession[]) => sessions.map(({ id }) => id);
    expect(ids(await breakGlass.list('prj_01', { limit: 2 }))).toEqual(['bgs-03', 'bgs-02']);
    expect(ids(await breakGlass.list('prj_01', { limit: 2, before: 'bgs-02' }))).toEqual(['bgs-01']);
    expect(ids(await breakGlass.list('prj_01', { limit: 9, owed: true }))).toEqual(['bgs-03', 'bgs-01']);
    const both = ['prj_01', 'prj_02'];
    expect(ids(await breakGlass.unreviewed(both, { limit: 2 }))).toEqual(['bgs-04', 'bgs-03']);
    expect(ids(await breakGlass.unreviewed(both, { limit: 9, before: 'bgs-03' }))).toEqual(['bgs-01']);
    expect(ids(await breakGlass.unreviewed(['prj_01'], { limit: 1 }))).toEqual(['bgs-03']);
    expect(await breakGlass.unreviewed([], { limit: 9 })).toEqual([]);
    expect(ids(await breakGlass.ofPerson('prj_02', 'usr_gina'))).toEqual(['bgs-04']);
    expect(await breakGlass.ofPerson('prj_01', 'usr_bob')).toEqual([]);
    expect(await breakGlass.countOf('usr_gina', 100)).toBe(4);
    expect(await breakGlass.countOf('usr_gina', 101)).toBe(1);
  });
});
