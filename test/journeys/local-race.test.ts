import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { armFailPoints } from '../../src/std/fail-point.ts';
import { api, fleet, production, serviceFile, settings, web } from '../kit/fleet.ts';
import { type TestRepository, cloneRepository, makeRepository, readTree } from '../kit/repository.ts';
import { runCli } from '../kit/run-cli.ts';
import { type LocalResult, runLocal } from '../kit/run-local.ts';

afterEach(() => armFailPoints(undefined));

const words = (repo: TestRepository, service: string, ...more: readonly string[]): readonly string[] =>
  ['rollback', '--repo', repo.dir, '-s', service, '--yes'].concat(production, more);

/** Once, when a point is passed, somebody else does something. */
function meanwhile(point: string, act: () => unknown): void {
  let done = false;
  armFailPoints(async (passed) => {
    if (done || passed !== point) return;
    done = true;
    await act();
  });
}

for (const bare of [true, false]) {
  const kind = bare ? 'a bare repository' : 'a clone';

  test(`in ${kind}, who loses the race plans again and commits on top when the edits still apply`, async () => {
    using repo = makeRepository(fleet, { bare });
    let other: LocalResult | undefined;
    meanwhile('app.commit.written', async () => {
      other = await runLocal(words(repo, 'web', '--to', 'v1'));
    });
    const { code, stdout, stderr } = await runLocal(words(repo, 'api', '--to', 'v2', '-o', 'json'));
    expect({ code, stderr, other: other?.code }).toEqual({ code: 0, stderr: '', other: 0 });
    const [mine, theirs, start] = repo.git('rev-list', '--max-count=3', 'main').split('\n');
    expect(start).toBe(repo.commits[5]);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'committed', base: theirs, commit: mine });
    expect(readTree(repo).get(api)).toBe(serviceFile('v2', 2));
    expect(readTree(repo).get(web)).toBe(serviceFile('v1', 2));
    expect(bare ? '' : repo.git('status', '--porcelain')).toBe('');
  });

  test(`in ${kind}, who loses the race over the same file ends with 5 and its name`, async () => {
    using repo = makeRepository(fleet, { bare });
    meanwhile('app.commit.written', () => runLocal(words(repo, 'api', '--to', 'v1')));
    const { code, stdout, stderr } = await runLocal(words(repo, 'api', '--to', 'v2', '-o', 'json'));
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
    const { error } = JSON.parse(stderr) as { error: unknown };
    expect(error).toEqual({
      code: 'head_moved',
      message: `main moved while this was planned and the same paths changed: ${api}; look at the preview again`,
      details: { files: [api] },
    });
    expect(repo.git('rev-list', '--count', `${repo.commits[5]}..main`)).toBe('1');
    expect(readTree(repo).get(api)).toBe(serviceFile('v1', 2));
    expect(bare ? '' : repo.git('status', '--porcelain')).toBe('');
  });
}

test('a full rollback that loses names every path that moved, and only those', async () => {
  using repo = makeRepository(fleet);
  meanwhile('app.commit.written', async () => {
    await runLocal(words(repo, 'web', '--to', 'v2'));
    await runLocal(words(repo, 'api', '-f', 'replicas', '--to', 'v2'));
  });
  const full = ['rollback', '--repo', repo.dir, ...production, '--to', 'v1', '--yes'];
  const { code, stderr } = await runLocal(full);
  expect(code).toBe(5);
  expect(stderr).toContain(`the same paths changed: ${api}, ${web};`);
  expect(stderr).not.toContain(settings);
});

test('field mode goes on when another field of the same file moved, and stops when its own did', async () => {
  using repo = makeRepository(fleet);
  const tag = words(repo, 'api', '-f', 'image.tag', '--to', 'v2');
  meanwhile('app.commit.written', () => runLocal(words(repo, 'api', '-f', 'replicas', '--to', 'v2')));
  expect((await runLocal(tag)).code).toBe(0);
  expect(readTree(repo).get(api)).toBe(serviceFile('v2', 2, 'debug'));

  const level = words(repo, 'api', '-f', 'env[LOG_LEVEL].value', '--to', 'v2');
  meanwhile('app.commit.written', () => runLocal(level));
  const { code, stderr } = await runLocal(level);
  expect(code).toBe(5);
  expect(stderr).toContain(api);
});

