import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { HubSettings } from '../src/app/hub.ts';
import { indexHistory } from '../src/app/projects/index-history.ts';
import { fileOf, firstFiles, generatedHistory, releases, serviceOf } from './kit/generated-shop.ts';
import { git } from './kit/git.ts';
import { type TestHub, makeHub, person, projectWith } from './kit/hub.ts';
import { imageRegistry } from './kit/image-registry.ts';
import { temporaryFolder } from './kit/repository.ts';
import { client, clientFailure, serveHub } from './kit/serve-hub.ts';

const api = fileOf('acme/production', 'api');

async function setUp(history = generatedHistory(releases), settings: Partial<HubSettings> = {}) {
  const hub = await makeHub({ settings });
  const served = await serveHub(hub);
  const made = await projectWith(hub, history);
  const jane = await person(hub, 'jane');
  const dir = temporaryFolder('clone');
  await client(dir, 'clone', '-q', served.gitUrl('shop', jane), '.');
  const push = async (files: Readonly<Record<string, string>>): Promise<string> => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
    git(dir, 'add', '-A');
    git(dir, 'commit', '-q', '-m', 'Change');
    return git(dir, 'rev-parse', 'HEAD');
  };
  const dispose = async () => {
    await served[Symbol.asyncDispose]();
    await hub.close();
  };
  return { hub, made, dir, commit: push, [Symbol.asyncDispose]: dispose };
}

const audited = async (hub: TestHub) =>
  (await hub.store.audit.after(0, 100)).map(({ entry }) => [entry.action, entry.actor.name]);

test('after a push the hub adds one commit with the generated files, and no deployment', async () => {
  await using at = await setUp();
  const { hub, made, dir } = at;
  const pushed = await at.commit({ [api]: serviceOf.api('v7') });
  await client(dir, 'push', '-q', 'origin', 'HEAD:main');
  expect(made.git('rev-parse', 'main^')).toBe(pushed);
  expect(made.git('diff', '--name-only', 'main^', 'main')).toBe(
    'delivery/acme/production/api/deployment.yaml',
  );
  expect(made.git('show', 'main:delivery/acme/production/api/deployment.yaml')).toContain('api:v7');
  expect(made.git('log', '-1', '--format=%s %an', 'main')).toBe('Generate what was pushed Knowngood');
  expect(await audited(hub)).toEqual([
    ['push.accepted', 'jane'],
    ['push.generated', 'Knowngood'],
  ]);
  await indexHistory(hub, made.project.id);
  const { deployments } = await hub.store.deployments.list(made.project.id, {}, { limit: 1 });
  expect(deployments).toMatchObject([{ revision: pushed, services: ['api'] }]);
});

test('a push that makes nothing stale stays the last commit', async () => {
  await using at = await setUp();
  const pushed = await at.commit({ 'README.md': 'read me\n' });
  await client(at.dir, 'push', '-q', 'origin', 'HEAD:main');
  expect(at.made.git('rev-parse', 'main')).toBe(pushed);
});

test('a first push has everything generated on top', async () => {
  await using at = await setUp([]);
  await at.commit(firstFiles);
  await client(at.dir, 'push', '-q', 'origin', 'HEAD:main');
  expect(at.made.git('ls-tree', '--name-only', 'main')).toMatch(/^\.argocd\nbases\ndelivery\n/);
});

test('a push that would leave generated files stale is refused where the project says so', async () => {
  const settings = `${firstFiles['knowngood.yaml'] ?? ''}stalePushes: refuse\n`;
  await using at = await setUp(
    generatedHistory([{ message: 'Refuse', files: { 'knowngood.yaml': settings } }]),
  );
  const before = at.made.git('rev-parse', 'main');
  await at.commit({ [api]: serviceOf.api('v7') });
  const said = await clientFailure(at.dir, 'push', '-q', 'origin', 'HEAD:main');
  expect(said).toContain('delivery/acme/production/api would be stale, and knowngood.yaml refuses');
  expect(at.made.git('rev-parse', 'main')).toBe(before);
  git(at.dir, 'reset', '-q', '--hard', before);
  const harmless = await at.commit({ 'README.md': 'read me\n', [api]: `# ours\n${serviceOf.api('v1')}` });
  await client(at.dir, 'push', '-q', 'origin', 'HEAD:main');
  expect(at.made.git('rev-parse', 'main')).toBe(harmless);
});

test('a push of what cannot be generated is refused with file and line', async () => {
  await using at = await setUp();
  const before = at.made.git('rev-parse', 'main');
  await at.commit({ [api]: serviceOf.api('v7').replace('hq.var.LEVEL', 'hq.var.LEVLE') });
  const said = await clientFailure(at.dir, 'push', '-q', 'origin', 'HEAD:main');
  expect(said).toContain(`${api}:9: {{hq.var.LEVLE}}: LEVLE is set in no scope`);
  expect(at.made.git('rev-parse', 'main')).toBe(before);
});

test('a push that asks for a version of a chart that there is not is refused with file and line', async () => {
  await using registry = await imageRegistry(['charts/cache:1.0.0', 'charts/cache:1.1.0']);
  const cache = fileOf('acme/production', 'cache');
  const of = (version: string): string =>
    `apiVersion: knowngood.dev/v1\nkind: Service\nbinding:\n  type: helm\n  repository: oci://${registry.host}/charts\n  chart: cache\n  version: ${version}\n`;
  const registries = [{ host: registry.host, plainHttp: true }];
  await using at = await setUp(generatedHistory(releases), { registries });
  const { made, dir } = at;
  const head = made.git('rev-parse', 'main');
  await at.commit({ [cache]: of('9.9.9') });
  const said = await clientFailure(dir, 'push', '-q', 'origin', 'HEAD:main');
  expect(said).toContain(`${cache}:7: asks for the chart cache 9.9.9, and ${registry.host}/charts shows no`);
  expect(made.git('rev-parse', 'main')).toBe(head);
  await at.commit({ [cache]: of('1.1.0') });
  await client(dir, 'push', '-q', 'origin', 'HEAD:main');
  expect(made.git('show', 'main:.argocd/acme/production/cache.yaml')).toContain('targetRevision: 1.1.0');
});
