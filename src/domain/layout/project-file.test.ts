import { expect, test } from 'vitest';
import { ownerOf } from './layout.ts';
import { readProject } from './project-file.ts';

const head = 'apiVersion: knowngood.dev/v1\nkind: Project\n';

test('a project without a layout has the default one', () => {
  const { layout, keep } = readProject(`${head}environments: [dev, production]\nkeep: ["**#/replicas"]\n`);
  expect(ownerOf(layout, 'tenants/acme/dev/api/x')?.service).toBe('api');
  expect(layout.environments).toEqual(['dev', 'production']);
  expect(keep.map(({ source }) => source)).toEqual(['**#/replicas']);
});

test('layout entries are paths or mappings', () => {
  const { layout } = readProject(
    `${head}layout:\n  - apps/{tenant}/{service}/**\n  - { path: "gen/**", generated: true }\n`,
  );
  expect(ownerOf(layout, 'apps/acme/api/x')?.tenant).toBe('acme');
  expect(ownerOf(layout, 'gen/x')?.generated).toBe(true);
});

test('what becomes of stale pushes is said or not', () => {
  expect(readProject(`${head}stalePushes: refuse\n`).stalePushes).toBe('refuse');
  expect(readProject(head).stalePushes).toBeUndefined();
});

test.each([
  ['', 'must be a mapping'],
  ['a: [', 'knowngood.yaml:'],
  ['apiVersion: v1\nkind: Project\n', 'apiVersion must be'],
  ['apiVersion: knowngood.dev/v1\nkind: Thing\n', 'kind must be'],
  [`${head}colour: blue\n`, 'knowngood.yaml:3: unknown key colour'],
  [`${head}generater: true\n`, 'knowngood.yaml:3: unknown key generater; did you mean generator?'],
  [
    `${head}layout:\n  - a/**\n  - path: b/**\n    generatd: true\n`,
    'knowngood.yaml:6: unknown key generatd in the layout entry b/**; did you mean generated?',
  ],
  [
    `${head}argocd:\n  repoURL: x\n  environments:\n    dev: { projekt: a }\n`,
    'knowngood.yaml:6: unknown key projekt in argocd.environments.dev; did you mean project?',
  ],
  [
    `${head}argocd:\n  repoUrl: x\n`,
    'knowngood.yaml:4: unknown key repoUrl in argocd; did you mean repoURL?',
  ],
  [`${head}generator: maybe\n`, 'generator must be true or false'],
  [`${head}stalePushes: maybe\n`, 'stalePushes must be generate or refuse'],
  [`${head}argocd: {}\n`, 'argocd.repoURL is missing'],
  [`${head}environments: dev\n`, 'environments must be a list'],
  [`${head}layout: [{ generated: true }]\n`, 'needs a path'],
  [`${head}layout: [{ path: a, generated: maybe }]\n`, 'true or false'],
  [`${head}layout: [{ path: a, colour: blue }]\n`, 'unknown key colour'],
  [`${head}layout: ["a/{x}/**"]\n`, '{x} is not known'],
  [`${head}keep: ["#/x"]\n`, 'names no file'],
  [`${head}keep: [*x]\n`, 'knowngood.yaml: '],
  [
    `${head}keep:\n  - &a [x, x]\n  - &b [*a, *a, *a, *a, *a, *a, *a, *a]\n${'  - [*b, *b]\n'.repeat(99)}`,
    'knowngood.yaml: ',
  ],
  [`${head}x: ${'y'.repeat(70_000)}\n`, 'longer than'],
])('a bad file is refused with one clear line: %#', (text, reason) => {
  expect(() => readProject(text)).toThrow(reason);
});
