import { afterAll, expect, test } from 'vitest';
import { gitBytes } from '../../test/kit/git.ts';
import { makeRepository } from '../../test/kit/repository.ts';
import { encodeCommit, parseCommit } from './commit-codec.ts';
import type { CommitContent, Person } from './commit-codec.ts';

const repo = makeRepository([{ files: { a: '1' } }, { files: { a: '2' } }]);
afterAll(() => repo[Symbol.dispose]());

const tree = repo.git('rev-parse', 'HEAD^{tree}');
const person: Person = { name: 'Jane Doe', email: 'jane@example.com', seconds: 1_767_225_600, zone: '+0130' };
const commit: CommitContent = {
  tree,
  parents: repo.commits,
  author: person,
  committer: { ...person, name: 'Knowngood', seconds: 1_767_225_700, zone: '-0800' },
  message: 'Subject é\n\nBody\n',
};

test('a commit made here has the id that git gives it, and git shows what went in', () => {
  const made = gitBytes(
    repo.dir,
    ['-c', 'user.name=x', 'hash-object', '-w', '-t', 'commit', '--stdin'],
    encodeCommit(commit).content,
  );
  expect(made.toString().trim()).toBe(encodeCommit(commit).oid);
  expect(
    repo.git('show', '-s', '--format=%T|%P|%an|%ae|%ad|%cn|%cd|%B', '--date=raw', encodeCommit(commit).oid),
  ).toBe(
    `${tree}|${repo.commits.join(' ')}|Jane Doe|jane@example.com|1767225600 +0130|Knowngood|1767225700 -0800|Subject é\n\nBody\n`,
  );
});

test('a commit parses back to what it was made of', () => {
  const { oid, content } = encodeCommit(commit);
  expect(parseCommit(oid, content)).toEqual({ ...commit, oid });
  const signed = encodeCommit(commit, '-----BEGIN SSH SIGNATURE-----\nabc\n-----END SSH SIGNATURE-----\n');
  expect(parseCommit(oid, signed.content)).toEqual({ ...commit, oid });
});

test('a name cannot forge a line, an address or a date', () => {
  const forged = { ...person, name: 'Eve\ncommitter Root <root@x> 0 +0000\n<', email: 'e>\n@x.org' };
  const { content } = encodeCommit({ ...commit, author: forged });
  const read = parseCommit('0'.repeat(40), content);
  expect(read.author.email).toBe('e@x.org');
  expect(read.committer).toEqual(commit.committer);
  expect(
    content
      .toString()
      .split('\n')
      .filter((line) => line.startsWith('committer ')),
  ).toHaveLength(1);
  expect(() => encodeCommit({ ...commit, message: 'a\0b' })).toThrow(/NUL/);
  expect(() => encodeCommit({ ...commit, tree: 'HEAD' })).toThrow(/full object ids/);
  expect(() => encodeCommit({ ...commit, author: { ...person, zone: 'Z\nx' } })).toThrow(/time zone/);
});

test('old and odd commits are readable', () => {
  const read = (head: string, message = ''): ReturnType<typeof parseCommit> =>
    parseCommit('0'.repeat(40), Buffer.from(`tree ${tree}\n${head}\n\n${message}`, 'latin1'));
  expect(read('author A <a@b> 12 +0000').committer).toEqual({
    name: '',
    email: '',
    seconds: 0,
    zone: '+0000',
  });
  expect(read('author a@b').author).toMatchObject({ name: 'a@b', email: '', seconds: 0 });
  expect(read('author A <a <b> 99 +51800').author).toMatchObject({
    email: 'a <b',
    seconds: 99,
    zone: '+0000',
  });
  expect(read('author A <a@b> -5 +0000').author.seconds).toBe(0);
  expect(read('author A <a@b>> 7 -0130').author).toMatchObject({ email: 'a@b>', seconds: 7, zone: '-0130' });
  expect(read('author Caf\xe9 <a@b> 7 +0000\nencoding ISO-8859-1', 'Caf\xe9')).toMatchObject({
    author: { name: 'Café' },
    message: 'Café',
  });
  expect(read('author A <a@b> 1 +0000\nmergetag object x\n tree y', 'tree z').message).toBe('tree z');
  expect(parseCommit('0'.repeat(40), Buffer.from(`tree ${tree}\nauthor A <a@b> 1 +0000\n`)).message).toBe('');
});

test('a commit without a tree or with a bad parent is corrupt', () => {
  for (const content of ['', 'x', 'tree 12\n\n', `parent ${tree}\n\n`, `tree ${tree}\nparent zz\n\n`])
    expect(() => parseCommit(tree, Buffer.from(content))).toThrow(/object_corrupt/);
});
