/**
 * Room `git`: stock git and its files, from bytes up: objects, reads, durable writes, refs, working trees, remotes.
 * It knows repositories, commits, trees and branches. It must never know tenants, rollbacks, requests or HTTP.
 */

/** Every way in which work on a repository can stop. Names match the refusals that people read, where there is one. */
export type GitErrorCode =
  // the program and the repository
  | 'git_missing'
  | 'git_too_old'
  | 'git_failed'
  | 'git_request_malformed'
  | 'not_a_repository'
  | 'sha256_repository'
  | 'shallow_repository'
  | 'repository_unreadable'
  | 'repository_unwritable'
  // objects and revisions
  | 'object_missing'
  | 'object_corrupt'
  | 'object_unexpected'
  | 'revision_unknown'
  | 'revision_ambiguous'
  | 'revision_malformed'
  | 'path_outside'
  // branches and working trees
  | 'branch_malformed'
  | 'branch_unknown'
  | 'branch_unborn'
  | 'branch_detached'
  | 'branch_elsewhere'
  | 'ref_moved'
  | 'ref_locked'
  | 'worktree_dirty'
  | 'operation_in_progress'
  | 'index_locked'
  | 'run_in_progress'
  | 'worktree_unfinished'
  | 'signing_failed'
  | 'identity_missing'
  // remotes
  | 'fetch_failed'
  | 'push_rejected';

export type GitFacts = Readonly<Record<string, string | number | readonly string[]>>;

/**
 * What this room throws. `facts` carry what the matching refusal's words need (`path`, `oid`, `reason`, …), folded to
 * one line and free of control characters, so that they can be shown as they are.
 */
export class GitError extends Error {
  readonly code: GitErrorCode;
  readonly facts: GitFacts;

  constructor(code: GitErrorCode, facts: GitFacts = {}, cause?: unknown) {
    const words = Object.entries(facts).map(([name, value]) => `${name}: ${String(value)}`);
    super([code, ...words].join('; '), cause === undefined ? undefined : { cause });
    this.name = 'GitError';
    this.code = code;
    this.facts = facts;
  }
}

/** Foreign text as one short line: no control characters, no line breaks. */
export function oneLine(text: string): string {
  const folded = text.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
  return folded.length > 500 ? `${folded.slice(0, 499)}…` : folded;
}

/** Git's own reason for a failure: its first `fatal:` or `error:` line, else the last thing it said. */
export function reasonOf(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const chosen = lines.find((line) => /^(fatal|error): /.test(line)) ?? lines.at(-1) ?? 'no reason given';
  return oneLine(chosen.replace(/^(fatal|error): /, ''));
}
