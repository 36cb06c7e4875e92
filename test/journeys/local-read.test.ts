import { expect, test } from 'vitest';
import { api, fleet, production, settings } from '../kit/fleet.ts';
import { gitBytes } from '../kit/git.ts';
import { makeRepository } from '../kit/repository.ts';
import { runCli } from '../kit/run-cli.ts';
import { runLocal } from '../kit/run-local.ts';

const repo = makeRepository(fleet, { bare: false });
const here = (command: string, ...words: readonly string[]) =>
  runLocal([command, '--repo', repo.dir, ...production, ...words]);

/** The words of each line of a table. */
const cells = (table: string): string[][] =>
  table
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {2,}/));

test('history lists what touched the tenant-environment, newest first, and nothing else', async () => {
  const { code, stdout, stderr } = await here('history');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const rows = cells(stdout);
  expect(rows[0]).toEqual(['REVISION', 'AGE', 'AUTHOR', 'SERVICES', 'FILES', 'SOURCE', 'CHANGES']);
  expect(rows.slice(1).map((row) => [row[0], row[3], row[4], row[6]])).toEqual([
    [repo.commits[5]?.slice(0, 8), 'api, web', '2', 'Release v3'],
    [repo.commits[2]?.slice(0, 8), 'web', '2', 'Release web v2'],
    [repo.commits[1]?.slice(0, 8), 'api', '1', 'Release api v2'],
    [repo.commits[0]?.slice(0, 8), 'api, web', '3', 'Set up'],
  ]);
});

test('history of one service, cut to a number of rows, is a list for programs, too', async () => {
  const { stdout } = await here('history', '-s', 'api', '-n', '2', '-o', 'json');
  const rows = JSON.parse(stdout) as readonly Record<string, unknown>[];
  expect(rows.map((row) => row['subject'])).toEqual(['Release v3', 'Release api v2']);
  expect(rows[0]).toEqual({
    revision: repo.commits[5],
    timestamp: '2026-01-01T00:05:00Z',
    author: 'Test',
    email: 'test@example.com',
    subject: 'Release v3',
    services: ['api'],
    files: 1,
    source: 'push',
  });
});

test('wide history has whole revisions and times', async () => {
  const { stdout } = await here('history', '-o', 'wide');
  expect(cells(stdout)[1]?.slice(0, 3)).toEqual([
    repo.commits[5],
    '2026-01-01T00:05:00Z',
    'Test <test@example.com>',
  ]);
});

test('diff shows the lines that would change and ends with 1; without a difference it is silent and ends with 0', async () => {
  const { code, stdout, stderr } = await here('diff', '-s', 'api', '--to', 'v2');
  expect(code).toBe(1);
  expect(stderr).toMatch(
    new RegExp(`^compared with: ${repo.commits[1]?.slice(0, 8)} .*\nleft out: 2 shared`),
  );
  expect(stdout).toBe(`diff --git a/${api} b/${api}
--- a/${api}
+++ b/${api}
@@ -1,8 +1,8 @@
 # how it runs
 image:
   repository: ghcr.io/acme/app
-  tag: v3 # set by the pipeline
-replicas: 5
+  tag: v2 # set by the pipeline
+replicas: 2
 env:
   - name: LOG_LEVEL
-    value: debug
+    value: info
`);
  expect(await here('diff', '--to', 'main')).toMatchObject({ code: 0, stdout: '' });
});

test('git apply makes of a diff what rollback commits', async () => {
  using own = makeRepository(fleet, { bare: false });
  const words = ['--repo', own.dir, ...production, '--to', 'v1', '--include-shared'];
  const { stdout } = await runLocal(['diff', ...words]);
  gitBytes(own.dir, ['apply', '--index'], stdout);
  const applied = own.git('write-tree');
  own.git('reset', '-q', '--hard');
  await runLocal(['rollback', ...words, '--yes']);
  expect(own.git('rev-parse', 'HEAD^{tree}')).toBe(applied);
});

test('diff is coloured on a terminal and ends with 2 when it cannot compare', async () => {
  const words = ['diff', '--repo', repo.dir, ...production, '-s', 'api'];
  const { stdout } = await runLocal(words, { colour: true, stdoutIsTerminal: true });
  expect(stdout).toContain('\u001B[32m+replicas: 2\u001B[39m');
  expect((await here('diff', '--to', 'nowhere')).code).toBe(2);
  expect((await here('diff', '-s', 'apj')).code).toBe(2);
});

test('fields lists every field that differs with the commit that changed it last', async () => {
  const { code, stdout } = await here('fields', '--to', 'v1');
  expect(code).toBe(0);
  const [last, web] = [repo.commits[5]?.slice(0, 8), repo.commits[2]?.slice(0, 8)];
  expect(cells(stdout)).toEqual([
    ['SERVICE', 'FIELD', 'NOW', 'THEN', 'COMMIT', 'CHANGED BY'],
    ['api', 'image.tag', 'v3', 'v1', last, 'Release v3'],
    ['api', 'replicas', '5', '2', last, 'Release v3'],
    ['api', 'env[LOG_LEVEL].value', 'debug', 'info', last, 'Release v3'],
    ['web', 'image.tag', 'v3', 'v1', last, 'Release v3'],
    ['web', 'replicas', '9', '2', last, 'Release v3'],
    ['-', 'namespace', 'acme-v2', 'acme', web, 'Release web v2'],
  ]);
  const listed = JSON.parse((await here('fields', '--to', 'v1', '-o', 'json')).stdout) as unknown[];
  expect(listed.at(-1)).toEqual({
    service: null,
    file: settings,
    address: `${settings}#/namespace`,
    field: 'namespace',
    before: 'acme-v2',
    after: 'acme',
    commit: repo.commits[2],
    subject: 'Release web v2',
  });
});

test('a target is a tag, a short id, a branch or a time, and is echoed', async () => {
  repo.git('branch', '-f', 'before', repo.commits[1] ?? '');
  const [first = '', second = ''] = repo.commits;
  for (const [to, revision] of [
    ['v1', first],
    [second.slice(0, 7), second],
    [second.toUpperCase(), second],
    ['before', second],
    ['2026-01-01T00:01:30Z', second],
    ['1d', repo.commits[5] ?? ''],
  ] as const) {
    const { stdout } = await here('rollback', '--dry-run', '--to', to, '-o', 'json');
    expect({ to, target: (JSON.parse(stdout) as { target: string }).target }).toEqual({
      to,
      target: revision,
    });
  }
});

test('reading commands change nothing, and run as a program of their own', async () => {
  const state = () => [
    repo.git('for-each-ref'),
    repo.git('status', '--porcelain'),
    repo.git('rev-parse', 'HEAD'),
  ];
  const before = state();
  const words = ['--repo', repo.dir, ...production];
  const runs = await Promise.all(['history', 'diff', 'fields'].map((command) => runCli([command, ...words])));
  expect(runs.map(({ code }) => code)).toEqual([0, 1, 0]);
  expect(state()).toEqual(before);
});
