import { describe, expect, test } from 'vitest';
import { makeRepository } from '../../test/kit/repository.ts';
import { detectLayout } from './detect-layout.ts';

const files = (...paths: readonly string[]) => Object.fromEntries(paths.map((path) => [path, path]));
const start = files(
  ...['api', 'web'].flatMap((name) =>
    ['base', 'overlays/dev', 'overlays/prod'].map((folder) => `apps/${name}/${folder}/kustomization.yaml`),
  ),
  'README.md',
);

describe('a repository that nobody has described', () => {
  test('is proposed a layout with what it gives, from its files and its history', async () => {
    using repository = makeRepository([
      { files: start },
      { files: files('apps/api/overlays/dev/patch.yaml') },
      { files: { 'README.md': 'changed', 'apps/web/base/kustomization.yaml': 'changed' } },
      { files: { 'README.md': 'again' } },
    ]);
    const { proposals, ...seen } = await detectLayout({ path: repository.dir });
    expect(seen).toEqual({
      branch: 'main',
      revision: repository.commits.at(-1),
      files: 8,
      commits: 4,
      complete: true,
      described: false,
    });
    expect(proposals[0]).toEqual({
      templates: [{ path: 'apps/{service}/overlays/{environment}/**' }, { path: 'apps/{service}/**' }],
      environments: ['dev', 'prod'],
      figures: {
        tenants: ['default'],
        environments: ['dev', 'prod'],
        services: ['api', 'web'],
        files: { total: 8, owned: 5, shared: 2, generated: 0, unmatched: 1 },
        commits: { total: 4, whole: 1, partly: 2 },
      },
    });
  });

  test('may be looked at on another branch, and may not be what it says it is', async () => {
    using repository = makeRepository([
      { files: { 'README.md': 'x' } },
      { files: start, branch: 'next', orphan: true },
    ]);
    expect((await detectLayout({ path: repository.dir })).proposals).toEqual([]);
    expect((await detectLayout({ path: repository.dir, branch: 'next' })).proposals).not.toEqual([]);
    await expect(detectLayout({ path: repository.dir, branch: 'gone' })).rejects.toMatchObject({
      name: 'Refusal',
      code: 'branch_unknown',
    });
  });

  test('knowngood.yaml is not one of the files that have to be somewhere', async () => {
    using repository = makeRepository({ ...start, 'knowngood.yaml': 'kind: Project' });
    const { described, proposals } = await detectLayout({ path: repository.dir });
    expect(described).toBe(true);
    expect(proposals[0]?.figures.files.total).toBe(7);
  });

  test('says what it is doing when there is much to read', async () => {
    const many = Array.from({ length: 1200 }, (_, index) => `apps/s${index}/prod/values.yaml`);
    using repository = makeRepository(files(...many, 'apps/s0/dev/values.yaml'));
    const shown: string[] = [];
    await detectLayout({ path: repository.dir, onProgress: (text) => shown.push(text) });
    expect(shown).toEqual(['Reading files… 1,000', 'Comparing layouts…']);
  });
});
