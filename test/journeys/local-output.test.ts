import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { api, fleet, production } from '../kit/fleet.ts';
import { makeRepository } from '../kit/repository.ts';
import { runLocal } from '../kit/run-local.ts';

const words = (dir: string, ...more: readonly string[]): readonly string[] =>
  ['rollback', '--repo', dir, '-s', 'api', '--to', 'v2'].concat(production, more);

test('-o json prints one object with exactly the documented keys, and proceeds without --yes', async () => {
  using repo = makeRepository(fleet);
  const { code, stdout, stderr } = await runLocal(words(repo.dir, '-o', 'json'));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const printed = JSON.parse(stdout) as Record<string, unknown>;
  expect(printed).toEqual({
    kind: 'rollback',
    mode: 'service',
    tenant: 'acme',
    environment: 'production',
    service: 'api',
    base: repo.commits[5],
    target: repo.commits[1],
    digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
    outcome: 'committed',
    impact: { services: 1, bindings: 0, variables: 0, fields: 3, files: 1 },
    services: [
      {
        service: 'api',
        files: [{ path: api, change: 'modified' }],
        fields: [
          { file: api, address: `${api}#/image/tag`, field: 'image.tag', before: 'v3', after: 'v2' },
          { file: api, address: `${api}#/replicas`, field: 'replicas', before: 5, after: 2 },
          {
            file: api,
            address: `${api}#/env/[name=LOG_LEVEL]/value`,
            field: 'env[LOG_LEVEL].value',
            before: 'debug',
            after: 'info',
          },
        ],
      },
    ],
    shared: [
      {
        path: 'tenants/acme/production/environment.yaml',
        change: 'modified',
        reaches: ['acme/production'],
        included: false,
      },
      {
        path: 'variables.yaml',
        change: 'modified',
        reaches: ['acme/staging', 'acme/production', 'globex/production'],
        included: false,
      },
    ],
    pins: [],
    kept: [],
    hazards: [],
    refused: [],
    conflicts: [],
    commit: repo.git('rev-parse', 'main'),
    pushed: false,
  });
  expect(repo.git('log', '-1', '--format=%B')).toContain(`Plan-Digest: ${String(printed['digest'])}`);
});

test('every outcome is told with the same keys', async () => {
  using repo = makeRepository([
    ...fleet,
    { files: { [api]: 'a: &x 1\nb: *x\n' } },
    { files: { [api]: 'a: &x 2\nb: *x\n' } },
  ]);
  const keys = new Set<string>();
  const outcomes = [];
  for (const more of [
    ['--dry-run'],
    ['--to', 'HEAD'],
    ['--to', repo.commits[6] ?? '', '-f', 'a'],
    ['--to', 'v1'],
  ]) {
    const { code, stdout } = await runLocal(words(repo.dir, ...more, '-o', 'json'));
    const printed = JSON.parse(stdout) as Record<string, unknown>;
    keys.add(Object.keys(printed).join(' '));
    outcomes.push([code, printed['outcome'], printed['commit'] !== null]);
  }
  expect(outcomes).toEqual([
    [0, 'dry-run', false],
    [0, 'unchanged', false],
    [2, 'refused', false],
    [0, 'committed', true],
  ]);
  expect(keys.size).toBe(1);
});

test('an error with -o json is one object on stderr, whatever the command', async () => {
  using repo = makeRepository(fleet);
  for (const command of ['history', 'diff', 'fields', 'rollback']) {
    const wrong = command === 'history' ? ['--branch', 'mian'] : ['--to', 'v2'];
    const rest = ['--repo', repo.dir, '-t', 'acme', '-e', 'prod', '-o', 'json', ...wrong];
    const { code, stdout, stderr } = await runLocal([command, ...rest]);
    expect({ command, code, stdout }).toEqual({ command, code: 2, stdout: '' });
    const { error } = JSON.parse(stderr) as { error: Record<string, unknown> };
    expect(Object.keys(error)).toEqual(['code', 'message', 'details']);
    expect(error['code']).toBe(command === 'history' ? 'branch_unknown' : 'environment_unknown');
  }
});

test('-o yaml prints the same value; -o wide adds the digest to the text', async () => {
  using repo = makeRepository(fleet);
  const [json, yaml, wide] = await Promise.all(
    ['json', 'yaml', 'wide'].map((format) => runLocal(words(repo.dir, '--dry-run', '-o', format))),
  );
  expect(parse(yaml?.stdout ?? '')).toEqual(JSON.parse(json?.stdout ?? ''));
  const { digest } = JSON.parse(json?.stdout ?? '') as { digest: string };
  expect(wide?.stdout).toContain(`Digest: ${digest}\n`);
  expect(wide?.stdout).toContain('image.tag             v3 → v2');
});

test('secret values are never printed', async () => {
  const secret = (value: string) =>
    `kind: Secret\nmetadata: { name: db }\nstringData: { password: ${value} }\n`;
  const path = 'tenants/acme/production/api/secret.yaml';
  using repo = makeRepository([
    ...fleet.slice(0, 2),
    { files: { [path]: secret('hunter1') } },
    { files: { [path]: secret('hunter2') } },
  ]);
  const scope = ['--repo', repo.dir, ...production, '-s', 'api', '--to', repo.commits[2] ?? ''];
  for (const command of [
    ['diff', ...scope],
    ['diff', ...scope, '-o', 'json'],
    ['fields', ...scope],
    ['fields', ...scope, '-o', 'yaml'],
    ['rollback', ...scope, '--dry-run'],
    ['rollback', ...scope, '-o', 'json'],
  ]) {
    const { stdout, stderr } = await runLocal(command);
    expect(stdout).not.toBe('');
    expect(stdout + stderr).not.toMatch(/hunter/);
  }
  expect(repo.git('show', `main:${path}`)).toContain('hunter1');
  const goes = await runLocal(['diff', ...scope.slice(0, -1), 'v2']);
  expect(goes.stdout).toContain('Secret values differ and are not shown');
  expect(goes.stdout).not.toMatch(/hunter/);
});
