import { expect, test } from 'vitest';
import { gitBytes } from '../../test/kit/git.ts';
import { cloneRepository, makeRepository } from '../../test/kit/repository.ts';
import { changesBetween, commitChanges } from './commit-changes.ts';
import { globPath, literalPath, logHistory } from './log-history.ts';
import type { HistoryOptions, LoggedCommit } from './log-history.ts';
import { openRepository } from './repository.ts';
import { revisionAtTime } from './revision-at-time.ts';

async function history(
  repo: { readonly dir: string; readonly commits: readonly string[] },
  options: HistoryOptions = {},
): Promise<readonly LoggedCommit[]> {
  const commits: LoggedCommit[] = [];
  for await (const commit of logHistory(await openRepository(repo.dir), repo.commits.at(-1) ?? '', options))
    commits.push(commit);
  return commits;
}

const summary = (commits: readonly LoggedCommit[]): readonly string[] =>
  commits.map(({ subject, changes }) => `${subject}: ${changes.map(({ path }) => path).join(' ')}`);

test('a history lists the first-parent line with the changes of each commit, merges and root too', async () => {
  using repo = makeRepository([
    { files: { a: '1', b: '1' }, message: 'Root' },
    {
      files: { a: '2', run: { executable: 'x' } },
      message: 'Change\n\nBecause.\nReally.',
      author: 'Jane Doe <j@x.y>',
    },
    { files: { side: 's' }, branch: 'side', from: 0, message: 'Side' },
    { branch: 'main', from: 1, merge: 2, files: { side: 's' }, message: 'Merge' },
    { files: {}, message: 'Nothing' },
    { files: { a: null, b: { link: 'run' } }, message: 'Remove' },
  ]);
  const commits = await history(repo);
  expect(summary(commits)).toEqual(['Remove: a b', 'Nothing: ', 'Merge: side', 'Change: a run', 'Root: a b']);
  expect(commits[3]).toMatchObject({
    oid: repo.commits[1],
    parent: repo.commits[0],
    tree: repo.git('rev-parse', `${repo.commits[1]}^{tree}`),
    author: { name: 'Jane Doe', email: 'j@x.y', seconds: 1_767_225_660 },
    committedSeconds: 1_767_225_660,
    body: 'Because.\nReally.',
    boundary: false,
  });
  expect(commits.at(-1)).toMatchObject({ parent: undefined, boundary: false });
  const [first, second] = commits[0]?.changes ?? [];
  expect(first).toMatchObject({ before: { mode: '100644' }, after: undefined });
  expect(second).toMatchObject({ before: { mode: '100644' }, after: { mode: '120000' } });
  const repository = await openRepository(repo.dir);
  for (const commit of commits) expect(await commitChanges(repository, commit.oid)).toEqual(commit.changes);
  const [from = '', to = ''] = [commits[4]?.oid, commits[0]?.oid];
  expect((await changesBetween(repository, from, to)).map(({ path }) => path)).toEqual([
    'a',
    'b',
    'run',
    'side',
  ]);
});

test('pathspecs, a lower end and a limit narrow a history', async () => {
  using repo = makeRepository([
    { files: { 't/a/prod/x': '1', 't/b/prod/x': '1', '*': '1' }, message: 'one' },
    { files: { 't/a/prod/x': '2', 't/a/dev/x': '2', 'line\nbreak': '2' }, message: 'two' },
    { files: { 't/b/prod/x': '3', 't/a/prod/deep/y': '3' }, message: 'three' },
  ]);
  const [one = ''] = repo.commits;
  const of = async (options: HistoryOptions): Promise<readonly string[]> =>
    summary(await history(repo, options));
  expect(await of({ pathspecs: [literalPath('t/a/prod')] })).toEqual([
    'three: t/a/prod/deep/y',
    'two: t/a/prod/x',
    'one: t/a/prod/x',
  ]);
  expect(await of({ pathspecs: [globPath('t/*/prod/x')] })).toEqual([
    'three: t/b/prod/x',
    'two: t/a/prod/x',
    'one: t/a/prod/x t/b/prod/x',
  ]);
  expect(await of({ pathspecs: [globPath('t/*/prod/**')], limit: 1 })).toEqual([
    'three: t/a/prod/deep/y t/b/prod/x',
  ]);
  expect(await of({ pathspecs: [literalPath('*')] })).toEqual(['one: *']);
  expect(await of({ pathspecs: [literalPath('line\nbreak')] })).toEqual(['two: line\nbreak']);
  expect(await of({ after: one })).toHaveLength(2);
  const many = Array.from({ length: 5000 }, (_, index) => literalPath(`some/rather/long/path/${index}`));
  expect(await of({ pathspecs: [...many, literalPath('t/b')] })).toHaveLength(2);
});

