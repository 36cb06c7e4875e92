import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { makeRepository, temporaryFolder } from '../../test/kit/repository.ts';
import type { TestRepository } from '../../test/kit/repository.ts';
import { runProgram } from '../../test/kit/run-program.ts';
import { armFailPoints } from '../std/fail-point.ts';
import type { CommitContent } from './commit-codec.ts';
import { encodeBlob } from './encoded-object.ts';
import { makeFanOuts } from './fan-out.ts';
import { openRefMover } from './move-ref.ts';
import { openObjectReader } from './object-reader.ts';
import { openRepository } from './repository.ts';
import { encodeTree } from './tree-codec.ts';
import { writeCommit } from './write-commit.ts';
import { writeObjects } from './write-objects.ts';

const person = { name: 'Jane', email: 'jane@example.com', seconds: 1_767_225_600, zone: '+0000' };
const blob = encodeBlob('hello\n');
const large = encodeBlob('0123456789\n'.repeat(20_000));
const inner = encodeTree([{ mode: '100644', name: 'file', oid: blob.oid }]);
const root = encodeTree([
  { mode: '040000', name: 'inner', oid: inner.oid },
  { mode: '100755', name: 'large', oid: large.oid },
]);
const objects = [blob, large, inner, root];
const commitOn = (repo: TestRepository): CommitContent => ({
  tree: root.oid,
  parents: repo.commits,
  author: person,
  committer: person,
  message: 'Rollback\n',
});
const loose = (repo: TestRepository, oid: string): string =>
  join(repo.gitDir, 'objects', oid.slice(0, 2), oid.slice(2));
