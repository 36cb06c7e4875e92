import { expect, test } from 'vitest';
import { fileOf, generatedHistory, releases, serviceOf } from '../kit/generated-shop.ts';
import { generatedIn, project, regenerated } from '../kit/generated-tree.ts';
import { type TestRepository, makeRepository, readTree } from '../kit/repository.ts';
import { runLocal } from '../kit/run-local.ts';

const history = generatedHistory(releases);
const scope = ['-t', 'acme', '-e', 'production'];
const run = (repo: TestRepository, ...words: readonly string[]) =>
  runLocal([words[0] ?? '', '--repo', repo.dir, ...words.slice(1), '--yes', '-m', 'Bad release']);

const treeOf = (repo: TestRepository, revision = 'HEAD'): Record<string, string> =>
  Object.fromEntries(readTree(repo, revision));
const folder = (repo: TestRepository, revision: string, path: string): string =>
  repo.git('rev-parse', `${revision}:${path}`);

/** Every generated file is what the sources of the same commit say, and none is missing. */
function expectCurrent(repo: TestRepository): void {
  const files = treeOf(repo);
  const sources = Object.fromEntries(Object.entries(files).filter(([path]) => !(path in generatedIn(files))));
  expect(generatedIn(files)).toEqual(generatedIn(regenerated(sources)));
}

test('a full rollback regenerates what was there at the target, in one commit, and nobody else’s', async () => {
  using repo = makeRepository(history);
  const [, good = ''] = repo.commits;
  const { code, stdout } = await run(repo, 'rollback', ...scope, '--to', good);
  expect({ code, stdout }).toMatchObject({ code: 0 });
  expect(stdout).not.toContain('run your generator');
  expect(stdout).toContain('Exact: the generated files become what they were at the target, byte for byte');
  expect(repo.git('rev-list', '--count', 'HEAD')).toBe('4');
  expect(folder(repo, 'HEAD', 'delivery/acme')).toBe(folder(repo, good, 'delivery/acme'));
  expect(folder(repo, 'HEAD', '.argocd')).toBe(folder(repo, good, '.argocd'));
  expect(folder(repo, 'HEAD', 'delivery/globex')).toBe(folder(repo, 'HEAD^', 'delivery/globex'));
  expectCurrent(repo);
  expect(repo.git('fsck', '--strict')).toBe('');
});

test.each(['api', 'web', 'cache'] as const)(
  'a service rollback of %s leaves the folders of others as they are',
  async (service) => {
    using repo = makeRepository(history);
    const [, good = ''] = repo.commits;
    expect((await run(repo, 'rollback', ...scope, '-s', service, '--to', good)).code).toBe(0);
    for (const other of ['api', 'web', 'cache']) {
      const at = other === service ? good : 'HEAD^';
      const path = `delivery/acme/production/${other}`;
      expect([other, folder(repo, 'HEAD', path)]).toEqual([other, folder(repo, at, path)]);
    }
    expectCurrent(repo);
  },
);

test('a field rollback regenerates from the field alone', async () => {
  using repo = makeRepository(history);
  const field = ['-s', 'api', '-f', 'image.tag', '--to', repo.commits[1] ?? ''];
  expect((await run(repo, 'rollback', ...scope, ...field)).code).toBe(0);
  const made = treeOf(repo)['delivery/acme/production/api/deployment.yaml'];
  expect(made).toContain('image: ghcr.io/example/api:v2');
  expect(made).toContain('replicas: 5');
  expectCurrent(repo);
});

test('a preview says what is not as it was at the target, and why', async () => {
  const louder = { message: 'Louder', files: { 'variables.yaml': 'LEVEL: debug\n' } };
  using repo = makeRepository(generatedHistory([...releases, louder]));
  const words = ['rollback', '--repo', repo.dir, ...scope, '--to', repo.commits[1] ?? '', '--dry-run'];
  expect((await runLocal(words)).stdout).toMatch(
    /\nExact: the generated files become what they were.*\n0 generated files change outside acme\/production\n/,
  );
  const { stdout } = await runLocal([...words, '--shared', 'leave']);
  expect(stdout).toContain(
    'Approximate: not as generated at the target: api (variables.yaml is not as it was then); cache (variables.yaml is not as it was then)',
  );
  const json = await runLocal([...words, '-s', 'web', '-o', 'json']);
  expect(JSON.parse(json.stdout)).toMatchObject({
    generatedOutside: 0,
    regeneration: { exact: true, differs: [] },
  });
  const included = await runLocal([...words, '--shared', 'include']);
  expect(included.stdout).toContain('\n2 generated files change outside acme/production\n');
});

test('an undo brings generated files along, also those of a shared variable', async () => {
  const louder = { message: 'Louder', files: { 'variables.yaml': 'LEVEL: debug\n' } };
  using repo = makeRepository(generatedHistory([...releases, louder]));
  expect(treeOf(repo)['delivery/globex/production/cache/values.yaml']).toContain('level: debug');
  expect((await run(repo, 'undo', repo.commits.at(-1) ?? '')).code).toBe(0);
  expect(folder(repo, 'HEAD', 'delivery')).toBe(folder(repo, 'HEAD~2', 'delivery'));
  expectCurrent(repo);
});

test('a service that the target lacks goes away with its generated files', async () => {
  const late = {
    message: 'New',
    files: { 'tenants/acme/production/late/service.yaml': serviceOf.web('v1') },
  };
  using repo = makeRepository(generatedHistory([...releases, late]));
  expect(treeOf(repo)['.argocd/acme/production/late.yaml']).toBeDefined();
  const { code, stdout } = await run(
    repo,
    'rollback',
    ...scope,
    '--to',
    repo.commits[1] ?? '',
    '--allow-delete',
  );
  expect({ code, stdout }).toMatchObject({ code: 0 });
  expect(stdout).toContain('Hazard: Application acme-production-late goes away');
  expect(Object.keys(treeOf(repo)).filter((path) => path.includes('late'))).toEqual([]);
  expectCurrent(repo);
});

test('what cannot be generated is refused with file and line, and nothing is committed', async () => {
  const broken = {
    message: 'Take the variable away',
    files: { 'variables.yaml': 'OTHER: 1\n', [fileOf('acme/production', 'api')]: serviceOf.web('v4') },
  };
  const steps = [...history, { message: broken.message, files: broken.files }];
  using repo = makeRepository(steps);
  const { code, stderr } = await run(repo, 'rollback', ...scope, '-s', 'api', '--to', repo.commits[1] ?? '');
  expect(code).toBe(2);
  expect(stderr).toContain(
    'tenants/acme/production/api/service.yaml:9: {{hq.var.LEVEL}}: LEVEL is set in no scope',
  );
  expect(repo.git('rev-parse', 'HEAD')).toBe(repo.commits.at(-1));
});

test('without a generator the person is told to run theirs, and generated files stay', async () => {
  const off = {
    message: 'Off',
    files: { 'knowngood.yaml': project.replace('generator: true', 'generator: false') },
  };
  using repo = makeRepository([...history, off]);
  const { code, stdout } = await run(repo, 'rollback', ...scope, '--to', repo.commits[1] ?? '');
  expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('run your generator') });
  expect(folder(repo, 'HEAD', 'delivery')).toBe(folder(repo, 'HEAD^', 'delivery'));
});
