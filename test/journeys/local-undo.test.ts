import { expect, test } from 'vitest';
import { api, fleet, production, serviceFile, web } from '../kit/fleet.ts';
import { type TestRepository, makeRepository, readTree } from '../kit/repository.ts';
import { runLocal } from '../kit/run-local.ts';

const undo = (repo: TestRepository, commit = '', ...words: readonly string[]) =>
  runLocal(['undo', commit, '--repo', repo.dir, '--yes', ...words]);

test('undo takes back exactly what one commit changed, shared files and other tenants included', async () => {
  using repo = makeRepository(fleet, { bare: false });
  const { code, stdout, stderr } = await undo(repo, repo.commits[3]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/Shared: 1 path that 3 tenant-environments read\n.* variables\.yaml /);
  expect(repo.git('diff', '--name-only', 'HEAD^', 'HEAD')).toBe('variables.yaml');
  expect(readTree(repo).get('variables.yaml')).toBe('LOG_LEVEL: info\n');
  expect(repo.git('log', '-1', '--format=%B')).toContain(`This reverts commit ${repo.commits[3]}.`);
  expect(repo.git('log', '-1', '--format=%s')).toBe(
    `Undo: commit ${repo.commits[3]?.slice(0, 8)} "Log more everywhere"`,
  );
});

test('undo of the newest commit equals git revert, and undo of that undo brings the tree back', async () => {
  using repo = makeRepository(fleet, { bare: false });
  await undo(repo, 'HEAD');
  repo.git('branch', 'ours');
  repo.git('reset', '-q', '--hard', repo.commits[5] ?? '');
  repo.git('revert', '--no-edit', 'HEAD');
  expect(repo.git('rev-parse', 'ours^{tree}')).toBe(repo.git('rev-parse', 'HEAD^{tree}'));
  await undo(repo, 'HEAD');
  expect(repo.git('rev-parse', 'HEAD^{tree}')).toBe(repo.git('rev-parse', `${repo.commits[5]}^{tree}`));
});

test('undo narrowed to a service or to fields leaves the rest of the commit alone', async () => {
  using repo = makeRepository(fleet);
  await undo(repo, repo.commits[5], ...production, '-s', 'web');
  expect(readTree(repo).get(web)).toBe(serviceFile('v2', 2));
  expect(readTree(repo).get(api)).toBe(serviceFile('v3', 5, 'debug'));
  const [, , , , , bad] = repo.commits;
  const kept = await undo(repo, bad, '-s', 'api', '--keep', '**#/replicas', '--dry-run', '-o', 'json');
  expect(JSON.parse(kept.stdout)).toMatchObject({
    impact: { fields: 2 },
    kept: [{ pattern: '**#/replicas' }],
  });
  await undo(repo, repo.commits[5], '-s', 'api', '-f', 'replicas');
  expect(readTree(repo).get(api)).toBe(serviceFile('v3', 2, 'debug'));
});

test('a field that changed again since stays and is named; the others go back', async () => {
  using repo = makeRepository([...fleet, { files: { [api]: serviceFile('v4', 5, 'debug') } }]);
  const { code, stdout } = await undo(repo, repo.commits[5]);
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`${api}#/image/tag .*changed again since`));
  expect(readTree(repo).get(api)).toBe(serviceFile('v4', 2));
});

test('when everything changed again since, undo ends with 5 and changes nothing', async () => {
  using repo = makeRepository(fleet);
  const tip = repo.git('rev-parse', 'main');
  const { code, stderr } = await undo(repo, repo.commits[1]);
  expect(code).toBe(5);
  expect(stderr).toBe(
    `knowngood: everything that ${repo.commits[1]?.slice(0, 8)} changed has changed again since: ${api}#/image/tag; to go back all the same: knowngood rollback --to REVISION\n`,
  );
  expect(repo.git('rev-parse', 'main')).toBe(tip);
});

test('a commit that is undone already needs no second undo', async () => {
  using repo = makeRepository(fleet);
  await undo(repo, repo.commits[5]);
  const tip = repo.git('rev-parse', 'main');
  const { code, stdout } = await undo(repo, repo.commits[5]);
  expect({ code, said: stdout.includes('Nothing to change') }).toEqual({ code: 0, said: true });
  expect(repo.git('rev-parse', 'main')).toBe(tip);
});

test('a rollback prints the command that takes it back, and that command does', async () => {
  using repo = makeRepository(fleet, { bare: false });
  repo.git('branch', 'release');
  const rolled = await runLocal([
    'rollback',
    '--repo',
    repo.dir,
    '--branch',
    'release',
    ...production,
    '--to',
    'v1',
    '--yes',
  ]);
  const [, command = ''] = /to take it back: +knowngood (.+)$/m.exec(rolled.stdout) ?? [];
  expect((await runLocal([...command.split(' '), '--yes'])).code).toBe(0);
  expect(repo.git('rev-parse', 'release^{tree}')).toBe(repo.git('rev-parse', 'main^{tree}'));
  expect(repo.git('rev-list', '--count', 'main..release')).toBe('2');
});

test('a merge is undone against its first parent; the first commit cannot be undone', async () => {
  using repo = makeRepository([
    ...fleet,
    { files: { [api]: serviceFile('v4', 5, 'debug') }, branch: 'side' },
    { files: { [api]: serviceFile('v4', 5, 'debug') }, from: 5, merge: 6, message: 'Merge side' },
  ]);
  await undo(repo, repo.commits[7]);
  expect(readTree(repo).get(api)).toBe(serviceFile('v3', 5, 'debug'));
  const { code, stderr } = await undo(repo, repo.commits[0]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^knowngood: commit [0-9a-f]{8} has no parent.*\n$/);
});
