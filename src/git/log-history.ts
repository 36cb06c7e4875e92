import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { invariant } from '../std/invariant.ts';
import type { Oid } from '../tree/object.ts';
import { isOid } from './encoded-object.ts';
import { decodeName, encodeName } from './name-bytes.ts';
import type { PathChange } from './path-change.ts';
import { readRawChange } from './path-change.ts';
import type { Repository } from './repository.ts';
import { streamGit } from './stream-git.ts';

/** One commit of a first-parent history with what it changed against its first parent. Times are seconds since 1970. */
export interface LoggedCommit {
  readonly oid: Oid;
  /** The first parent; absent for a root. */
  readonly parent: Oid | undefined;
  readonly tree: Oid;
  readonly author: { readonly name: string; readonly email: string; readonly seconds: number };
  readonly committedSeconds: number;
  readonly subject: string;
  /** What follows the subject, at most 64 KiB of it. */
  readonly body: string;
  /** Within the pathspecs. Empty at the boundary, where there is nothing to compare with. */
  readonly changes: readonly PathChange[];
  /** The history goes on, but not in this shallow clone. */
  readonly boundary: boolean;
}

export interface HistoryOptions {
  /** From `literalPath` and `globPath`; none means everything. */
  readonly pathspecs?: readonly string[];
  /** A commit that is not listed any more, nor what comes before it. */
  readonly after?: Oid;
  readonly limit?: number;
}

/** A pathspec for exactly this file or folder. */
export const literalPath = (path: string): string => `:(top,literal)${path}`;
/** A pathspec in which `*` stays within one segment and `**` does not. */
export const globPath = (pattern: string): string => `:(top,glob)${pattern}`;

/**
 * The first-parent history of a commit, newest first; with pathspecs, only commits that changed such a path. Nothing
 * is kept in memory but the commit at hand. Who stops early stops git.
 */
export async function* logHistory(
  repository: Repository,
  from: Oid,
  options: HistoryOptions = {},
): AsyncGenerator<LoggedCommit, void> {
  const { pathspecs = [], after, limit } = options;
  invariant(isOid(from) && (after === undefined || isOid(after)), 'a history is asked for by full ids');
  invariant(
    pathspecs.every((spec) => spec.startsWith(':(')),
    'pathspecs say how they are meant',
  );
  const grafts = await shallowCommits(repository);
  const most = limit === undefined ? [] : [`--max-count=${limit}`];
  const input = revisionInput(from, after, pathspecs);
  const env = { GIT_LITERAL_PATHSPECS: '0', GIT_GRAFT_FILE: '/dev/null' };
  const items = streamGit(repository, [...command, ...most, ...input.args], { stdin: input.stdin, env });
  let pending: Buffer[] = [];
  for await (const batch of items)
    for (const item of batch) {
      if (startsCommit(pending, item)) {
        yield readCommit(pending, grafts);
        pending = [];
      }
      pending.push(item);
    }
  if (pending.length > 0) yield readCommit(pending, grafts);
}

// Each of these says what the user's configuration might say otherwise.
const command = [
  ['log', '--stdin', '-z', '--raw', '--first-parent', '--diff-merges=first-parent', '--root'],
  ['--no-renames', '--no-abbrev', '--ignore-submodules=none', '-O/dev/null', '--no-follow', '--no-color'],
  ['--no-show-signature', '--no-mailmap', '--no-notes', '--no-decorate', '--encoding=UTF-8'],
  ['--format=tformat:%H%x00%P%x00%T%x00%an%x00%ae%x00%at%x00%ct%x00%s%x00%b%x00'],
].flat();
const fieldCount = 10;

/** Revisions and paths on stdin, where any number fits; a path with a line break can only be an argument. */
function revisionInput(
  from: Oid,
  after: Oid | undefined,
  pathspecs: readonly string[],
): { readonly args: readonly string[]; readonly stdin: Buffer } {
  const revisions = after === undefined ? [from] : [from, `^${after}`];
  const broken = pathspecs.some((spec) => spec.includes('\n'));
  const lines = broken ? revisions : [...revisions, '--', ...pathspecs];
  const stdin = Buffer.concat(lines.map((line) => Buffer.concat([encodeName(line), Buffer.of(10)])));
  return { args: broken ? ['--', ...pathspecs] : [], stdin };
}

/** Past the fields come changes, which begin with a colon; anything else begins the next commit. */
function startsCommit(pending: readonly Buffer[], item: Buffer): boolean {
  const beyond = pending.length - fieldCount;
  if (beyond < 0 || beyond % 2 === 1) return false;
  return !(item[0] === 0x3a || (item[0] === 0x0a && item[1] === 0x3a));
}

function readCommit(items: readonly Buffer[], grafts: ReadonlySet<Oid>): LoggedCommit {
  const text = (index: number): string => decodeName(items[index] ?? Buffer.of());
  const oid = text(0);
  const boundary = grafts.has(oid);
  return {
    oid,
    parent: /^[0-9a-f]+/.exec(text(1))?.[0],
    tree: text(2),
    author: { name: text(3), email: text(4), seconds: Number(text(5)) },
    committedSeconds: Number(text(6)),
    subject: text(7),
    body: decodeName((items[8] ?? Buffer.of()).subarray(0, 65_536)).trimEnd(),
    changes: boundary ? [] : readChanges(items.slice(fieldCount)),
    boundary,
  };
}

function readChanges(items: readonly Buffer[]): readonly PathChange[] {
  const changes: PathChange[] = [];
  for (let at = 0; at + 1 < items.length; at += 2) {
    const meta = (items[at]?.toString('latin1') ?? '').trimStart();
    changes.push(readRawChange(meta, items[at + 1] ?? Buffer.of()));
  }
  return changes;
}

/** The commits at which a shallow clone ends. */
async function shallowCommits(repository: Repository): Promise<ReadonlySet<Oid>> {
  if (!repository.shallow) return new Set();
  return new Set((await readFile(join(repository.commonDir, 'shallow'), 'utf8')).split('\n').filter(Boolean));
}
