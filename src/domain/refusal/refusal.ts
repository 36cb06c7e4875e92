import { accessRefusals } from './access-refusals.ts';
import { agentRefusals } from './agent-refusals.ts';
import { clientRefusals } from './client-refusals.ts';
import { clusterRefusals } from './cluster-refusals.ts';
import { databaseRefusals } from './database-refusals.ts';
import type { RefusalKind, RefusalRow } from './refusal-row.ts';
import { operateRefusals } from './operate-refusals.ts';
import { releaseRefusals } from './release-refusals.ts';
import { requestRefusals } from './request-refusals.ts';
import { serverRefusals } from './server-refusals.ts';

export type { RefusalKind } from './refusal-row.ts';

/**
 * The one closed table of refusals: every way in which we say no, with the words a person reads. `{name}` stands for
 * a fact. The product page's texts are verbatim. Kinds become HTTP statuses and exit codes elsewhere.
 */
const rows = {
  ...accessRefusals,
  ...agentRefusals,
  ...clientRefusals,
  ...clusterRefusals,
  ...databaseRefusals,
  ...requestRefusals,
  ...releaseRefusals,
  ...serverRefusals,
  ...operateRefusals,

  // the repository
  not_a_repository: {
    kind: 'usage',
    message: '{path} is not a Git repository; name a clone or a bare repository with --repo',
  },
  repo_required: {
    kind: 'usage',
    message: 'no repository named; give a clone or a bare repository with --repo DIR',
  },
  git_missing: {
    kind: 'unavailable',
    message: 'git was not found on the PATH; install git {oldest} or newer',
  },
  git_too_old: { kind: 'unavailable', message: 'git {version} is too old; install git {oldest} or newer' },
  sha256_repository: {
    kind: 'invalid',
    message: '{path} uses sha256 object names, which are not supported; use a sha1 repository',
  },
  shallow_repository: {
    kind: 'invalid',
    message: '{path} is a shallow clone and the history needed is not here; run: git fetch --unshallow',
  },
  object_missing: { kind: 'invalid', message: 'object {oid} is missing from the repository; run: git fsck' },
  object_corrupt: { kind: 'invalid', message: 'object {oid} is corrupt: {reason}; run: git fsck' },
  object_unexpected: { kind: 'invalid', message: 'object {oid} is a {actual}, not a {expected}' },
  branch_unknown: { kind: 'usage', message: 'branch {branch} does not exist in {path}' },
  branch_detached: { kind: 'usage', message: 'HEAD of {path} is not on a branch; name one with --branch' },
  branch_elsewhere: {
    kind: 'conflict',
    message:
      'branch {branch} is checked out in another worktree ({worktree}); run there, or switch that worktree to another branch',
  },
  worktree_dirty: {
    kind: 'conflict',
    message:
      'you have changes of your own in files that this would touch: {files}; commit or stash them first',
  },
  branch_diverged: {
    kind: 'conflict',
    message:
      '{branch} has {ahead} commit(s) that {upstream} does not have; push or drop them first, or use --offline',
  },
  branch_malformed: { kind: 'usage', message: '{branch} is not a branch name: {reason}' },
  branch_unborn: {
    kind: 'usage',
    message: 'branch {branch} of {path} has no commit yet; name another with --branch',
  },
  ref_locked: {
    kind: 'conflict',
    message: '{lock} is in the way; when no other git is running here, remove it and try again',
  },
  index_locked: {
    kind: 'conflict',
    message: '{path} is in the way; when no other git is running here, remove it and try again',
  },
  operation_in_progress: {
    kind: 'conflict',
    message: 'a {operation} is in progress in {path}; finish or abort it first',
  },
  run_in_progress: {
    kind: 'conflict',
    message: 'another knowngood (pid {pid}) is changing {path}; wait for it and try again',
  },
  worktree_unfinished: {
    kind: 'failed',
    message: 'the commit is made, but your files could not follow yet: {reason}; the next run finishes it',
  },
  signing_failed: { kind: 'unavailable', message: 'could not sign the commit with {key}: {reason}' },
  identity_missing: {
    kind: 'usage',
    message: 'git does not know who you are; run: git config --global user.email you@example.com',
  },
  head_moved: {
    kind: 'conflict',
    message:
      '{branch} moved while this was planned and the same paths changed: {files}; look at the preview again',
  },
  branch_busy: {
    kind: 'conflict',
    message: '{branch} keeps moving: others committed to it {attempts} times meanwhile; try again',
  },
  no_upstream: {
    kind: 'usage',
    message: '{branch} follows no upstream; set one with: git push --set-upstream, or leave out --push',
  },
  push_rejected: {
    kind: 'conflict',
    message: 'the commit is in your clone, but {remote} refused the push: {reason}',
  },
  fetch_failed: {
    kind: 'unavailable',
    message: 'could not fetch from {remote}: {reason}; use --offline to go on with what is here',
  },
  repository_unwritable: { kind: 'unavailable', message: 'cannot write to {path}: {reason}' },
  repository_unreadable: { kind: 'unavailable', message: 'cannot read {path}: {reason}' },
  git_failed: { kind: 'failed', message: 'git {command} failed: {reason}' },
  git_request_malformed: {
    kind: 'invalid',
    message: 'git cannot read what was sent: {reason}; ask with a stock git',
  },

  // revisions
  revision_unknown: {
    kind: 'invalid',
    message: 'revision {revision} does not exist; choose one from: knowngood history',
  },
  revision_ambiguous: {
    kind: 'invalid',
    message: 'short revision {revision} is ambiguous ({candidates}); give more digits',
  },
  revision_not_ancestor: {
    kind: 'invalid',
    message: 'revision {revision} is not an ancestor of {branch}; choose one from: knowngood history',
  },
  revision_malformed: {
    kind: 'usage',
    message: '{revision} is not a revision; give a commit id, a tag, or a time such as 2h or 13:20',
  },
  no_previous_change: {
    kind: 'invalid',
    message: '{scope} has no earlier change on {branch}; name a revision with --to',
  },
  no_revision_at_time: { kind: 'invalid', message: 'there is no commit on {branch} at or before {time}' },
  target_without_scope: {
    kind: 'invalid',
    message: '{scope} does not exist at revision {revision}; choose a later one from: knowngood history',
  },
  commit_without_parent: {
    kind: 'invalid',
    message: 'commit {revision} has no parent, so there is nothing to go back to',
  },

  // scope and layout
  layout_missing: {
    kind: 'usage',
    message:
      'no layout: {branch} has no knowngood.yaml; give --layout, or run: knowngood layout detect --repo {path}',
  },
  layout_invalid: { kind: 'invalid', message: 'layout {template}: {reason}' },
  delivery_invalid: { kind: 'invalid', message: '{file}:{line}: {reason}' },
  project_invalid: { kind: 'invalid', message: 'knowngood.yaml{line}: {reason}' },
  tenant_unknown: { kind: 'usage', message: 'there is no tenant {tenant}{suggestion}' },
  environment_unknown: {
    kind: 'usage',
    message: 'tenant {tenant} has no environment {environment}{suggestion}',
  },
  service_unknown: { kind: 'usage', message: '{scope} has no service {service}{suggestion}' },
  scope_missing: {
    kind: 'usage',
    message: '{option} is required: the layout has more than one {what} ({choices})',
  },
  service_required: { kind: 'usage', message: 'field mode needs a service; name it with --service' },
  path_outside: { kind: 'usage', message: '{path} cannot be a path in a repository: {reason}' },

  // fields
  field_unknown: {
    kind: 'invalid',
    message: 'field {field} does not differ between {target} and now{suggestion}',
  },
  field_ambiguous: { kind: 'invalid', message: 'field {field} is ambiguous; give one of: {candidates}' },
  field_malformed: { kind: 'invalid', message: '{field} is not a field address: {reason}' },
  field_in_link: {
    kind: 'invalid',
    message: '{path} is a symbolic link or submodule; it can only be restored whole, in service or full mode',
  },
  file_opaque: {
    kind: 'invalid',
    message: '{path} can only be restored whole, in service or full mode: {reason}',
  },
  fields_refused: { kind: 'invalid', message: 'these fields cannot be rolled back one by one: {list}' },
  keep_malformed: { kind: 'usage', message: 'keep pattern {pattern}: {reason}' },
  keep_impossible: {
    kind: 'invalid',
    message: '{path}: cannot keep {address}: {reason}; leave it out of --keep or keep the whole file',
  },

  // outcome
  deletes_service: {
    kind: 'conflict',
    message: '{service} does not exist at {target}, so this would delete it; say so with --allow-delete',
  },
  undo_outside_scope: { kind: 'invalid', message: 'commit {commit} changed nothing in {scope}' },
  undo_conflict: {
    kind: 'conflict',
    message:
      'everything that {commit} changed has changed again since: {list}; to go back all the same: knowngood rollback --to REVISION',
  },
  not_confirmed: {
    kind: 'usage',
    message: 'nothing was changed; confirm with --yes when there is no terminal',
  },
} as const satisfies Record<string, RefusalRow>;

export type RefusalCode = keyof typeof rows;
export type RefusalFacts = Readonly<Record<string, string | number>>;

export const refusalTable: Readonly<Record<RefusalCode, RefusalRow>> = rows;

/** A stop with a reason a person can act on. Anything else that is thrown is a bug. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly facts: RefusalFacts;
  /** Machine-readable particulars, such as the list of conflicting paths. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: RefusalCode, facts: RefusalFacts = {}, details: Readonly<Record<string, unknown>> = {}) {
    super(rows[code].message.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? '')));
    this.name = 'Refusal';
    this.code = code;
    this.facts = facts;
    this.details = details;
  }

  get kind(): RefusalKind {
    return rows[this.code].kind;
  }
}
