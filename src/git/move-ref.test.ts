import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { cloneRepository, makeRepository } from '../../test/kit/repository.ts';
import type { TestRepository } from '../../test/kit/repository.ts';
import { runProgram } from '../../test/kit/run-program.ts';
import { armFailPoints } from '../std/fail-point.ts';
import { openRefMover } from './move-ref.ts';
import type { RefMover } from './move-ref.ts';
import { openRepository } from './repository.ts';

const history = [
  { files: { a: '1' } },
  { files: { a: '2' } },
  { files: { a: '3' }, branch: 'side', from: 1 },
];
const ref = 'refs/heads/main';

async function moving(
  repo: TestRepository,
  owned = true,
): Promise<RefMover & AsyncDisposable & { first: string; head: string; side: string }> {
  const mover = openRefMover(await openRepository(repo.dir, { owned }), 'rollback by test');
  const [first = '', head = '', side = ''] = repo.commits;
  return { ...mover, first, head, side, [Symbol.asyncDispose]: () => mover.close() };
}
const onDisk = { placed: Promise.resolve(), durable: Promise.resolve() };
const tip = (repo: TestRepository): string => repo.git('rev-parse', ref);
const note = (repo: TestRepository): { child: number } =>
  JSON.parse(readFileSync(join(repo.gitDir, 'knowngood-ref-move.json'), 'utf8')) as { child: number };

afterEach(() => armFailPoints(undefined));

test('a ref moves from what is expected, and the reflog says by whom', async () => {
  using repo = makeRepository(history);
  await using mover = await moving(repo);
  await mover.move({ ref, from: mover.head, to: mover.side });
  await mover.move({ ref, from: mover.side, to: mover.head });
  expect(tip(repo)).toBe(mover.head);
  expect(repo.git('reflog', '--format=%gn %gs', 'main')).toBe(
    'Knowngood rollback by test\nKnowngood rollback by test',
  );
});

test('a lost race names what is there now, changes nothing, and the next move works', async () => {
  using repo = makeRepository(history);
  await using mover = await moving(repo);
  const { first, head, side } = mover;
  const lost = { code: 'ref_moved', facts: { ref, expected: first, actual: head } };
  await expect(mover.move({ ref, from: first, to: side })).rejects.toMatchObject(lost);
  const exists = { code: 'ref_moved', facts: { expected: '', actual: head } };
  await expect(mover.move({ ref, from: undefined, to: side })).rejects.toMatchObject(exists);
  const gone = { code: 'ref_moved', facts: { actual: '' } };
  await expect(mover.move({ ref: 'refs/heads/gone', from: first, to: side })).rejects.toMatchObject(gone);
  expect(tip(repo)).toBe(head);
  await mover.move({ ref, from: head, to: side });
  expect(tip(repo)).toBe(side);
});

test('a branch is locked while its commit is on its way to the disk, and does not move when that fails', async () => {
  using repo = makeRepository(history);
  await using mover = await moving(repo);
  const { head, side } = mover;
  const disk = Promise.withResolvers<undefined>();
  const locked = new Promise((resolve) => {
    armFailPoints(async (point) => {
      if (point === 'git.ref.prepared') resolve(point);
    });
  });
  const moved = mover.move({
    ref,
    from: head,
    to: side,
    when: { placed: disk.promise, durable: disk.promise },
  });
  await locked;
  expect(existsSync(join(repo.gitDir, `${ref}.lock`))).toBe(true);
  expect(tip(repo)).toBe(head);
  disk.reject(new Error('the disk is gone'));
  await expect(moved).rejects.toThrow('the disk is gone');
  expect(tip(repo)).toBe(head);
  await mover.move({ ref, from: head, to: side, when: onDisk });
  expect(tip(repo)).toBe(side);
});

test('of many movers exactly one wins', async () => {
  using repo = makeRepository(history);
  const movers = await Promise.all([1, 2, 3].map(() => moving(repo, false)));
  const { head, side } = movers[0]!;
  const outcomes = await Promise.allSettled(movers.map(({ move }) => move({ ref, from: head, to: side })));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(tip(repo)).toBe(side);
  await Promise.all(movers.map(({ close }) => close()));
});

