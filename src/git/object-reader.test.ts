import {
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  chmodSync,
  copyFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { gitBytes } from '../../test/kit/git.ts';
import { cloneRepository, makeRepository } from '../../test/kit/repository.ts';
import type { TestRepository } from '../../test/kit/repository.ts';
import type { Oid, TreeObject, Walk } from '../tree/object.ts';
import { drive } from './drive.ts';
import { openObjectReader } from './object-reader.ts';
import type { ObjectReader, ReaderOptions } from './object-reader.ts';
import { readCommit } from './read-commit.ts';
import { openRepository } from './repository.ts';

async function reading(
  repo: TestRepository,
  options?: ReaderOptions,
): Promise<ObjectReader & AsyncDisposable> {
  const reader = openObjectReader(await openRepository(repo.dir), options);
  return { ...reader, [Symbol.asyncDispose]: () => reader.close() };
}
const idOf = (repo: TestRepository, path: string): Oid => repo.git('rev-parse', `HEAD:${path}`);
const looseFile = (repo: TestRepository, oid: Oid): string =>
  join(repo.gitDir, 'objects', oid.slice(0, 2), oid.slice(2));

test('text, binary, BOM, links and large files are told apart', async () => {
  using repo = makeRepository({
    text: 'é\r\n',
    bom: '\uFEFFa: 1\n',
    nul: 'a\0b',
    latin1: Uint8Array.of(0xe9),
    link: { link: 'text' },
    large: 'x'.repeat(2000),
    fits: 'y'.repeat(1000),
    empty: '',
  });
  await using reader = await reading(repo, { textLimit: 1000 });
  const read = async (path: string): Promise<unknown> =>
    (await reader.read([idOf(repo, path)])).values().next().value;
  expect(await read('text')).toEqual({ type: 'blob', size: 4, text: 'é\r\n' });
  expect(await read('bom')).toMatchObject({ text: '\uFEFFa: 1\n' });
  expect(await read('nul')).toEqual({ type: 'blob', size: 3, text: undefined });
  expect(await read('latin1')).toEqual({ type: 'blob', size: 1, text: undefined });
  expect(await read('link')).toMatchObject({ text: 'text' });
  expect(await read('large')).toEqual({ type: 'blob', size: 2000, text: undefined });
  expect(await read('fits')).toMatchObject({ size: 1000, text: 'y'.repeat(1000) });
  expect(await read('empty')).toEqual({ type: 'blob', size: 0, text: '' });
  expect(await reader.describe(idOf(repo, 'large'))).toMatchObject({ type: 'blob', size: 2000 });
  expect(await reader.describe('1'.repeat(40))).toBeUndefined();
});

function* filesOf(root: Oid): Walk<Map<string, string>> {
  const files = new Map<string, string>();
  for (let level = new Map([['', root]]); level.size > 0;) {
    const objects = yield [...level.values()];
    const next = new Map<string, Oid>();
    for (const [path, oid] of level) {
      const object = objects.get(oid);
      if (object?.type === 'tree')
        for (const entry of object.entries) next.set(`${path}/${entry.name}`, entry.oid);
      else files.set(path, object?.text ?? '');
    }
    level = next;
  }
  return files;
}

test('a walk over hundreds of files is answered level by level, by one git', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 600 }, (_, index) => [
      `d${index % 7}/e${index % 3}/f${index}`,
      `${index}\n`.repeat(index),
    ]),
  );
  using repo = makeRepository(files);
  await using reader = await reading(repo);
  const { tree } = await readCommit(reader, repo.commits[0]!);
  const pid = reader.pid();
  const found = await drive(reader, filesOf(tree));
  expect(found).toEqual(new Map(Object.entries(files).map(([path, text]) => [`/${path}`, text])));
  expect(reader.pid()).toBe(pid);
});

