import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from './kit/run-cli.ts';
import { type LocalResult, runLocal } from './kit/run-local.ts';
import { chart, overlay, stacked } from './kit/render-shapes.ts';
import { needsHelm, needsKustomize } from './kit/render-tools.ts';
import { type TestRepository, makeRepository, temporaryFolder } from './kit/repository.ts';

const project = `apiVersion: knowngood.dev/v1
kind: Project
environments: [production]
layout:
  - path: apps/{service}/{environment}/**
`;

/** A repository with a good state of one service and a bad one on top. */
const between = (good: Readonly<Record<string, string>>, bad: Readonly<Record<string, string>>) =>
  makeRepository([
    { message: 'Good', files: { 'knowngood.yaml': project, ...good } },
    { message: 'Bad', files: bad },
  ]);

const rendered = (
  { dir }: TestRepository,
  service: string,
  ...words: readonly string[]
): Promise<LocalResult> =>
  runLocal(['rollback', '--repo', dir, '-e', 'production', '-s', service, '--dry-run', '--render', ...words]);

const outcomeOf = ({ stdout }: LocalResult) =>
  (JSON.parse(stdout) as { readonly rendered: { readonly services: readonly unknown[] } }).rendered.services;

test('a rollback of an overlay shows each object that would change, and no secret value', async (context) => {
  needsKustomize(context);
  using repository = between(overlay('v1'), overlay('v2', 'debug'));
  const before = repository.git('rev-parse', 'HEAD');
  const { code, stdout } = await rendered(repository, 'web');
  expect(code).toBe(0);
  const shown = stdout.slice(stdout.indexOf('Rendered objects'));
  expect(shown).toMatch(/^Rendered objects \((?:kubectl )?kustomize v?\d/);
  expect(shown).toContain('  default/production/web: 2 added, 1 changed, 2 removed, 2 as before\n');
  expect(shown).toMatch(/~ Deployment shop\/eu-web\n/);
  expect(shown).toMatch(/-\s+image: ghcr\.io\/example\/web:v2\n[^]*\+\s+image: ghcr\.io\/example\/web:v1\n/);
  // Generated names have a hash of what they hold: another content is another object.
  expect(shown).toMatch(/\+ ConfigMap shop\/eu-settings-\w+\n/);
  expect(shown).toMatch(/- Secret shop\/eu-access-\w+\n/);
  expect(shown).toContain('TOKEN: "(secret)"');
  expect(shown).not.toMatch(/hunter2|aHVudGVy/);
  expect(repository.git('rev-parse', 'HEAD')).toBe(before);
});

test('programs get the same as data, and diff --render shows it too', async (context) => {
  needsKustomize(context);
  using repository = between(stacked('5Gi'), stacked('9Gi'));
  const services = outcomeOf(await rendered(repository, 'store', '-o', 'json'));
  expect(services).toMatchObject([
    {
      service: 'store',
      objects: [{ change: 'changed', kind: 'PersistentVolumeClaim', name: 'data-eu' }],
      hazards: [{ code: 'volume_shrinks' }],
      missing: [],
    },
  ]);
  const words = ['diff', '--repo', repository.dir, '-e', 'production', '-s', 'store', '--render'];
  const { code, stdout } = await runLocal(words);
  expect(code).toBe(1);
  expect(stdout).toMatch(/! PersistentVolumeClaim data-eu asks for less storage/);
  expect(stdout).toMatch(/-\s+storage: 9Gi\n\s+\+\s+storage: 5Gi/);
});

test('a rollback of a chart with a chart below it is rendered with helm', async (context) => {
  needsHelm(context);
  const folder = 'apps/web/production';
  using repository = between(chart(folder, 'v1'), chart(folder, 'v2'));
  const { stdout } = await rendered(repository, 'web');
  expect(stdout).toContain('default/production/web: 2 changed, 1 as before');
  expect(stdout).toMatch(/\+\s+image: ghcr\.io\/example\/web:v1/);
  expect(stdout).toContain('token: "(secret, another)"');
  expect(stdout).not.toMatch(/hunter2|aHVudGVy/);
});

test('what is rendered has the hazards of plain manifests, and objects that a neighbour makes as well', async (context) => {
  needsKustomize(context);
  const built = (service: string, ...files: readonly string[]) => ({
    [`apps/${service}/production/kustomization.yaml`]: `resources: [${files.map((_, at) => `${at}.yaml`).join(', ')}]\n`,
    ...Object.fromEntries(files.map((text, at) => [`apps/${service}/production/${at}.yaml`, text])),
  });
  const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n';
  const job = (tag: string) =>
    `apiVersion: batch/v1\nkind: Job\nmetadata: { name: migrate, annotations: { argocd.argoproj.io/hook: PreSync } }\nspec: { template: { spec: { containers: [{ name: run, image: "acme/api:${tag}" }] } } }\n`;
  using repository = between(
    { ...built('web', job('v1'), settings), ...built('other', job('v1').replace('migrate', 'clean')) },
    { ...built('web', job('v2')), ...built('other', settings) },
  );
  const services = outcomeOf(await rendered(repository, 'web', '-o', 'json'));
  expect(services).toMatchObject([
    {
      hazards: [
        { code: 'hook_goes_back', message: expect.stringContaining('acme/api:v2 → acme/api:v1'), paths: [] },
        {
          code: 'object_collides',
          message: 'ConfigMap settings is made by other, too: each sync of one would undo the other',
        },
      ],
    },
  ]);
});

test('plain manifests that nobody generates have their hazards where they are rendered', async () => {
  const claim = (size: string) => ({
    'apps/web/production/a.yaml': `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: a }\nspec: { resources: { requests: { storage: ${size} } } }\n`,
  });
  using repository = between(claim('1Gi'), claim('2Gi'));
  expect(outcomeOf(await rendered(repository, 'web', '-o', 'json'))).toMatchObject([
    { hazards: [{ code: 'volume_shrinks' }] },
  ]);
});

test('plain manifests need no tool', async () => {
  const manifest = (level: string) => ({
    'apps/web/production/a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { level: ${level} }\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: { name: b }\n`,
  });
  using repository = between(manifest('info'), manifest('debug'));
  const words = [
    'rollback',
    '--repo',
    repository.dir,
    '-e',
    'production',
    '-s',
    'web',
    '--dry-run',
    '--render',
  ];
  const { stdout } = await runLocal(words);
  expect(stdout).toMatch(
    /web: 1 changed, 1 as before\n {4}~ ConfigMap a\n[^]*- {2}level: debug\n[^]*\+ {2}level: info/,
  );
});

test('without the tools the preview says which layer is missing, and everything else stays as it was', async () => {
  using repository = between(overlay('v1'), overlay('v2'));
  const tools = temporaryFolder('git-only');
  symlinkSync(execFileSync('which', ['git'], { encoding: 'utf8' }).trim(), join(tools, 'git'));
  const words = [
    'rollback',
    '--repo',
    repository.dir,
    '-e',
    'production',
    '-s',
    'web',
    '--dry-run',
    '--render',
  ];
  const run = await runCli(words, { env: { PATH: tools } });
  expect(run.code).toBe(0);
  expect(run.stdout).toContain('image');
  expect(run.stdout).toMatch(
    /default\/production\/web: not rendered, so its hazards are not known\n {4}! neither kustomize nor kubectl \(1\.24 or newer\) is on the PATH; install one of them/,
  );
});

test('a remote base at the target is named with its line and never asked for; the present state still counts', async () => {
  const bad = {
    ...overlay('v1'),
    'apps/web/production/kustomization.yaml':
      'namePrefix: eu-\nresources: ["https://127.0.0.1:1/base.yaml"]\n',
  };
  using repository = between(bad, overlay('v2'));
  const { code, stdout } = await rendered(repository, 'web');
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /! at the target: apps\/web\/production\/kustomization\.yaml:2: "https:\/\/127\.0\.0\.1:1\/base\.yaml" is not in this repository/,
  );
});