test('a new branch with folders in its name is made', async () => {
  using repo = makeRepository(history);
  await using mover = await moving(repo);
  await mover.move({ ref: 'refs/heads/x/y/z', from: undefined, to: mover.first });
  expect(repo.git('rev-parse', 'x/y/z')).toBe(mover.first);
});

test('what a branch cannot point to is refused', async () => {
  using repo = makeRepository(history);
  await using mover = await moving(repo);
  const absent = 'f'.repeat(40);
  await expect(mover.move({ ref, from: mover.head, to: absent })).rejects.toMatchObject({
    code: 'object_missing',
    facts: { oid: absent },
  });
  const tree = repo.git('rev-parse', 'HEAD^{tree}');
  await expect(mover.move({ ref, from: mover.head, to: tree })).rejects.toMatchObject({ code: 'git_failed' });
  await expect(mover.move({ ref: 'refs/heads/a..b', from: undefined, to: mover.head })).rejects.toMatchObject(
    {
      code: 'git_failed',
    },
  );
  await expect(mover.move({ ref: 'main', from: mover.head, to: mover.side })).rejects.toThrow(/in full/);
  await expect(mover.move({ ref, from: 'HEAD', to: mover.side })).rejects.toThrow(/full ids/);
  writeFileSync(join(repo.gitDir, ref), '');
  await expect(mover.move({ ref, from: mover.head, to: mover.side })).rejects.toMatchObject({
    code: 'git_failed',
    facts: { reason: expect.stringContaining('reference broken') as unknown },
  });
});