test('a commit reads with its persons, and what is no commit or no tree is refused by its type', async () => {
  using repo = makeRepository([
    { files: { a: '1' } },
    { files: { a: '2' }, author: 'Jane <jane@example.com>' },
  ]);
  await using reader = await reading(repo);
  const [first, head] = [repo.commits[0]!, repo.commits[1]!];
  expect(await readCommit(reader, head)).toMatchObject({
    oid: head,
    parents: [first],
    author: { name: 'Jane', email: 'jane@example.com', seconds: 1_767_225_660, zone: '+0000' },
    message: 'Commit 2',
  });
  await expect(readCommit(reader, idOf(repo, 'a'))).rejects.toMatchObject({
    code: 'object_unexpected',
    facts: { actual: 'blob', expected: 'commit' },
  });
  await expect(reader.read([head])).rejects.toMatchObject({ code: 'object_unexpected' });
  await expect(reader.readRaw('HEAD')).rejects.toThrow(/full id/);
});

test('objects that were written or repacked after the reader started are found', async () => {
  using repo = makeRepository({ a: '1' });
  await using reader = await reading(repo, { cacheBytes: 0 });
  await reader.read([idOf(repo, 'a')]);
  const oid = gitBytes(repo.dir, ['hash-object', '-w', '--stdin'], 'new').toString().trim();
  expect((await reader.read([oid])).get(oid)).toMatchObject({ text: 'new' });
  repo.git('repack', '-adq');
  expect((await reader.read([idOf(repo, 'a')])).size).toBe(1);
});

test('a git that is killed is replaced, and what was asked is answered', async () => {
  using repo = makeRepository({ a: '1'.repeat(100_000), b: '2', c: '3' });
  await using reader = await reading(repo, { cacheBytes: 0 });
  for (let round = 0; round < 5; round++) {
    await reader.read([idOf(repo, 'b')]);
    const answers = ['a', 'b', 'c'].map((path) => reader.read([idOf(repo, path)]));
    await Promise.resolve();
    process.kill(reader.pid()!, 'SIGKILL');
    const sizes = (await Promise.all(answers)).map((read) => [...read.values()].map((object) => object.type));
    expect(sizes).toEqual([['blob'], ['blob'], ['blob']]);
  }
});

test('a git that dies again and again is given up on, and the next question starts afresh', async () => {
  using repo = makeRepository({ a: '1' });
  await using reader = await reading(repo);
  const oid = idOf(repo, 'a');
  const config = join(repo.gitDir, 'config');
  const sound = readFileSync(config);
  writeFileSync(config, '[core\n');
  await expect(reader.read([oid])).rejects.toMatchObject({
    code: 'git_failed',
    facts: { reason: expect.stringContaining('bad config') as unknown },
  });
  writeFileSync(config, sound);
  expect((await reader.read([oid])).get(oid)).toMatchObject({ text: '1' });
});

test('missing and corrupt objects are refused alone, whatever the damage', async () => {
  const names = ['truncated', 'garbage', 'empty', 'swapped', 'flipped', 'gone', 'fine', 'other'];
  using repo = makeRepository(Object.fromEntries(names.map((name) => [name, `${name}\n`.repeat(500)])));
  const ids = new Map(names.map((name) => [name, idOf(repo, name)]));
  const id = (name: string): Oid => ids.get(name)!;
  const file = (name: string): string => looseFile(repo, id(name));
  for (const name of names) chmodSync(file(name), 0o644);
  truncateSync(file('truncated'), statSync(file('truncated')).size - 10);
  writeFileSync(file('garbage'), 'garbage');
  writeFileSync(file('empty'), '');
  copyFileSync(file('fine'), file('swapped'));
  const bytes = readFileSync(file('flipped'));
  bytes[bytes.length - 3]! ^= 0x10;
  writeFileSync(file('flipped'), bytes);
  rmSync(file('gone'));
  await using reader = await reading(repo);
  const answers = await Promise.allSettled(names.map((name) => reader.read([id(name)])));
  const verdicts = answers.map((answer) =>
    answer.status === 'fulfilled' ? 'read' : (answer.reason as { code: string }).code,
  );
  const corrupt = Array.from({ length: 5 }, () => 'object_corrupt');
  expect(verdicts).toEqual([...corrupt, 'object_missing', 'read', 'read']);
  expect((await reader.read([id('fine')])).size).toBe(1);
});

