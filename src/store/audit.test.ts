import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { databases, freshStore } from '../../test/kit/databases.ts';
import { sqlOn } from '../../test/kit/sql-on.ts';
import { auditBeginning, auditChainText } from '../domain/audit/audit-chain.ts';
import type { AuditDraft, AuditRow } from '../domain/audit/audit-entry.ts';
import { openStore } from './open-store.ts';
import { party } from './request.test-kit.ts';

const draft = (said: Partial<AuditDraft> = {}): AuditDraft => ({
  at: 1000,
  actor: { ...party('jane'), credential: { kind: 'session', id: 'ses_1' } },
  action: 'request.submitted',
  object: { type: 'request', id: 'rbk-01' },
  projectId: 'prj_01',
  requestId: 'rbk-01',
  flags: [],
  details: { digest: 'sha256:00', counts: [1, 2], note: null },
  ...said,
});

function expectChain(rows: readonly AuditRow[], length: number): void {
  let prev = auditBeginning;
  for (const [index, row] of rows.entries()) {
    const hash = createHash('sha256').update(auditChainText(prev, row.entry)).digest('hex');
    expect(row).toMatchObject({ prev, hash, entry: { seq: index + 1 } });
    prev = row.hash;
  }
  expect(rows).toHaveLength(length);
}

describe.each(databases)('the audit chain on $kind', (database) => {
  test('an entry comes back as it was written, and its hash can be counted again', async () => {
    await using store = await freshStore(database);
    const bare = draft({
      actor: { ...draft().actor, email: undefined },
      projectId: undefined,
      requestId: undefined,
    });
    const first = await store.tx((tx) => tx.audit.append(draft({ flags: ['break_glass'] })));
    const second = await store.tx((tx) => tx.audit.append(bare));
    expect(first.entry).toStrictEqual({ ...draft({ flags: ['break_glass'] }), seq: 1 });
    expect(await store.audit.after(0, 10)).toStrictEqual([first, second]);
    expectChain([first, second], 2);
    expect(await store.audit.head()).toEqual({ seq: 2, hash: second.hash });
  });

  test('a hundred appends at once, of two servers, leave no gap and no fork', async () => {
    await using store = await freshStore(database);
    const other = database.kind === 'postgres' ? await openStore({ url: store.url }) : store;
    const append = async (index: number): Promise<void> => {
      const hub = index % 2 ? store : other;
      const work = hub.tx(async (tx) => {
        await tx.settings.set(`work ${index}`, index);
        await tx.audit.append(draft({ at: index }));
        if (index % 10 === 9) throw new Error('changed its mind');
      });
      await work.catch(() => undefined);
    };
    await Promise.all(Array.from({ length: 100 }, (_, index) => append(index)));
    expectChain(await store.audit.after(0, 1000), 90);
    if (other !== store) await other.close();
  });

  test('without its audit entry a change is not saved', async () => {
    await using store = await freshStore(database);
    const broken = draft({ details: { text: 'x' }, action: undefined as never });
    const change = store.tx(async (tx) => {
      await tx.settings.set('a', 1);
      await tx.audit.append(broken);
    });
    await expect(change).rejects.toThrow(/null/i);
    expect(await store.settings.get('a')).toBeUndefined();
    expect(await store.audit.head()).toEqual({ seq: 0, hash: auditBeginning });
  });

  test('rows and checkpoints can be neither changed nor removed', async () => {
    await using store = await freshStore(database);
    const { hash } = await store.tx((tx) => tx.audit.append(draft()));
    const checkpoint = { seq: 1, hash, at: 5, keyId: 'k', signature: 's' };
    expect(await store.audit.addCheckpoint(checkpoint)).toBe(true);
    expect(await store.audit.addCheckpoint({ ...checkpoint, hash: 'other' })).toBe(false);
    expect(await store.audit.checkpoints(0, 10)).toEqual([checkpoint]);
    expect(await store.audit.newestCheckpoint()).toEqual(checkpoint);
    const gap = "insert into audit values (3, '', 'h', '', 0, 'x', 'x', null, null, 0)";
    const statements = [gap, 'update audit set at = 0', 'delete from audit', 'delete from audit_checkpoints'];
    const replace = "insert or replace into audit values (1, '', '', '', 0, 'x', 'x', null, null, 0)";
    for (const statement of [...statements, database.kind === 'sqlite' ? replace : 'truncate audit']) {
      await expect(sqlOn(store.url, statement)).rejects.toThrow(/audit rows never change/);
    }
    expect(await store.audit.after(0, 10)).toHaveLength(1);
  });

  test('lists newest first, narrowed', async () => {
    await using store = await freshStore(database);
    const bob = { ...party('bob'), credential: { kind: 'token', id: 'tok_1' } } as const;
    await store.tx(async (tx) => {
      await tx.audit.append(draft({ at: 1 }));
      await tx.audit.append(draft({ at: 2, actor: bob, action: 'request.approved' }));
      await tx.audit.append(draft({ at: 3, projectId: 'prj_02', requestId: 'rbk-02' }));
      await tx.audit.append(draft({ at: 4, flags: ['break_glass'] }));
    });
    const seqs = async (filter: Parameters<typeof store.audit.list>[0], before?: number) =>
      (await store.audit.list(filter, { before, limit: 10 })).map(({ entry }) => entry.seq);
    expect(await seqs({})).toEqual([4, 3, 2, 1]);
    expect(await seqs({}, 3)).toEqual([2, 1]);
    expect(await seqs({ projectIds: ['prj_02'] })).toEqual([3]);
    expect(await seqs({ projectIds: [] })).toEqual([]);
    expect(await seqs({ personId: 'usr_bob' })).toEqual([2]);
    expect(await seqs({ actions: ['request.approved'] })).toEqual([2]);
    expect(await seqs({ flagged: true })).toEqual([4]);
    expect(await seqs({ requestId: 'rbk-01', from: 2, until: 4 })).toEqual([2]);
  });
});
