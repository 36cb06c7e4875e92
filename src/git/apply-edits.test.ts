import * as fc from 'fast-check';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gitBytes } from '../../test/kit/git.ts';
import { makeRepository, readTree } from '../../test/kit/repository.ts';
import type { Edit } from '../tree/edit.ts';
import type { Mode, Oid } from '../tree/object.ts';
import { applyEdits } from './apply-edits.ts';
import { encodeBlob } from './encoded-object.ts';
import { openObjectReader } from './object-reader.ts';
import type { ObjectReader } from './object-reader.ts';
import { openRepository } from './repository.ts';
import { writeObjects } from './write-objects.ts';

const repo = makeRepository({
  'f/x': 'X',
  'f/d/y': 'Y',
  'f/run': { executable: '#!' },
  'f/ln': { link: 'x' },
});
let reader: ObjectReader;
let head: Oid;
let folder: Oid;
beforeAll(async () => {
  reader = openObjectReader(await openRepository(repo.dir));
  head = repo.git('rev-parse', 'HEAD^{tree}');
  folder = repo.git('rev-parse', 'HEAD:f');
});
afterAll(async () => {
  await reader.close();
  repo[Symbol.dispose]();
});

async function apply(base: Oid, edits: readonly Edit[]): Promise<Map<string, string>> {
  const { tree, objects } = await applyEdits(reader, base, edits);
  await writeObjects(reader.repository, objects);
  return readTree(repo, tree);
}
const write = (path: string, text: string, mode: Mode = '100644'): Edit => ({
  kind: 'write',
  path,
  mode,
  text,
});
const drop = (path: string): Edit => ({ kind: 'delete', path });
const put = (path: string, oid: Oid, mode: Mode = '100644'): Edit => ({ kind: 'put', path, mode, oid });

test('one tree is made per folder on the path, and nothing else', async () => {
  const { objects } = await applyEdits(reader, head, [write('f/d/y', 'new'), write('f/d/z', 'Z')]);
  expect(objects.map(({ type }) => type)).toEqual(['blob', 'blob', 'tree', 'tree', 'tree']);
  expect(await apply(head, [write('f/d/y', 'new')])).toEqual(
    new Map([
      ['f/d/y', 'new'],
      ['f/ln', 'x'],
      ['f/run', '#!'],
      ['f/x', 'X'],
    ]),
  );
});

test('edits that change nothing make no object', async () => {
  const x = encodeBlob('X').oid;
  for (const edits of [
    [],
    [write('f/x', 'X')],
    [put('f/x', x)],
    [drop('f/none')],
    [drop('f/x/y')],
    [drop('q/r')],
    [put('f', folder, '040000')],
  ])
    expect(await applyEdits(reader, head, edits)).toEqual({ tree: head, objects: [] });
  const { objects } = await applyEdits(reader, head, [write('f/x', 'X', '100755')]);
  expect(objects.map(({ type }) => type)).toEqual(['tree', 'tree']);
});

test('folders left empty disappear, up to the root', async () => {
  expect([...(await apply(head, [drop('f/d/y')])).keys()]).toEqual(['f/ln', 'f/run', 'f/x']);
  const { tree, objects } = await applyEdits(reader, head, [
    drop('f/d/y'),
    drop('f/x'),
    drop('f/run'),
    drop('f/ln'),
  ]);
  expect(tree).toBe(gitBytes(repo.dir, ['mktree'], '').toString().trim());
  expect(objects.map(({ oid }) => oid)).toEqual([tree]);
  expect((await applyEdits(reader, head, [drop('f')])).tree).toBe(tree);
});

test('a file becomes a folder and a folder a file', async () => {
  expect([...(await apply(head, [write('f', 'file')]))]).toEqual([['f', 'file']]);
  expect([...(await apply(head, [drop('f/d/y'), drop('f/x'), write('f', 'file')]))]).toEqual([['f', 'file']]);
  const opened = await apply(head, [drop('f/x'), write('f/x/inside', '1'), write('f/ln/inside', '2')]);
  expect([...opened.keys()]).toEqual(['f/d/y', 'f/ln/inside', 'f/run', 'f/x/inside']);
});

test('a whole folder is put, then edited inside', async () => {
  const edits = [write('f/d/x', '9'), put('copy', folder, '040000'), drop('copy/d'), write('copy/x', '7')];
  const both = [await apply(head, edits), await apply(head, edits.toReversed())];
  expect(both[0]).toEqual(both[1]);
  expect([...both[0]!.entries()].filter(([path]) => path.startsWith('copy'))).toEqual([
    ['copy/ln', 'x'],
    ['copy/run', '#!'],
    ['copy/x', '7'],
  ]);
});