test('flipped bytes in a pack never come back as content', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `f${index}`);
  using repo = makeRepository(
    Object.fromEntries(names.map((name, index) => [name, `${name} ${index * 7919}\n`.repeat(200)])),
  );
  const ids = names.map((name) => idOf(repo, name));
  repo.git('repack', '-adq');
  const folder = join(repo.gitDir, 'objects/pack');
  const pack = join(
    folder,
    readdirSync(folder).find((name) => name.endsWith('.pack'))!,
  );
  chmodSync(pack, 0o644);
  const bytes = readFileSync(pack);
  for (let at = 200; at < bytes.length - 200; at += 97) bytes[at]! ^= 0x55;
  writeFileSync(pack, bytes);
  await using reader = await reading(repo);
  for (const [index, answer] of (await Promise.allSettled(ids.map((oid) => reader.read([oid])))).entries()) {
    const verdict =
      answer.status === 'fulfilled'
        ? answer.value.get(ids[index]!)
        : (answer.reason as { code: string }).code;
    const sound = { type: 'blob', text: `${names[index]} ${index * 7919}\n`.repeat(200) };
    expect([sound, 'object_corrupt', 'object_missing']).toContainEqual(
      typeof verdict === 'object'
        ? { type: verdict.type, text: (verdict as { text?: string }).text }
        : verdict,
    );
  }
});

test('objects of an alternate are read like own ones', async () => {
  using origin = makeRepository({ a: 'far' });
  using shared = cloneRepository(origin, '--shared');
  await using reader = await reading(shared);
  const oid = idOf(origin, 'a');
  expect((await reader.read([oid])).get(oid)).toMatchObject({ text: 'far' });
});

test('replacements are not followed: an id always means its own bytes', async () => {
  using repo = makeRepository({ a: 'own', b: 'other' });
  repo.git('replace', idOf(repo, 'a'), idOf(repo, 'b'));
  await using reader = await reading(repo);
  const oid = idOf(repo, 'a');
  expect((await reader.read([oid])).get(oid)).toMatchObject({ text: 'own' });
});

test('what a partial clone left out is fetched, or called missing when offline', async () => {
  using origin = makeRepository({ a: 'content' });
  origin.git('config', 'uploadpack.allowFilter', 'true');
  origin.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  using clone = cloneRepository(origin, '--filter=blob:none', '--no-checkout');
  const oid = idOf(origin, 'a');
  await using offline = await reading(clone, { lazyFetch: false });
  await expect(offline.read([oid])).rejects.toMatchObject({ code: 'object_missing', facts: { oid } });
  await using online = await reading(clone);
  expect((await online.read([oid])).get(oid)).toMatchObject({ text: 'content' });
});

test('trees that were read are remembered', async () => {
  using repo = makeRepository({ 'a/b': '1' });
  await using reader = await reading(repo);
  const root = repo.git('rev-parse', 'HEAD^{tree}');
  const first = (await reader.read([root])).get(root) as TreeObject;
  expect((await reader.read([root])).get(root)).toBe(first);
});

test('a program that forgets to close its reader still ends', () => {
  using repo = makeRepository({ a: '1' });
  const program = `
    import { openRepository } from '${join(import.meta.dirname, 'repository.ts')}';
    import { openObjectReader } from '${join(import.meta.dirname, 'object-reader.ts')}';
    const reader = openObjectReader(await openRepository('${repo.dir}'));
    const found = await reader.read(['${idOf(repo, 'a')}']);
    process.stdout.write([...found.values()][0].text);
  `;
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', program], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect([status, stdout]).toEqual([0, '1']);
});

test('a closed reader refuses, and closing twice is harmless', async () => {
  using repo = makeRepository({ a: '1' });
  const reader = await reading(repo);
  const pending = reader.read([idOf(repo, 'a')]).catch((error: unknown) => error);
  await reader.close();
  await reader.close();
  expect(await pending).toMatchObject({ code: 'git_failed' });
  await expect(reader.read([idOf(repo, 'a')])).rejects.toMatchObject({ code: 'git_failed' });
});
