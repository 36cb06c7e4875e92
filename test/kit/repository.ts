import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git, gitBytes } from './git.ts';
import { type HistoryLiteral, importHistory } from './import-history.ts';

/** A real repository in a temporary folder; `using` removes it, and the end of the test run removes what is left. */
export interface TestRepository extends Disposable {
  /** The folder to hand to `--repo`: the bare repository, or the checkout. */
  readonly dir: string;
  readonly gitDir: string;
  /** Commit ids, in the order in which the history lists them. */
  readonly commits: readonly string[];
  /** Stock git in `dir`: output as text, without the final newline. */
  readonly git: (...args: readonly string[]) => string;
}

export interface RepositoryOptions {
  /** Bare unless false; then `branch` is checked out. */
  readonly bare?: boolean;
  /** The branch of commits that name none, and HEAD. Default `main`. */
  readonly branch?: string;
}

/** A new folder under the temporary folder of this test run. */
export const temporaryFolder = (name = 'test'): string => mkdtempSync(join(tmpdir(), `knowngood-${name}-`));

function repositoryAt(dir: string, gitDir: string, commits: readonly string[]): TestRepository {
  return {
    dir,
    gitDir,
    commits,
    git: (...args) => git(dir, ...args),
    [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** A repository whose history is written down in the test: one commit of these files, or a list of commits. */
export function makeRepository(
  of: HistoryLiteral,
  { bare = true, branch = 'main' }: RepositoryOptions = {},
): TestRepository {
  const dir = temporaryFolder('repository');
  const kind = bare ? ['--bare'] : [];
  git(dir, 'init', '-q', '--template=', `--initial-branch=${branch}`, ...kind, '.');
  const gitDir = bare ? dir : join(dir, '.git');
  const commits = importHistory(gitDir, of, branch);
  if (!bare && commits.length > 0) git(dir, 'reset', '-q', '--hard');
  return repositoryAt(dir, gitDir, commits);
}

/** A clone with a checkout whose upstream is `of`; extra arguments go to `git clone`, such as `--depth=1`. */
export function cloneRepository(of: TestRepository, ...args: readonly string[]): TestRepository {
  const dir = temporaryFolder('clone');
  git(dir, 'clone', '-q', '--template=', ...args, `file://${of.gitDir}`, '.');
  return repositoryAt(dir, join(dir, '.git'), of.commits);
}

/** Mode and object id of every file of a revision: `path → "100644 <oid>"`. */
export function readEntries(of: TestRepository, revision = 'HEAD'): Map<string, string> {
  const listing = of.git('ls-tree', '-r', '-z', '--full-tree', revision);
  const lines = listing.split('\0').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const [meta = '', path = ''] = line.split('\t', 2);
      const [mode, , oid] = meta.split(' ');
      return [path, `${mode} ${oid}`];
    }),
  );
}

/** The text of every file of a revision: `path → text`; a link's text is its target, a submodule's its commit id. */
export function readTree(of: TestRepository, revision = 'HEAD'): Map<string, string> {
  const entries = [...readEntries(of, revision)].map(([path, entry]) => ({
    path,
    submodule: entry.startsWith('160000'),
    oid: entry.slice(7),
  }));
  const asked = entries.filter(({ submodule }) => !submodule).map(({ oid }) => oid);
  const output = gitBytes(of.dir, ['cat-file', '--batch'], asked.map((oid) => `${oid}\n`).join(''));
  let at = 0;
  const nextBlob = (): string => {
    const headerEnd = output.indexOf(10, at);
    const size = Number(output.toString('latin1', at, headerEnd).split(' ')[2]);
    at = headerEnd + 1 + size + 1;
    return output.toString('utf8', headerEnd + 1, headerEnd + 1 + size);
  };
  return new Map(entries.map(({ path, oid, submodule }) => [path, submodule ? oid : nextBlob()]));
}