test('an undo that loses the race plans again, too', async () => {
  using repo = makeRepository(fleet, { bare: false });
  meanwhile('app.commit.written', () => runLocal(words(repo, 'web', '--to', 'v1')));
  const scope = ['-t', 'acme', '-e', 'production', '-s', 'api'];
  const { code } = await runLocal(['undo', repo.commits[5] ?? '', '--repo', repo.dir, '--yes', ...scope]);
  expect(code).toBe(0);
  expect(repo.git('rev-list', '--count', `${repo.commits[5]}..main`)).toBe('2');
  expect(repo.git('status', '--porcelain')).toBe('');
});

test('a commit made on an upstream that moved meanwhile is pushed with a fresh lease', async () => {
  using upstream = makeRepository(fleet);
  using clone = cloneRepository(upstream);
  using colleague = cloneRepository(upstream);
  colleague.git('commit', '-q', '--allow-empty', '-m', 'Theirs');
  meanwhile('app.commit.written', () => {
    colleague.git('push', '-q');
    clone.git('pull', '-q', '--ff-only');
  });
  expect((await runLocal(words(clone, 'api', '--to', 'v2', '--push'))).code).toBe(0);
  expect(upstream.git('rev-parse', 'main')).toBe(clone.git('rev-parse', 'main'));
  expect(clone.git('rev-parse', 'HEAD^')).toBe(colleague.git('rev-parse', 'HEAD'));
});

test('a branch that moves again and again is told as a conflict, not as a bug', async () => {
  using repo = makeRepository(fleet);
  armFailPoints((point) => {
    if (point !== 'app.commit.written') return;
    const tree = repo.git('rev-parse', 'main^{tree}');
    repo.git('update-ref', 'refs/heads/main', repo.git('commit-tree', tree, '-p', 'main', '-m', 'Again'));
  });
  const { code, stderr } = await runLocal(words(repo, 'api', '--to', 'v2'));
  expect(code).toBe(5);
  expect(stderr).toMatch(/^knowngood: main keeps moving: .* try again\n$/m);
});

test('twenty rollbacks of twenty tenants at once make one line of twenty commits', async () => {
  const tenants = Array.from({ length: 20 }, (_, at) => `tenant-${at}`);
  const files = (tag: string) =>
    Object.fromEntries(
      tenants.map((name) => [`tenants/${name}/production/api/service.yaml`, `tag: ${tag}\n`]),
    );
  using repo = makeRepository([{ files: files('v1') }, { files: files('v2') }]);
  const layout = ['--layout', 'tenants/{tenant}/{environment}/{service}/**'];
  const runs = await Promise.all(
    tenants.map((name) =>
      runCli([
        'rollback',
        '--repo',
        repo.dir,
        ...layout,
        '-t',
        name,
        '-e',
        'production',
        '--yes',
        '-o',
        'json',
      ]),
    ),
  );
  expect(runs.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
    tenants.map(() => ({ code: 0, stderr: '' })),
  );
  const printed = runs.map(({ stdout }) => (JSON.parse(stdout) as { commit: string }).commit);
  const line = repo.git('rev-list', '--first-parent', `${repo.commits[1]}..main`).split('\n');
  expect(line.toSorted()).toEqual(printed.toSorted());
  expect(repo.git('rev-list', '--count', '--merges', 'main')).toBe('0');
  expect(repo.git('rev-parse', 'main^{tree}')).toBe(repo.git('rev-parse', `${repo.commits[0]}^{tree}`));
  for (const { stdout } of runs) {
    const { commit, base, tenant } = JSON.parse(stdout) as Record<string, string>;
    expect(repo.git('rev-parse', `${commit}^`)).toBe(base);
    expect(repo.git('show', '--format=', '--name-only', commit ?? '')).toBe(
      `tenants/${tenant}/production/api/service.yaml`,
    );
  }
  expect(repo.git('fsck', '--strict', '--no-dangling')).toBe('');
});

test('real programs in one clone wait for each other, and the files follow all of them', async () => {
  using repo = makeRepository(fleet, { bare: false });
  const runs = await Promise.all([
    runCli(words(repo, 'api', '--to', 'v1'), {
      env: { KNOWNGOOD_FAIL_AT: 'git.worktree.ref-moved:1:delay' },
    }),
    runCli(words(repo, 'web', '--to', 'v1')),
    runCli(['history', '--repo', repo.dir, ...production]),
  ]);
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(repo.git('status', '--porcelain')).toBe('');
  expect(readFileSync(join(repo.dir, api), 'utf8')).toBe(serviceFile('v1', 2));
  expect(readFileSync(join(repo.dir, web), 'utf8')).toBe(serviceFile('v1', 2));
});