test('paths that leave the tree or enter .git are refused before anything is read', async () => {
  const paths = [
    '',
    '/etc/passwd',
    '../x',
    'a/../b',
    'a//b',
    'a/',
    './a',
    '.git/config',
    'a/.GIT/x',
    'git~1/x',
    'a\0b',
    'x/'.repeat(3000),
  ];
  for (const path of paths)
    for (const edit of [write(path, ''), drop(path), put(path, folder, '040000')])
      await expect(applyEdits(reader, '0'.repeat(40), [edit])).rejects.toMatchObject({
        code: 'path_outside',
      });
});

test('objects that are not there, or not what their mode says, are never put', async () => {
  const absent = '1'.repeat(40);
  await expect(applyEdits(reader, head, [put('a', absent)])).rejects.toMatchObject({
    code: 'object_missing',
  });
  await expect(applyEdits(reader, head, [put('a', folder)])).rejects.toMatchObject({
    code: 'object_unexpected',
    facts: { actual: 'tree', expected: 'blob' },
  });
  expect((await applyEdits(reader, head, [put('a', absent, '160000')])).objects).toHaveLength(1);
  await expect(applyEdits(reader, head, [write('a', '1'), write('a', '2')])).rejects.toThrow(/one edit/);
  await expect(applyEdits(reader, head, [write('a', '1'), write('a/b', '2')])).rejects.toThrow(
    /inside the file/,
  );
  await expect(applyEdits(reader, head, [write('a', '\ud800')])).rejects.toThrow(/UTF-8/);
});

const segment = fc.constantFrom('a', 'b', 'a.b', 'a-', 'é');
const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
const edit = fc.oneof(
  path.map(drop),
  fc.tuple(path, fc.constantFrom('1', '2', '3')).map(([at, text]) => write(at, text)),
  path.map((at) => put(at, folder, '040000')),
);
const isInside = (inner: string, outer: string): boolean => inner.startsWith(`${outer}/`);

const deletesFirst = (left: Edit, right: Edit): number =>
  left.path.length - right.path.length || (left.kind === 'delete' ? -1 : 1);

/** The same by the plainest means: a list of paths, parents first, and at one path the deletion first. */
function expectedFiles(base: ReadonlyMap<string, string>, edits: readonly Edit[]): Map<string, string> {
  const files = new Map(base);
  for (const one of edits.toSorted(deletesFirst)) {
    const { path: at } = one;
    for (const file of files.keys()) if (file === at || isInside(file, at)) files.delete(file);
    if (one.kind === 'delete') continue;
    for (const file of files.keys()) if (isInside(at, file)) files.delete(file);
    if (one.kind === 'write') files.set(at, one.text);
    else
      for (const [name, text] of [
        ['d/y', 'Y'],
        ['ln', 'x'],
        ['run', '#!'],
        ['x', 'X'],
      ] as const)
        files.set(`${at}/${name}`, text);
  }
  return files;
}

test('any set of edits gives the tree that stock git writes for the same files', async () => {
  const index = join(repo.gitDir, 'index-of-test');
  const cases = fc.tuple(fc.array(edit, { maxLength: 6 }), fc.array(edit, { minLength: 1, maxLength: 8 }));
  await fc.assert(
    fc.asyncProperty(cases, async (pair) => {
      const [first, second] = pair.map((edits) => coherent(edits)) as [Edit[], Edit[]];
      const base = await applyEdits(reader, head, first);
      await writeObjects(reader.repository, base.objects);
      const after = await applyEdits(reader, base.tree, second);
      await writeObjects(reader.repository, after.objects);
      const expected = expectedFiles(expectedFiles(readTree(repo), first), second);
      expect(readTree(repo, after.tree)).toEqual(new Map([...expected].sort(byPath)));
      expect(after.tree).toBe(treeByGit(index, after.tree));
    }),
    { numRuns: 25 },
  );
});

/** Drops what contradicts itself: two puts of one path, or something put inside what is put as a file. */
const coherent = (edits: readonly Edit[]): Edit[] =>
  edits.filter(
    ({ kind, path: at }, index) =>
      kind === 'delete' ||
      edits.every(
        (other, place) =>
          other.kind === 'delete' ||
          ((place >= index || other.path !== at) && !(other.kind === 'write' && isInside(at, other.path))),
      ),
  );
const byPath = ([left]: [string, string], [right]: [string, string]): number =>
  Buffer.compare(Buffer.from(left), Buffer.from(right));

function treeByGit(index: string, tree: Oid): string {
  rmSync(index, { force: true });
  process.env['GIT_INDEX_FILE'] = index;
  try {
    gitBytes(repo.dir, ['update-index', '--index-info'], gitBytes(repo.dir, ['ls-tree', '-r', tree]));
    return repo.git('write-tree');
  } finally {
    delete process.env['GIT_INDEX_FILE'];
  }
}
