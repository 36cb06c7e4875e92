import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { api, fleet, otherApi, production, projectFile, serviceFile, settings, web } from '../kit/fleet.ts';
import { type TestRepository, makeRepository, readEntries, readTree } from '../kit/repository.ts';
import { runLocal } from '../kit/run-local.ts';

const rollback = (repo: TestRepository, ...words: readonly string[]) =>
  runLocal(['rollback', '--repo', repo.dir, ...production, ...words]);

/** Paths whose mode or object id differs between two revisions. */
function changed(repo: TestRepository, from = 'HEAD^', to = 'HEAD'): string[] {
  const [a, b] = [readEntries(repo, from), readEntries(repo, to)];
  return [...new Set([...a.keys(), ...b.keys()])].filter((path) => a.get(path) !== b.get(path)).toSorted();
}

for (const bare of [true, false]) {
  const kind = bare ? 'a bare repository' : 'a clone';

  test(`full, service and field mode in ${kind} restore exactly their scope`, async () => {
    using repo = makeRepository(fleet, { bare });
    const field = await rollback(repo, '-s', 'api', '-f', 'image.tag', '--to', 'v2', '--yes');
    expect({ code: field.code, stderr: field.stderr }).toEqual({ code: 0, stderr: '' });
    expect(changed(repo)).toEqual([api]);
    expect(readTree(repo).get(api)).toBe(serviceFile('v2', 5, 'debug'));

    expect((await rollback(repo, '-s', 'api', '--to', 'v1', '--yes')).code).toBe(0);
    expect(changed(repo)).toEqual([api]);
    expect(readTree(repo).get(api)).toBe(serviceFile('v1', 2));

    expect((await rollback(repo, '--to', 'v1', '--yes')).code).toBe(0);
    expect(changed(repo)).toEqual([settings, web]);
    expect(changed(repo, 'v1')).toEqual([otherApi, 'variables.yaml']);
    expect(repo.git('fsck', '--strict')).toBe('');
    if (bare) return;
    expect(repo.git('status', '--porcelain')).toBe('');
    expect(readFileSync(join(repo.dir, api), 'utf8')).toBe(serviceFile('v1', 2));
  });
}

test('the commit says in its message what was done and why; the base is its only parent', async () => {
  using repo = makeRepository(fleet);
  await rollback(
    repo,
    '-s',
    'api',
    '-f',
    'image.tag',
    '-f',
    'replicas',
    '--to',
    'v2',
    '--yes',
    '-m',
    'Bad tag',
  );
  const [, , , , , bad] = repo.commits;
  expect(repo.git('log', '-1', '--format=%P|%an|%ae')).toBe(`${bad}|Test|test@example.com`);
  expect(repo.git('log', '-1', '--format=%B')).toMatch(
    new RegExp(`^Rollback: tenant/acme env/production → revision ${repo.commits[1]?.slice(0, 8)}

Mode: field
Service: api
Fields: image.tag, replicas
Justification: Bad tag
Author: test@example.com
Approval: Local

Rollback-Target: ${repo.commits[1]}
Plan-Digest: sha256:[0-9a-f]{64}\n$`),
  );
  expect((await rollback(repo, '--to', 'HEAD', '--yes')).stdout).toContain(
    'Nothing to change: it is already so.',
  );
});

test('without --to the previous change of the scope is the target', async () => {
  using repo = makeRepository(fleet);
  await rollback(repo, '-s', 'web', '--yes');
  expect(readTree(repo).get(web)).toBe(serviceFile('v2', 2));
  await rollback(repo, '-s', 'api', '--yes');
  expect(readTree(repo).get(api)).toBe(serviceFile('v2', 2));
});

test('a dry run says what would happen and changes nothing', async () => {
  using repo = makeRepository(fleet, { bare: false });
  const { code, stdout, stderr } = await rollback(repo, '--to', 'v1', '--dry-run');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('2 services · 6 fields · 3 files');
  expect(stdout).toContain('Left out: 1 shared change (--include-shared restores it too)');
  expect(stdout).toContain('Dry run: nothing was changed.');
  expect(repo.git('rev-parse', 'HEAD')).toBe(repo.commits[5]);
});

test('shared files come along only with --include-shared', async () => {
  using repo = makeRepository(fleet);
  await rollback(repo, '--to', 'v1', '--include-shared', '--yes');
  expect(changed(repo)).toEqual([api, settings, web, 'variables.yaml'].toSorted());
});

test('an empty plan names what it left out', async () => {
  using repo = makeRepository(fleet.slice(0, 4));
  const { code, stdout } = await rollback(repo, '--to', repo.commits[2] ?? '', '--yes');
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /Nothing to change[\s\S]*Left out: 1 shared change[\s\S]* variables\.yaml {2}reaches 3/,
  );
});

test('what a keep pattern names stays, on the command line and in knowngood.yaml', async () => {
  using repo = makeRepository([
    ...fleet,
    { files: { 'knowngood.yaml': `${projectFile}keep: ["**#/replicas"]\n` } },
  ]);
  const { stdout } = await rollback(repo, '--to', 'v2', '--keep', '**/web/**', '--yes');
  expect(stdout).toContain(`${api}#/replicas  by **#/replicas`);
  expect(stdout).toContain(`${web}  by **/web/**`);
  expect(readTree(repo).get(api)).toBe(serviceFile('v2', 5));
  expect(readTree(repo).get(web)).toBe(serviceFile('v3', 9));
  // Restored exactly when told to.
  await rollback(repo, '-s', 'api', '-f', 'replicas', '--to', 'v2', '--yes');
  expect(readTree(repo).get(api)).toBe(serviceFile('v2', 2));
});

test('a service that the target does not have is deleted only when that is said', async () => {
  const late = 'tenants/acme/production/late/service.yaml';
  using repo = makeRepository([...fleet, { files: { [late]: 'a: 1\n' } }], { bare: false });
  const refused = await rollback(repo, '-s', 'late', '--to', 'v1', '--yes');
  expect(refused.code).toBe(5);
  expect(refused.stderr).toMatch(/^knowngood: late does not exist at .* say so with --allow-delete\n$/);
  expect(repo.git('rev-parse', 'HEAD')).toBe(repo.commits[6]);
  expect((await rollback(repo, '-s', 'late', '--to', 'v1', '--yes', '--allow-delete')).code).toBe(0);
  expect(changed(repo)).toEqual([late]);
  expect(repo.git('status', '--porcelain')).toBe('');
});

test('templates on the command line stand in for those of knowngood.yaml', async () => {
  using repo = makeRepository(fleet);
  const words = ['rollback', '--repo', repo.dir, '--to', 'v1', '--yes'];
  const layout = ['--layout', 'tenants/globex/{environment}/{service}/**'];
  expect((await runLocal([...words, ...layout, '-t', 'default', '-e', 'production'])).code).toBe(0);
  expect(changed(repo)).toEqual([otherApi]);
  // With one tenant and one environment in the layout, nobody needs to name them.
  expect((await runLocal([...words, '--layout', 'tenants/acme/production/{service}/**'])).code).toBe(0);
  expect(changed(repo)).toEqual([api, web]);
});
