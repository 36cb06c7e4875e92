import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { gitBytes } from '../../test/kit/git.ts';
import { makeRepository } from '../../test/kit/repository.ts';
import type { Mode, TreeEntry } from '../tree/object.ts';
import { GitError } from './git-error.ts';
import { decodeName, encodeName } from './name-bytes.ts';
import { encodeTree, parseTree } from './tree-codec.ts';

const repo = makeRepository({ file: 'x\n' });
afterAll(() => repo[Symbol.dispose]());

const oid = '1'.repeat(40);
const types: Record<Mode, string> = {
  '100644': 'blob',
  '100755': 'blob',
  '120000': 'blob',
  '160000': 'commit',
  '040000': 'tree',
};

// Bytes that make sorting and decoding interesting: around the slash, and around the edges of UTF-8.
const interesting = [0x2e, 0x2d, 0x2f + 1, 0x61, 0x62, 0x41, 0x0a, 0x20, 0x7f, 0x80, 0xc3, 0xa9, 0xed, 0xb2];
const byte = fc.oneof(
  fc.constantFrom(...interesting),
  fc.integer({ min: 1, max: 255 }).filter((value) => value !== 0x2f),
);
const nameBytes = fc
  .oneof(
    fc.array(byte, { minLength: 1, maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
    fc
      .string({ unit: 'binary', minLength: 1, maxLength: 4 })
      .filter((text) => !/[/\0]/.test(text))
      .map((text) => Buffer.from(text)),
  )
  .filter((name) => !/^\.{1,2}$/.test(name.toString('latin1')));
const entry = fc.record({
  mode: fc.constantFrom(...(Object.keys(types) as Mode[])),
  name: nameBytes.map(decodeName),
  oid: fc.stringMatching(/^[0-9a-f]{40}$/),
});
const entries = fc.uniqueArray(entry, { maxLength: 12, selector: ({ name }) => name });

test('a tree made here is the tree that git mktree makes, and parses back', () => {
  fc.assert(
    fc.property(fc.array(entries, { minLength: 1, maxLength: 8 }), (trees) => {
      const input = trees.map((tree) => Buffer.concat([...tree.map(mktreeLine), Buffer.from('\0')]));
      const made = gitBytes(repo.dir, ['mktree', '-z', '--missing', '--batch'], Buffer.concat(input));
      const ours = trees.map((tree) => encodeTree(tree));
      expect(ours.map((tree) => tree.oid)).toEqual(made.toString().trim().split('\n'));
      for (const [index, tree] of ours.entries()) {
        const parsed = parseTree(tree.oid, tree.content).entries;
        expect(tree.tree?.entries).toEqual(parsed);
        expect([...parsed].sort(byName)).toEqual([...(trees[index] ?? [])].sort(byName));
      }
    }),
    { numRuns: 25 },
  );
});

const byName = (left: TreeEntry, right: TreeEntry): number => (left.name < right.name ? -1 : 1);
const mktreeLine = ({ mode, name, oid: id }: TreeEntry): Buffer =>
  Buffer.concat([Buffer.from(`${mode} ${types[mode]} ${id}\t`), encodeName(name), Buffer.from('\0')]);

test('every name survives a round trip through text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 12 }), (bytes) => {
      expect(encodeName(decodeName(Buffer.from(bytes)))).toEqual(Buffer.from(bytes));
    }),
    { numRuns: 2000 },
  );
});

test('what parses is what git ls-tree shows', () => {
  using odd = makeRepository({
    'a/x': '1',
    'a.b': '2',
    'a-b': { link: 'x' },
    a0: { executable: '3' },
    'é\n': '4',
  });
  const tree = odd.git('rev-parse', 'HEAD^{tree}');
  const shown = parseTree(tree, gitBytes(odd.dir, ['cat-file', 'tree', tree])).entries.map(
    ({ mode, name, oid: id }) => `${mode} ${types[mode]} ${id}\t${name}\0`,
  );
  expect(shown.join('')).toBe(gitBytes(odd.dir, ['ls-tree', '-z', tree]).toString());
});

test('names that could leave the tree, enter .git or clash are never written', () => {
  const unsafe = [
    '',
    '.',
    '..',
    'a/b',
    'a\0',
    '.git',
    '.GIT',
    '.Git ',
    'git~1',
    'GIT~1.',
    '.git::$INDEX',
    '.g\u200cit',
  ];
  for (const name of [...unsafe, 'x\\.git', '..\\.git\\hooks', '\ud800'])
    expect(() => encodeTree([{ mode: '100644', name, oid }])).toThrow(/path_outside/);
  for (const name of ['.gitignore', '.github', 'git', 'git~2', '...', '-rf', 'a\\b', '__proto__'])
    expect(() => encodeTree([{ mode: '100644', name, oid }])).not.toThrow();
  const twice = ['a', 'a.b', 'a'].map((name, index) => ({ mode: modes[index]!, name, oid }));
  expect(() => encodeTree(twice)).toThrow(/twice/);
});
const modes: Mode[] = ['100644', '100644', '040000'];

test('every unsafe name that git fsck --strict refuses is readable, but is never written', () => {
  using hostile = makeRepository([]);
  const names = ['.git', '.GIT', 'git~1', '..', '.', '.g\u200cit', '.git. .'];
  const trees = names.map((name) => {
    const content = Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.from(oid, 'hex')]);
    const args = ['hash-object', '-w', '--literally', '-t', 'tree', '--stdin'];
    return { name, content, id: gitBytes(hostile.dir, args, content).toString().trim() };
  });
  const { stderr } = spawnSync('git', ['fsck', '--strict'], { cwd: hostile.dir, encoding: 'utf8' });
  for (const { name, content, id } of trees) {
    expect(stderr).toContain(`error in tree ${id}`);
    expect(parseTree(id, content).entries).toEqual([{ mode: '100644', name, oid }]);
    expect(() => encodeTree(parseTree(id, content).entries)).toThrow(/path_outside/);
  }
});

test('odd modes of old repositories read as git reads them', () => {
  const given = ['100664', '100600', '100775', '040000', '120777', '0100644'];
  const content = Buffer.concat(
    given.flatMap((mode, index) => [Buffer.from(`${mode} f${index}\0`), Buffer.from(oid, 'hex')]),
  );
  const read = parseTree(oid, content).entries.map(({ mode }) => mode);
  expect(read).toEqual(['100644', '100644', '100755', '040000', '120000', '100644']);
});

test('malformed bytes are called corrupt, whatever they are', () => {
  const good = encodeTree([{ mode: '100644', name: 'a', oid }]).content;
  for (let length = 1; length < good.length; length++)
    expect(() => parseTree(oid, good.subarray(0, length))).toThrow(/object_corrupt/);
  for (const bad of ['100644 \0', '100694 a\0', ' a\0', '100644 a/b\0', '99999999 a\0'])
    expect(() => parseTree(oid, Buffer.concat([Buffer.from(bad), Buffer.alloc(20)]))).toThrow(
      /object_corrupt/,
    );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      expect(verdict(Buffer.from(bytes))).toMatch(/^(tree|object_corrupt)$/);
    }),
  );
});

function verdict(content: Buffer): string {
  try {
    return parseTree(oid, content).type;
  } catch (error) {
    return error instanceof GitError ? error.code : String(error);
  }
}
