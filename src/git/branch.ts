import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Oid } from '../tree/object.ts';
import { GitError, oneLine } from './git-error.ts';
import type { Repository } from './repository.ts';
import { requireGit, runGit } from './run-git.ts';

/** Where a branch is the one being worked on: in this worktree, in another one, or in none. */
export type CheckedOut =
  { readonly kind: 'here' | 'nowhere' } | { readonly kind: 'elsewhere'; readonly worktree: string };

/** The branch of a remote that a local branch follows. */
export interface Upstream {
  readonly remote: string;
  /** Its full name over there, such as `refs/heads/main`. */
  readonly ref: string;
  /** The local copy, such as `refs/remotes/origin/main`; absent when no refspec of the remote covers it. */
  readonly tracking: string | undefined;
}

export interface Branch {
  readonly name: string;
  readonly ref: string;
  readonly tip: Oid;
  /** Absent too when the branch follows another local branch. */
  readonly upstream: Upstream | undefined;
  readonly checkedOut: CheckedOut;
}

/**
 * The named branch, or the one HEAD is on. Throws `branch_malformed`, `branch_unknown`, `branch_detached`,
 * `branch_unborn`, or `repository_unreadable` when its ref is broken.
 */
export async function findBranch(repository: Repository, name?: string): Promise<Branch> {
  const ref = name === undefined ? await headRef(repository) : branchRef(name);
  const short = ref.slice('refs/heads/'.length);
  const line = await describeRef(repository, ref);
  if (line === undefined) {
    // Git leaves out a ref that it cannot read, and says so.
    const { stderr } = await runGit(repository, ['for-each-ref', ref]);
    if (/ignoring broken ref/.test(stderr)) throw brokenRef(repository, ref);
    const unborn = name === undefined || (await headRef(repository).catch(() => '')) === ref;
    throw new GitError(unborn ? 'branch_unborn' : 'branch_unknown', {
      branch: oneLine(short),
      path: repository.path,
    });
  }
  const [, tip = '', tracking = '', remote = '', remoteRef = '', worktree = '', isHead = ''] = line;
  const follows = remote !== '' && remote !== '.' && remoteRef !== '';
  return {
    name: short,
    ref,
    tip,
    upstream: follows ? { remote, ref: remoteRef, tracking: tracking || undefined } : undefined,
    checkedOut: await whereCheckedOut(repository, ref, { worktree, isHead: isHead === '*' }),
  };
}

/** Throws `branch_elsewhere`, with the worktree's path, when moving this branch would pull it from under somebody. */
export function refuseElsewhere(branch: Branch): void {
  if (branch.checkedOut.kind === 'elsewhere')
    throw new GitError('branch_elsewhere', {
      branch: branch.name,
      worktree: oneLine(branch.checkedOut.worktree),
    });
}

/**
 * The full name of the branch a person named, `main` or `refs/heads/main`. Stricter than git, whose plumbing takes
 * `refs/heads/-x` and names that a terminal obeys. Throws `branch_malformed`.
 */
export function branchRef(name: string): string {
  const short = name.replace(/^refs\/heads\//, '');
  const reason = whyMalformed(short);
  if (reason !== undefined) throw new GitError('branch_malformed', { branch: oneLine(name), reason });
  return `refs/heads/${short}`;
}

function whyMalformed(name: string): string | undefined {
  if (name === '') return 'it is empty';
  if (Buffer.byteLength(name) > 250 || !name.isWellFormed()) return 'it is too long or not valid text';
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s~^:?*[\\]/u.test(name)) return 'it has a character that no branch may have';
  if (/\.\.|@\{|^@$|^HEAD$|^refs\//.test(name)) return 'it reads as a revision, not as a branch';
  const part = name.split('/').find((part) => part === '' || /^[-.]|\.$|\.lock$/.test(part));
  return part === undefined
    ? undefined
    : 'a part of it is empty, begins with - or ., or ends with . or .lock';
}

/** The commit that a ref points to; undefined when there is no such ref. */
export async function tipOf(repository: Repository, ref: string): Promise<Oid | undefined> {
  return (await describeRef(repository, ref))?.[1];
}

/** The full name of the branch that HEAD is on, born or not. Throws `branch_detached`. */
export async function headRef(repository: Repository): Promise<string> {
  const { status, stdout } = await runGit(repository, ['symbolic-ref', '-q', 'HEAD']);
  const ref = stdout.toString('utf8').trimEnd();
  // Git ends with 1 for a HEAD that is detached, and with 128 for one whose branch it cannot read.
  if (status > 1) throw brokenRef(repository, 'HEAD');
  if (status !== 0 || !ref.startsWith('refs/heads/'))
    throw new GitError('branch_detached', { path: repository.path });
  return branchRef(ref);
}

const format = ['refname', 'objectname', 'upstream', 'upstream:remotename', 'upstream:remoteref']
  .concat('worktreepath', 'HEAD')
  .map((atom) => `%(${atom})`)
  .join('%00');

/** A power cut can leave an empty file where git had written a ref without fsync. */
const brokenRef = ({ path }: Repository, ref: string): GitError =>
  new GitError('repository_unreadable', { path, reason: `${oneLine(ref)} is broken; run: git fsck` });

async function describeRef(repository: Repository, ref: string): Promise<readonly string[] | undefined> {
  const output = await requireGit(repository, ['for-each-ref', `--format=${format}%00`, ref]);
  // A worktree's path may hold a line break, so the fields are counted, not the lines.
  const fields = output.toString('utf8').split('\0');
  return fields[0] === ref ? fields : undefined;
}

async function whereCheckedOut(
  repository: Repository,
  ref: string,
  { worktree, isHead }: { worktree: string; isHead: boolean },
): Promise<CheckedOut> {
  if (isHead && repository.workTree !== undefined) return { kind: 'here' };
  const busy = await rebasing(repository, ref);
  if (busy !== undefined) return { kind: 'elsewhere', worktree: busy };
  if (worktree === '' || isHead) return { kind: 'nowhere' };
  // Git lists the HEAD of a bare repository as if its folder were a worktree.
  if (worktree === repository.commonDir && (await isBare(worktree))) return { kind: 'nowhere' };
  return { kind: 'elsewhere', worktree };
}

async function isBare(gitDir: string): Promise<boolean> {
  const place = { path: gitDir, gitDir, workTree: undefined, owned: false };
  return (await requireGit(place, ['rev-parse', '--is-bare-repository'])).toString().trim() === 'true';
}

/** The worktree in which this branch is being rebased: HEAD is detached there, but the end of it moves the branch. */
async function rebasing(repository: Repository, ref: string): Promise<string | undefined> {
  const { commonDir } = repository;
  const linked = await readdir(join(commonDir, 'worktrees')).catch(() => []);
  const gitDirs = [commonDir, ...linked.map((name) => join(commonDir, 'worktrees', name))];
  for (const gitDir of gitDirs)
    for (const kind of ['rebase-merge', 'rebase-apply']) {
      const head = await readFile(join(gitDir, kind, 'head-name'), 'utf8').catch(() => '');
      if (head.trimEnd() !== ref) continue;
      const link = await readFile(join(gitDir, 'gitdir'), 'utf8').catch(() => join(gitDir, '.git'));
      return gitDir === commonDir ? dirname(commonDir) : dirname(link.trimEnd());
    }
  return undefined;
}
