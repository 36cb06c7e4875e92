import { invariant } from '../std/invariant.ts';
import type { Oid } from '../tree/object.ts';
import { encodeObject, isOid } from './encoded-object.ts';
import type { EncodedObject } from './encoded-object.ts';
import { GitError } from './git-error.ts';

/** Who did something, and when: `seconds` since 1970 UTC, `zone` such as `+0100`. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly seconds: number;
  readonly zone: string;
}

export interface CommitContent {
  readonly tree: Oid;
  readonly parents: readonly Oid[];
  readonly author: Person;
  readonly committer: Person;
  readonly message: string;
}

export interface Commit extends CommitContent {
  readonly oid: Oid;
}

/** Makes a commit; `signature` is the armoured text over the same commit without it. Same input, same id. */
export function encodeCommit(commit: CommitContent, signature?: string): EncodedObject {
  invariant([commit.tree, ...commit.parents].every(isOid), 'a commit names full object ids');
  invariant(!commit.message.includes('\0'), 'a commit message has no NUL');
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${personLine(commit.author)}`,
    `committer ${personLine(commit.committer)}`,
    ...(signature === undefined ? [] : [`gpgsig ${signature.trimEnd().replaceAll('\n', '\n ')}`]),
  ];
  const message = commit.message.endsWith('\n') ? commit.message : `${commit.message}\n`;
  return encodeObject('commit', Buffer.from(`${lines.join('\n')}\n\n${message}`));
}

function personLine({ name, email, seconds, zone }: Person): string {
  invariant(Number.isSafeInteger(seconds) && seconds >= 0, 'a date is whole seconds since 1970');
  invariant(/^[+-]\d{4}$/.test(zone), 'a time zone looks like +0100');
  const address = withoutCrud(email);
  const shown = withoutCrud(name) || address;
  invariant(shown !== '', 'a commit has a person');
  return `${shown} <${address}> ${seconds} ${zone}`;
}

/** As git does: nothing that would end the name or the line, and no stray punctuation at the ends. */
const withoutCrud = (text: string): string =>
  text.replaceAll(/[<>\p{Cc}\u2028\u2029]/gu, '').replaceAll(/^[\s.,:;"'\\]+|[\s.,:;"'\\]+$/g, '');

/**
 * Reads a commit, tolerantly: persons without a date, odd zones, other encodings and unknown headers are all in old
 * repositories. Throws `object_corrupt` when there is no tree or a parent is malformed.
 */
export function parseCommit(oid: Oid, content: Buffer): Commit {
  const split = content.indexOf('\n\n');
  const headEnd = split < 0 ? content.length : split;
  const head = content.subarray(0, headEnd);
  const rawLines = head.toString('latin1').split('\n');
  const encoding = valueOf(rawLines, 'encoding') ?? 'utf-8';
  const lines = decodeText(head, encoding).split('\n');
  const tree = valueOf(rawLines, 'tree') ?? '';
  const parents = rawLines.filter((line) => line.startsWith('parent ')).map((line) => line.slice(7));
  if (![tree, ...parents].every(isOid))
    throw new GitError('object_corrupt', { oid, reason: 'its tree or parent line is malformed' });
  return {
    oid,
    tree,
    parents,
    author: parsePerson(valueOf(lines, 'author') ?? ''),
    committer: parsePerson(valueOf(lines, 'committer') ?? ''),
    message: split < 0 ? '' : decodeText(content.subarray(split + 2), encoding),
  };
}

const valueOf = (lines: readonly string[], name: string): string | undefined =>
  lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1);

function decodeText(bytes: Buffer, encoding: string): string {
  try {
    return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
}

function parsePerson(line: string): Person {
  // The last `>` ends the address, whatever stands in the name.
  const close = line.lastIndexOf('>');
  const open = line.indexOf('<');
  const wellFormed = open >= 0 && close > open;
  const [, seconds, zone] = /^\s*(\d{1,15})(?:\s+([+-]\d{4}))?(?:\s|$)/.exec(line.slice(close + 1)) ?? [];
  return {
    name: (wellFormed ? line.slice(0, open) : line).trim(),
    email: wellFormed ? line.slice(open + 1, close).trim() : '',
    seconds: seconds === undefined ? 0 : Number(seconds),
    zone: zone ?? '+0000',
  };
}
