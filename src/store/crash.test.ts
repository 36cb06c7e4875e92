import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { databases } from '../../test/kit/databases.ts';
import { auditBeginning, auditChainText } from '../domain/audit/audit-chain.ts';
import { openStore } from './open-store.ts';
import type { Store } from './open-store.ts';

const program = join(import.meta.dirname, '../../test/kit/store-writer.ts');

interface Writer {
  readonly child: ChildProcessWithoutNullStreams;
  /** Numbers that were acknowledged, so far. */
  readonly acknowledged: () => number;
  readonly ended: Promise<unknown>;
}

function startWriter(url: string, name: string, dieAt: string[] = []): Writer {
  const child = spawn(process.execPath, [program, url, name, ...dieAt]);
  let output = '';
  child.stdout.on('data', (part: Buffer) => (output += part.toString()));
  const acknowledged = (): number => Number(output.trim().split('\n').filter(Number).at(-1) ?? 0);
  return { child, acknowledged, ended: once(child, 'exit') };
}

async function untilAcknowledged(writer: Writer, count: number): Promise<void> {
  while (writer.acknowledged() < count && writer.child.exitCode === null) await setTimeout(2);
}

/** Everything of a change is there or nothing; returns how many changes each name saved. */
async function savedBy(store: Store, names: readonly string[]): Promise<Record<string, number>> {
  const rows = await store.audit.after(0, 1_000_000);
  let prev = auditBeginning;
  for (const [index, row] of rows.entries()) {
    expect(row.entry.seq).toBe(index + 1);
    expect(row.prev).toBe(prev);
    expect(row.hash).toBe(createHash('sha256').update(auditChainText(prev, row.entry)).digest('hex'));
    prev = row.hash;
  }
  const saved: Record<string, number> = {};
  for (const name of names) {
    const count = rows.filter(({ entry }) => entry.actor.name === name).length;
    expect(await store.settings.get(`${name} ${count}`)).toBe(count === 0 ? undefined : count);
    expect(await store.settings.get(`${name} ${count + 1}`)).toBeUndefined();
    saved[name] = count;
  }
  expect((await store.outbox.counts()).waiting).toBe(rows.length);
  return saved;
}

describe.each(databases)('a killed server on $kind', (database) => {
  test('what it acknowledged is there, and nothing is there by half', async () => {
    const url = await database.fresh();
    for (const [round, killAfter] of [7, 40, 3].entries()) {
      const writer = startWriter(url, `w${round}`);
      await untilAcknowledged(writer, killAfter);
      writer.child.kill('SIGKILL');
      await writer.ended;
      const store = await openStore({ url });
      const saved = await savedBy(store, [`w${round}`].concat(round === 0 ? [] : ['w0']));
      await store.close();
      const count = saved[`w${round}`] ?? 0;
      // One more may have been saved whose answer was not heard.
      expect(count - writer.acknowledged()).toBeOneOf([0, 1]);
      expect(count).toBeGreaterThanOrEqual(killAfter);
    }
  });

  test.each([
    ['store.commit.before', 4],
    ['store.commit.after', 5],
  ])('killed at %s, %i changes are there', async (dieAt, expected) => {
    const url = await database.fresh();
    const writer = startWriter(url, 'w', [dieAt]);
    await writer.ended;
    const store = await openStore({ url });
    expect(await savedBy(store, ['w'])).toEqual({ w: expected });
    expect(writer.acknowledged()).toBe(4);
    await store.close();
  });
});

describe.each(databases.filter(({ kind }) => kind === 'postgres'))('two servers on $kind', (database) => {
  test('write into one chain, and one that is killed does not stop the other', async () => {
    const url = await database.fresh();
    const writers = ['left', 'right'].map((name) => startWriter(url, name));
    const [left, right] = writers as [Writer, Writer];
    await Promise.all(writers.map((writer) => untilAcknowledged(writer, 30)));
    left.child.kill('SIGKILL');
    await left.ended;
    await untilAcknowledged(right, right.acknowledged() + 30);
    right.child.kill('SIGKILL');
    await right.ended;
    const store = await openStore({ url });
    const saved = await savedBy(store, ['left', 'right']);
    expect((saved['left'] ?? 0) - left.acknowledged()).toBeOneOf([0, 1]);
    expect((saved['right'] ?? 0) - right.acknowledged()).toBeOneOf([0, 1]);
    await store.close();
  });
});