test('odd bytes in names and messages are read, and configuration changes nothing', async () => {
  using repo = makeRepository([{ files: { 'odd\udcff\n"name"\té': '1' }, message: 'Grüße\u202e :100644 x' }]);
  const commit = repo.git('cat-file', 'commit', 'HEAD').replace('Grüße', 'Gr\u00fc\u00dfe');
  const latin = Buffer.from(
    commit.replace('\n\n', '\nencoding ISO-8859-1\n\n').replace('\u202e', ''),
    'latin1',
  );
  const oid = gitBytes(repo.dir, ['hash-object', '-t', 'commit', '-w', '--stdin'], latin).toString().trim();
  for (const [name, value] of [
    ['log.showSignature', 'true'],
    ['log.follow', 'true'],
    ['diff.renames', 'copies'],
    ['core.abbrev', '5'],
    ['i18n.logOutputEncoding', 'ISO-8859-1'],
    ['log.diffMerges', 'off'],
    ['color.ui', 'always'],
    ['diff.orderFile', 'nowhere'],
  ] as const)
    repo.git('config', name, value);
  const [logged] = await history(repo);
  expect(logged).toMatchObject({
    subject: 'Grüße\u202e :100644 x',
    changes: [{ path: 'odd\udcff\n"name"\té' }],
  });
  const [recoded] = await history({ dir: repo.dir, commits: [oid] });
  expect(recoded?.subject).toBe('Grüße :100644 x');
});

test('the end of a shallow clone is marked and compared with nothing', async () => {
  using repo = makeRepository([{ files: { a: '1' } }, { files: { a: '2' } }, { files: { a: '3' } }]);
  using clone = cloneRepository(repo, '--depth=2');
  const commits = await history(clone);
  expect(commits.map(({ boundary }) => boundary)).toEqual([false, true]);
  expect(commits[1]?.changes).toEqual([]);
});

test('who stops early stops git, and a missing commit is an error', async () => {
  using repo = makeRepository(Array.from({ length: 300 }, (_, index) => ({ files: { a: String(index) } })));
  const repository = await openRepository(repo.dir);
  let seen = 0;
  for await (const commit of logHistory(repository, repo.commits.at(-1) ?? '')) {
    expect(commit.oid).toBe(repo.commits.at(-1 - seen));
    if (++seen === 3) break;
  }
  expect(seen).toBe(3);
  await expect(history({ dir: repo.dir, commits: ['1'.repeat(40)] })).rejects.toMatchObject({
    code: 'git_failed',
  });
});

test('the revision at a time is the newest that was there, whatever single clocks said', async () => {
  const dates = [100, 200, 300, 1, 400, 9_999_999, 500, 600, 700];
  using repo = makeRepository(dates.map((date) => ({ files: { a: String(date) }, date })));
  const repository = await openRepository(repo.dir);
  const at = async (seconds: number): Promise<number> => {
    const found = await revisionAtTime(repository, repo.commits.at(-1) ?? '', seconds);
    return found === undefined ? -1 : repo.commits.indexOf(found.oid);
  };
  expect(await at(700)).toBe(8);
  expect(await at(99_999_999)).toBe(8);
  expect(await at(650)).toBe(7);
  expect(await at(600)).toBe(7);
  expect(await at(450)).toBe(4);
  expect(await at(350)).toBe(3);
  expect(await at(250)).toBe(1);
  expect(await at(100)).toBe(0);
  expect(await at(0)).toBe(-1);
});
