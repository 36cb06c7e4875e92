import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { needsKustomize } from './kit/render-tools.ts';
import { makeRepository, readTree, temporaryFolder } from './kit/repository.ts';
import { runLocal } from './kit/run-local.ts';

type Files = Readonly<Record<string, string | null>>;

/** One item of test/cases/adopted.yaml: what the target and the head change of what is given, and what comes of it. */
interface Case {
  readonly name: string;
  readonly then: Files;
  readonly now: Files;
  /** Further words of the rollback, which is a full one unless they say so. */
  readonly ask?: readonly string[];
  /** Files that become as they were at the target, and files that become something else; all others stay. */
  readonly restored?: readonly string[];
  readonly written?: Readonly<Record<string, string>>;
  /** A regular expression: what the preview says. */
  readonly says?: string;
  /** The names under which the pins are listed; removed together, they leave the files as they were, but for `left`. */
  readonly pins?: readonly string[];
  readonly left?: Readonly<Record<string, string>>;
}

const given: Readonly<Record<string, string>> = {
  'knowngood.yaml': `apiVersion: knowngood.dev/v1
kind: Project
environments: [staging, production]
layout:
  - path: apps/{service}/{environment}/{tenant}/**
  - path: apps/{service}/{environment}/base/**
  - path: apps/{service}/base/**
  - path: apps/{service}/size/**
  - path: apps/{service}/values.yaml
`,
  'apps/web/base/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 1
  template: { spec: { containers: [{ name: web, image: ghcr.io/example/web }] } }
`,
  'apps/web/production/acme/kustomization.yaml': 'resources: [../../base]\n',
  'apps/web/production/globex/kustomization.yaml': 'resources: [../../base]\n',
};

const cases = parse(readFileSync(join(import.meta.dirname, 'cases/adopted.yaml'), 'utf8')) as readonly Case[];

const filled = (text: string, target: string): string => text.replaceAll('TARGET', target.slice(0, 8));
const present = (files: Files): Record<string, string> =>
  Object.fromEntries(Object.entries(files).flatMap(([path, text]) => (text === null ? [] : [[path, text]])));

test.each(cases)(
  '$name',
  async ({ then, now, ask = [], restored = [], written = {}, says = '', ...item }) => {
    using repo = makeRepository([{ files: present({ ...given, ...then }) }, { files: now }]);
    const [target = ''] = repo.commits;
    const at = (revision: string) => Object.fromEntries(readTree(repo, revision));
    const run = (command: readonly string[], ...words: readonly string[]) =>
      runLocal([...command, '--repo', repo.dir, '-t', 'acme', '-e', 'production', ...words]);
    const before = at('HEAD');
    const yes = ['--yes', '-m', 'A case'];
    const { code, stdout, stderr } = await run(['rollback'], '--to', target, ...ask, ...yes);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(says));
    const texts = Object.entries(written).map(([path, text]) => [path, filled(text, target)] as const);
    const past = at(target);
    const same = restored.map((path) => [path, past[path]] as const);
    expect(at('HEAD')).toEqual({ ...before, ...Object.fromEntries([...texts, ...same]) });
    if (!item.pins) return;
    expect((await run(['pins'], '-o', 'name')).stdout.trim().split('\n')).toEqual(item.pins);
    const removed = await run(['pins', 'remove'], ...item.pins, ...yes);
    expect(removed).toMatchObject({ code: 0, stderr: '' });
    const left = Object.entries(item.left ?? {});
    expect(at('HEAD')).toEqual({ ...before, ...Object.fromEntries([...same, ...left]) });
  },
);

/** What kustomize makes of a folder of these files. */
function rendered(files: Readonly<Record<string, string>>, folder: string): string {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const alone = !spawnSync('kustomize', ['version']).error;
  const [program, words] = alone ? ['kustomize', ['build']] : ['kubectl', ['kustomize']];
  return execFileSync(program, [...words, join(root, folder)], { encoding: 'utf8' });
}

test('kustomize makes of pinned overlays what it made at the target, and of others what it makes now', async (context) => {
  needsKustomize(context);
  const base = (tag: string, count: number) => ({
    'apps/web/base/kustomization.yaml': `resources: [deployment.yaml]
components: [../size]
images: [{ name: ghcr.io/example/web, newName: quay.example.com/web-${tag}, newTag: ${tag} }]
`,
    'apps/web/size/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
  - target: { kind: Deployment }
    patch: |-
      - op: replace
        path: /spec/replicas
        value: ${String(count)}
`,
  });
  const overlay = {
    'apps/web/production/acme/kustomization.yaml': 'resources: [../../base]\nnamePrefix: eu-\n',
  };
  using repo = makeRepository([
    { files: { ...given, ...base('v1', 2), ...overlay } },
    { files: base('v2', 7) },
  ]);
  const at = (revision: string) => Object.fromEntries(readTree(repo, revision));
  const before = at('HEAD');
  const words = ['-t', 'acme', '-e', 'production', '--to', repo.commits[0] ?? '', '--yes', '-m', 'A case'];
  expect((await runLocal(['rollback', '--repo', repo.dir, ...words])).code).toBe(0);
  const [acme, globex] = ['apps/web/production/acme', 'apps/web/production/globex'];
  expect(rendered(before, acme)).toContain('web-v2:v2');
  expect(rendered(at('HEAD'), acme)).toBe(rendered(at(repo.commits[0] ?? ''), acme));
  expect(rendered(at('HEAD'), globex)).toBe(rendered(before, globex));
});