const fsck = (repo: TestRepository): string => repo.git('fsck', '--strict', '--no-dangling');
const leftovers = (repo: TestRepository): string[] =>
  readdirSync(join(repo.gitDir, 'objects'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.includes('tmp_obj'),
  );

afterEach(() => armFailPoints(undefined));

test('a commit and its objects are there, as git reads them, with git’s permissions', async () => {
  using repo = makeRepository({ old: '1' });
  const repository = await openRepository(repo.dir);
  const oid = await writeCommit(repository, commitOn(repo), objects);
  repo.git('update-ref', 'refs/heads/main', oid);
  expect(fsck(repo)).toBe('');
  expect(repo.git('show', `${oid}:inner/file`)).toBe('hello');
  expect(repo.git('cat-file', '-s', `${oid}:large`)).toBe('220000');
  expect(statSync(loose(repo, oid)).mode & 0o777).toBe(0o444);
  expect(leftovers(repo)).toEqual([]);
});

test('the same input gives the same id, and writing again is harmless', async () => {
  using repo = makeRepository({ old: '1' });
  const repository = await openRepository(repo.dir);
  const first = await writeCommit(repository, commitOn(repo), objects);
  expect(await writeCommit(repository, commitOn(repo), [...objects, ...objects])).toBe(first);
  repo.git('update-ref', 'refs/heads/main', first);
  repo.git('repack', '-adq');
  expect(await writeCommit(repository, commitOn(repo), objects)).toBe(first);
  expect(fsck(repo)).toBe('');
});

test('from a linked worktree, objects and branches go to the repository they belong to', async () => {
  using repo = makeRepository({ old: '1' }, { bare: false });
  const linked = join(temporaryFolder('linked'), 'tree');
  repo.git('worktree', 'add', '-q', '-b', 'side', linked);
  const repository = await openRepository(linked);
  const oid = await writeCommit(repository, commitOn(repo), objects);
  const mover = openRefMover(repository);
  await mover.move({ ref: 'refs/heads/made/here', from: undefined, to: oid });
  await mover.close();
  expect([repo.git('rev-parse', 'made/here'), fsck(repo)]).toEqual([oid, '']);
});

test('an object that a power cut emptied is healed by writing it again', async () => {
  using repo = makeRepository({ old: '1' });
  const repository = await openRepository(repo.dir);
  await writeObjects(repository, objects);
  chmodSync(loose(repo, inner.oid), 0o644);
  truncateSync(loose(repo, inner.oid), 0);
  expect(() => fsck(repo)).toThrow(/empty/);
  await writeObjects(repository, objects);
  expect(fsck(repo)).toBe('');
});

test('new folders get the permissions of the objects folder', async () => {
  using repo = makeRepository({ old: '1' });
  chmodSync(join(repo.gitDir, 'objects'), 0o2775);
  await writeObjects(await openRepository(repo.dir), [large]);
  expect(statSync(join(loose(repo, large.oid), '..')).mode & 0o7777).toBe(0o2775);
});

test('a failure leaves no temporary file, no torn object, and says why', async () => {
  using repo = makeRepository({ old: '1' });
  const repository = await openRepository(repo.dir);
  const full = Object.assign(new Error('write'), { code: 'ENOSPC', syscall: 'write' });
  let left = 3;
  armFailPoints((point) => {
    if (point === 'git.object.written' && --left === 0) throw full;
  });
  await expect(writeCommit(repository, commitOn(repo), objects)).rejects.toMatchObject({
    code: 'repository_unwritable',
    facts: { path: repo.dir, reason: 'no space is left on the disk' },
  });
  expect(leftovers(repo)).toEqual([]);
  expect(fsck(repo)).toBe('');
  armFailPoints(undefined);
  const blocked = temporaryFolder('blocked');
  mkdirSync(join(blocked, 'objects'));
  writeFileSync(join(blocked, 'objects', blob.oid.slice(0, 2)), 'a file where a folder should be');
  await expect(writeObjects({ ...repository, commonDir: blocked }, [blob])).rejects.toMatchObject({
    code: 'repository_unwritable',
  });
});

test('kill -9 at every step leaves whole objects only, and the next write goes through', async () => {
  const points = ['git.object.written', 'git.objects.staged', 'git.object.placed', 'git.objects.durable'];
  using repo = makeRepository({ old: '1' });
  const repository = await openRepository(repo.dir);
  for (const point of points) {
    expect(await dieAt(repo, point)).toBe('SIGKILL');
    expect(repo.git('fsck', '--strict')).not.toMatch(/missing|broken|error/);
  }
  expect(leftovers(repo).length).toBeGreaterThan(0);
  const oid = await writeCommit(repository, commitOn(repo), objects);
  repo.git('update-ref', 'refs/heads/main', oid);
  repo.git('prune', '--expire=now');
  expect([leftovers(repo), fsck(repo)]).toEqual([[], '']);
});

async function dieAt(repo: TestRepository, point: string): Promise<unknown> {
  const source = `
    import { armFailPoints } from '../std/fail-point.ts';
    import { encodeBlob } from './encoded-object.ts';
import { makeFanOuts } from './fan-out.ts';
    import { openRepository } from './repository.ts';
    import { encodeTree } from './tree-codec.ts';
    import { writeCommit } from './write-commit.ts';
    const blob = encodeBlob(${JSON.stringify(point)});
    const tree = encodeTree([{ mode: '100644', name: 'f', oid: blob.oid }]);
    const person = ${JSON.stringify(person)};
    const commit = { tree: tree.oid, parents: [], author: person, committer: person, message: 'x' };
    let count = 0;
    armFailPoints((point) => {
      if (point === ${JSON.stringify(point)} && (++count === 2 || point.includes('objects')))
        process.kill(process.pid, 'SIGKILL');
    });
    await writeCommit(await openRepository(${JSON.stringify(repo.dir)}), commit, [blob, tree]);
  `;
  const args = ['--input-type=module-typescript', '-e', source];
  const { signal, stderr } = await runProgram(process.execPath, args, { cwd: import.meta.dirname });
  return signal ?? stderr;
}

test('a signed commit is one that git verify-commit trusts, and its id is stable', async () => {
  using repo = makeRepository({ old: '1' });
  const folder = temporaryFolder('keys');
  const key = join(folder, 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', key]);
  const repository = await openRepository(repo.dir);
  const signed = await writeCommit(repository, commitOn(repo), objects, { signingKey: key });
  expect(await writeCommit(repository, commitOn(repo), objects, { signingKey: key })).toBe(signed);
  const allowed = join(folder, 'allowed');
  writeFileSync(allowed, `jane@example.com ${readFileSync(`${key}.pub`, 'utf8')}`);
  const trust = ['-c', `gpg.ssh.allowedSignersFile=${allowed}`];
  expect(() => repo.git(...trust, 'verify-commit', signed)).not.toThrow();
  const unsigned = await writeCommit(repository, commitOn(repo), objects);
  expect(() => repo.git(...trust, 'verify-commit', unsigned)).toThrow(/Command failed/);
  repo.git('update-ref', 'refs/heads/main', signed);
  expect(fsck(repo)).toBe('');
  await expect(
    writeCommit(repository, commitOn(repo), objects, { signingKey: join(folder, 'absent') }),
  ).rejects.toMatchObject({ code: 'signing_failed' });
});

test('the folders of loose objects are made ahead, as accessible as their parent', async () => {
  using repo = makeRepository({ old: '1' });
  const objectsDir = join(repo.gitDir, 'objects');
  chmodSync(objectsDir, 0o2775);
  const repository = await openRepository(repo.dir);
  await makeFanOuts(repository);
  const folders = readdirSync(objectsDir).filter((name) => /^[0-9a-f]{2}$/.test(name));
  expect(folders).toHaveLength(256);
  const modes = folders.map((name) => statSync(join(objectsDir, name)).mode & 0o7777);
  expect(modes.filter((mode) => mode === 0o2775).length).toBeGreaterThan(250);
  repo.git('gc', '--quiet', '--prune=now');
  const oid = await writeCommit(repository, commitOn(repo), objects);
  repo.git('update-ref', 'refs/heads/main', oid);
  expect(fsck(repo)).toBe('');
});

test('a reader knows what was written without asking git', async () => {
  using repo = makeRepository({ old: '1' });
  const repository = await openRepository(repo.dir);
  const reader = openObjectReader(repository);
  const oid = await writeCommit(repository, commitOn(repo), objects, { reader });
  const read = await reader.read([root.oid, inner.oid, blob.oid]);
  expect((await reader.readRaw(oid)).type).toBe('commit');
  expect(reader.pid()).toBe(undefined);
  const fresh = openObjectReader(repository);
  expect(read).toEqual(await fresh.read([root.oid, inner.oid, blob.oid]));
  await Promise.all([reader.close(), fresh.close()]);
});
