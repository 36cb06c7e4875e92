import { expect, test } from 'vitest';
import { makeHub, person } from '../../../test/kit/hub.ts';
import { exportAudit } from './export-audit.ts';
import { listAudit } from './list-audit.ts';
import { listCheckpoints } from './list-checkpoints.ts';
import { recordChange } from './record-change.ts';
import { signCheckpoint } from './sign-checkpoint.ts';
import { verifyAudit } from './verify-audit.ts';
import type { Actor } from '../../domain/people/actor.ts';
import type { Hub } from '../hub.ts';

const note = (hub: Hub, actor: Actor, id: string, flags: readonly 'break_glass'[] = []) =>
  hub.store.tx((tx) =>
    recordChange(tx, actor, {
      at: 1000,
      action: 'request.noted',
      object: { type: 'request', id },
      requestId: id,
      flags,
    }),
  );

async function read(pieces: AsyncIterable<string>): Promise<string[]> {
  let all = '';
  for await (const piece of pieces) all += piece;
  return all.trimEnd().split('\n');
}

test('the log is listed newest first, in pages, and narrowed', async () => {
  await using hub = await makeHub();
  const admin = await person(hub, 'ann', { role: 'admin' });
  for (const id of ['rbk-1', 'rbk-2', 'rbk-3'])
    await note(hub, admin, id, id === 'rbk-2' ? ['break_glass'] : []);
  const first = await listAudit(hub, admin, { limit: 2 });
  expect(first.rows.map(({ entry }) => entry.object.id)).toEqual(['rbk-3', 'rbk-2']);
  const second = await listAudit(hub, admin, { limit: 2, cursor: first.nextCursor });
  expect(second.rows.map(({ entry }) => entry.object.id)).toEqual(['rbk-1']);
  expect((await listAudit(hub, admin, { request: 'rbk-1' })).rows).toHaveLength(1);
  expect((await listAudit(hub, admin, { flag: 'break_glass' })).rows.map(({ entry }) => entry.seq)).toEqual([
    2,
  ]);
  expect((await listAudit(hub, admin, { action: 'request.*' })).rows).toHaveLength(3);
  await expect(listAudit(hub, admin, { action: 'request.eaten' })).rejects.toThrow(
    'there is no audit action',
  );
});

test('only whoever may read the log gets it', async () => {
  await using hub = await makeHub();
  const member = await person(hub, 'mem', { role: 'member' });
  for (const refused of [
    listAudit(hub, member, {}),
    exportAudit(hub, member, { format: 'csv' }),
    verifyAudit(hub, member),
    listCheckpoints(hub, member),
  ])
    await expect(refused).rejects.toThrow('you may not read the audit log');
});

test('an export is an entry itself, and ends where the log ended', async () => {
  await using hub = await makeHub();
  const admin = await person(hub, 'ann', { role: 'admin' });
  await note(hub, admin, 'rbk-1');
  await signCheckpoint(hub);
  const lines = await read(await exportAudit(hub, admin, { format: 'jsonl' }));
  const kinds = lines.map((line) => JSON.parse(line) as { entry?: { action: string }; checkpoint?: unknown });
  expect(kinds.map(({ entry }) => entry?.action ?? 'checkpoint')).toEqual([
    'request.noted',
    'checkpoint',
    'audit.exported',
    'checkpoint',
  ]);
  const csv = await read(await exportAudit(hub, admin, { format: 'csv', request: 'rbk-1' }));
  expect(csv).toHaveLength(2);
});

test('the walk over a sound log says so, with its checkpoints', async () => {
  await using hub = await makeHub();
  const admin = await person(hub, 'ann', { role: 'admin' });
  for (let index = 0; index < 5; index += 1) await note(hub, admin, `rbk-${index}`);
  const signed = await signCheckpoint(hub);
  expect(await signCheckpoint(hub)).toBeUndefined();
  await note(hub, admin, 'rbk-9');
  expect(await verifyAudit(hub, admin)).toMatchObject({
    rows: 6,
    fault: undefined,
    checkpoints: { checked: 1, bad: 0 },
  });
  expect((await listCheckpoints(hub, admin)).map(({ seq }) => seq)).toEqual([signed?.seq]);
});

test('a checkpoint that nobody signed is counted as bad', async () => {
  await using hub = await makeHub();
  const admin = await person(hub, 'ann', { role: 'admin' });
  await note(hub, admin, 'rbk-1');
  const forged = {
    seq: 1,
    hash: 'f'.repeat(64),
    at: 1,
    keyId: 'x',
    signature: Buffer.alloc(64).toString('base64'),
  };
  await hub.store.tx((tx) => tx.audit.addCheckpoint(forged));
  expect((await verifyAudit(hub, admin)).checkpoints).toEqual({ checked: 1, bad: 1 });
});
