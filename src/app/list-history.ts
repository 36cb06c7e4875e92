import { checkScope } from '../domain/plan/check-scope.ts';
import { type Layout, ownerOf } from '../domain/layout/layout.ts';
import { selectScope } from '../domain/layout/layout-selector.ts';
import { pathPatterns } from '../domain/layout/path-patterns.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { Scope } from '../domain/plan/scope.ts';
import { drive } from '../git/drive.ts';
import { type LoggedCommit, globPath, logHistory } from '../git/log-history.ts';
import { requireLayout } from './choose-scope.ts';
import type { OpenedBranch } from './open-branch.ts';
import { refusalOf } from './refuse-git.ts';

/** One deployment of a scope, as Git tells it. */
export interface HistoryRow {
  readonly revision: string;
  /** Seconds since 1970-01-01 UTC, when it was committed. */
  readonly at: number;
  readonly author: string;
  readonly email: string;
  readonly subject: string;
  readonly services: readonly string[];
  readonly files: number;
  readonly source: 'rollback' | 'undo' | 'push';
}

export interface HistoryQuery extends Pick<Scope, 'tenant' | 'environment' | 'service'> {
  /** How many rows at most. */
  readonly limit: number;
}

const sourceOf = (subject: string): HistoryRow['source'] => {
  if (subject.startsWith('Rollback: tenant/')) return 'rollback';
  return /^Undo: commit |^Revert "/.test(subject) ? 'undo' : 'push';
};

function rowOf(layout: Layout, commit: LoggedCommit, paths: readonly string[]): HistoryRow {
  const services = new Set(
    paths.map((path) => ownerOf(layout, path)?.service).filter((name) => name !== undefined),
  );
  return {
    revision: commit.oid,
    at: commit.committedSeconds,
    author: commit.author.name,
    email: commit.author.email,
    subject: commit.subject,
    services: [...services].toSorted(),
    files: paths.length,
    source: sourceOf(commit.subject),
  };
}

/**
 * The deployments of a scope, newest first, along the branch's first-parent line. Streams; stop whenever you like.
 * Throws when there is none and the scope does not exist, and when a shallow clone ends before the first.
 */
export async function* listHistory(opened: OpenedBranch, query: HistoryQuery): AsyncGenerator<HistoryRow> {
  try {
    yield* readRows(opened, query);
  } catch (error) {
    throw refusalOf(error);
  }
}

async function* readRows(opened: OpenedBranch, query: HistoryQuery): AsyncGenerator<HistoryRow> {
  const layout = requireLayout(opened);
  const select = selectScope(layout, query);
  const { tenant, environment, service } = query;
  const pathspecs = pathPatterns(layout, { tenant, environment, service }).map(globPath);
  if (pathspecs.length === 0) return;
  let rows = 0;
  for await (const commit of logHistory(opened.repository, opened.base.revision, { pathspecs })) {
    const paths = commit.changes.map(({ path }) => path).filter((path) => select.file(path));
    if (paths.length === 0) continue;
    yield rowOf(layout, commit, paths);
    rows += 1;
    if (rows >= query.limit) return;
  }
  if (rows > 0) return;
  await drive(opened.reader, checkScope(layout, opened.base.tree, query));
  if (opened.repository.shallow) throw new Refusal('shallow_repository', { path: opened.repository.path });
}