test('a git killed before it commits leaves the ref old; its lock is removed and the move made after all', async () => {
  using repo = makeRepository(history);
  await using mover = await moving(repo);
  let kills = 0;
  armFailPoints(async (point) => {
    if (point !== 'git.ref.prepared' || kills > 0) return;
    kills += 1;
    process.kill(note(repo).child, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(readFileSync(join(repo.gitDir, `${ref}.lock`), 'utf8').trim()).toBe(mover.side);
    expect(tip(repo)).toBe(mover.head);
  });
  await mover.move({ ref, from: mover.head, to: mover.side });
  expect([kills, tip(repo)]).toEqual([1, mover.side]);
});

test('kill -9 of ourselves at any step leaves the ref old or new, and the next move works', async () => {
  using repo = makeRepository(history);
  const [head = '', side = ''] = repo.commits.slice(1);
  const ways = [
    { owned: true, placed: true },
    { owned: true, placed: false },
    { owned: false, placed: true },
  ];
  for (const { owned, placed } of ways)
    for (const point of ['git.ref.prepared', 'git.ref.moved', 'git.ref.durable']) {
      expect(await dieAt(repo, { point, owned, placed, from: head, to: side })).toBe('SIGKILL');
      await using mover = await moving(repo, owned);
      const now = tip(repo);
      expect(now).toBe(point === 'git.ref.prepared' ? head : side);
      await mover.move({ ref, from: now, to: repo.commits[0]! });
      await mover.move({ ref, from: repo.commits[0], to: head });
    }
});

interface Death {
  readonly point: string;
  readonly owned: boolean;
  /** The commit was written just now, so that the branch is locked without asking git. */
  readonly placed: boolean;
}

async function dieAt(
  repo: TestRepository,
  { point, owned, placed, ...ends }: Death & { from: string; to: string },
): Promise<unknown> {
  const source = `
    import { armFailPoints } from '../std/fail-point.ts';
    import { openRefMover } from './move-ref.ts';
    import { openRepository } from './repository.ts';
    armFailPoints((point) => {
      if (point === ${JSON.stringify(point)}) process.kill(process.pid, 'SIGKILL');
    });
    const repository = await openRepository(${JSON.stringify(repo.dir)}, { owned: ${String(owned)} });
    const when = ${placed ? '{ placed: Promise.resolve(), durable: Promise.resolve() }' : 'undefined'};
    await openRefMover(repository).move({ ...${JSON.stringify({ ref, ...ends })}, when });
  `;
  const args = ['--input-type=module-typescript', '-e', source];
  const { signal, stderr } = await runProgram(process.execPath, args, { cwd: import.meta.dirname });
  return signal ?? stderr;
}

test('an idle git that was killed is replaced without a word', async () => {
  using repo = makeRepository(history);
  await using mover = await moving(repo);
  await mover.move({ ref, from: mover.head, to: mover.side });
  process.kill(note(repo).child, 'SIGKILL');
  await mover.move({ ref, from: mover.side, to: mover.first });
  expect(tip(repo)).toBe(mover.first);
});

test('a lock whose holder may be alive is left alone and named', async () => {
  using repo = makeRepository(history);
  await using mover = await moving(repo);
  const lock = join(repo.gitDir, `${ref}.lock`);
  const locked = { code: 'ref_locked', facts: { ref, lock } };
  using sleeper = holder();
  const started = readFileSync(`/proc/${sleeper.pid}/stat`, 'latin1').split(' ')[21];
  const noted = { child: sleeper.pid, started, ref, to: mover.side };
  writeFileSync(join(repo.gitDir, 'knowngood-ref-move.json'), JSON.stringify(noted));
  writeFileSync(lock, `${mover.side}\n`);
  await expect(mover.move({ ref, from: mover.head, to: mover.side })).rejects.toMatchObject(locked);
  // Somebody else's, full or just made.
  for (const content of ['', `${mover.first}\n`]) {
    writeFileSync(lock, content);
    await expect(mover.move({ ref, from: mover.head, to: mover.side })).rejects.toMatchObject(locked);
  }
  expect(existsSync(lock)).toBe(true);
});

const holder = (): { pid: number } & Disposable => {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  return { pid: child.pid ?? 0, [Symbol.dispose]: () => void child.kill() };
};

test('locks that a dead git left empty go after a moment', async () => {
  using repo = makeRepository(history);
  await using mover = await moving(repo);
  const locks = [join(repo.gitDir, 'HEAD.lock'), join(repo.gitDir, `${ref}.lock`)];
  for (const lock of locks) writeFileSync(lock, '');
  const noted = { child: 2 ** 30, started: '1', ref, to: mover.side };
  writeFileSync(join(repo.gitDir, 'knowngood-ref-move.json'), JSON.stringify(noted));
  await mover.move({ ref, from: mover.head, to: mover.side });
  expect([tip(repo), ...locks.map(existsSync)]).toEqual([mover.side, false, false]);
});

test('a lock from before the machine started is removed', async () => {
  using repo = makeRepository(history);
  await using mover = await moving(repo);
  const lock = join(repo.gitDir, `${ref}.lock`);
  writeFileSync(lock, '');
  utimesSync(lock, 1000, 1000);
  await mover.move({ ref, from: mover.head, to: mover.side });
  expect([tip(repo), existsSync(lock)]).toEqual([mover.side, false]);
});

test('in a clone of somebody no lock is ever removed', async () => {
  using repo = makeRepository(history);
  using clone = cloneRepository(repo);
  await using mover = await moving(clone, false);
  const lock = join(clone.gitDir, `${ref}.lock`);
  writeFileSync(lock, '');
  utimesSync(lock, 1000, 1000);
  await expect(mover.move({ ref, from: mover.head, to: mover.first })).rejects.toMatchObject({
    code: 'ref_locked',
    facts: { lock },
  });
  expect([existsSync(lock), existsSync(join(clone.gitDir, 'knowngood-ref-move.json'))]).toEqual([
    true,
    false,
  ]);
});

test('hooks of the repository do not run', async () => {
  using repo = makeRepository(history);
  const hook = join(repo.gitDir, 'hooks/reference-transaction');
  spawnSync('mkdir', ['-p', join(repo.gitDir, 'hooks')]);
  writeFileSync(hook, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  await using mover = await moving(repo, false);
  await mover.move({ ref, from: mover.head, to: mover.side });
  expect(tip(repo)).toBe(mover.side);
});