test('a file whose name not every disk takes stays behind, and the rest is rendered', async (context) => {
  needsKustomize(context);
  const odd = { 'apps/web/production/a\\b.yaml': 'a: 1\n' };
  using repository = between({ ...overlay('v1'), ...odd }, overlay('v2'));
  const { code, stdout } = await rendered(repository, 'web');
  expect(code).toBe(0);
  expect(stdout).toContain('~ Deployment shop/eu-web');
});

test('a kustomization that kustomize refuses says why, unless its words could quote a secret', async (context) => {
  needsKustomize(context);
  const broken = {
    ...stacked('1Gi'),
    'apps/store/production/kustomization.yaml': 'resources: [../../../bases/store-eu]\nimages: 7\n',
  };
  using repository = between(broken, stacked('2Gi'));
  expect((await rendered(repository, 'store')).stdout).toMatch(
    /! at the target: kustomize could not render apps\/store\/production: .+/,
  );
  const secret = { ...overlay('v1'), 'apps/web/production/memory.yaml': 'hunter2\n' };
  using other = between(secret, overlay('v2'));
  const { stdout } = await rendered(other, 'web');
  expect(stdout).toContain('its words may hold secret values, so run it yourself');
  expect(stdout.slice(stdout.indexOf('Rendered objects'))).not.toContain('hunter2');
});
