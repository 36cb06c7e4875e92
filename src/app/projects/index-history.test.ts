import { expect, test } from 'vitest';
import { databases } from '../../../test/kit/databases.ts';
import { type TestHub, makeHub, projectWith } from '../../../test/kit/hub.ts';
import { importHistory } from '../../../test/kit/import-history.ts';
import { projectText } from '../../domain/layout/write-project.ts';
import { request } from '../../store/request.test-kit.ts';
import { armFailPoints } from '../../std/fail-point.ts';
import { indexHistory } from './index-history.ts';

const service = (tenant: string, environment: string, name: string): string =>
  `tenants/${tenant}/${environment}/${name}/service.yaml`;

const history = [
  { files: { [service('acme', 'production', 'api')]: '1' }, message: 'Add api (#4)' },
  { files: { 'README.md': 'x' } },
  {
    files: { [service('acme', 'production', 'web')]: '1', [service('globex', 'dev', 'web')]: '1' },
    message: 'Add web\n\nCo-authored-by: Jane <jane@example.com>',
    author: 'renovate[bot] <bot@example.com>',
  },
];

async function rows(hub: TestHub, projectId: string, limit = 100) {
  const { deployments } = await hub.store.deployments.list(projectId, {}, { limit });
  return deployments.map(({ position, tenant, environment, services }) =>
    [position, `${tenant}/${environment}`, ...services].join(' '),
  );
}

const progressOf = (hub: TestHub, projectId: string) => hub.store.indexProgress.get(projectId);

test.for(databases)(
  'a history becomes rows, newest first, each counted from the root ($kind)',
  async (database) => {
    await using hub = await makeHub({ database });
    const { project, commits } = await projectWith(hub, history, {
      sourceRules: [{ source: 'release', author: 'bot@*' }],
    });
    expect(await indexHistory(hub, project.id)).toBe('done');
    expect(await rows(hub, project.id)).toEqual([
      '3 globex/dev web',
      '3 acme/production web',
      '1 acme/production api',
    ]);
    const where = { tenant: 'acme', environment: 'production' };
    expect(await hub.store.deployments.get(project.id, where, commits[2] ?? '')).toMatchObject({
      summary: 'Add web',
      author: { name: 'Jane', email: 'jane@example.com', bot: 'renovate[bot]' },
      source: 'release',
      files: 1,
      at: 1_767_225_720_000,
      status: 'success',
    });
    const first = await hub.store.deployments.get(project.id, where, commits[0] ?? '');
    expect(first).toMatchObject({ pullRequest: 4, source: 'push', requestId: undefined });
    expect(await progressOf(hub, project.id)).toMatchObject({
      head: commits[2],
      complete: true,
      newest: 3,
      oldest: 1,
    });
  },
);

test('new commits are added on top, and a history that was replaced is read anew', async () => {
  await using hub = await makeHub();
  const { project, commits, git } = await projectWith(hub, history);
  git('update-ref', 'refs/heads/main', commits[0] ?? '');
  await indexHistory(hub, project.id);
  git('update-ref', 'refs/heads/main', commits[2] ?? '');
  await indexHistory(hub, project.id);
  expect(await rows(hub, project.id)).toHaveLength(3);
  const other = importHistory(
    hub.repositories.pathOf(project.id),
    { [service('x', 'dev', 'y')]: '1' },
    'other',
  );
  git('update-ref', 'refs/heads/main', other[0] ?? '');
  await indexHistory(hub, project.id);
  expect(await rows(hub, project.id)).toEqual(['1 x/dev y']);
  expect(await progressOf(hub, project.id)).toMatchObject({ head: other[0], newest: 1 });
});

test('another layout, or other rules, index the history anew', async () => {
  await using hub = await makeHub();
  const layout = projectText({ templates: [{ path: '{tenant}/{environment}/**' }], environments: [] });
  const { project, commits, git } = await projectWith(hub, [
    { files: { 'acme/dev/x': '1', [service('acme', 'dev', 'api')]: '1' } },
    { files: { 'knowngood.yaml': layout } },
  ]);
  git('update-ref', 'refs/heads/main', commits[0] ?? '');
  await indexHistory(hub, project.id);
  expect(await rows(hub, project.id)).toEqual(['1 acme/dev api']);
  git('update-ref', 'refs/heads/main', commits[1] ?? '');
  await indexHistory(hub, project.id);
  expect(await rows(hub, project.id)).toEqual(['1 tenants/acme default', '1 acme/dev default']);
  const rules = [{ source: 'promotion', message: '*' }] as const;
  const changed = { ...project, settings: { ...project.settings, sourceRules: rules } };
  await hub.store.tx((tx) => tx.projects.change(changed));
  await indexHistory(hub, project.id);
  const { deployments } = await hub.store.deployments.list(project.id, {}, { limit: 9 });
  expect(deployments.map(({ source }) => source)).toEqual(['promotion', 'promotion']);
});

test('a layout that cannot be read stops the index and says why', async () => {
  await using hub = await makeHub();
  const { project } = await projectWith(hub, { 'knowngood.yaml': 'kind: Other' });
  await expect(indexHistory(hub, project.id)).rejects.toThrow('apiVersion');
  expect(await progressOf(hub, project.id)).toMatchObject({
    complete: false,
    error: expect.stringContaining('apiVersion must be knowngood.dev/v1') as string,
  });
});

test('the newest deployments are there while it runs, and an interrupted run is taken up again', async () => {
  await using hub = await makeHub();
  const { project, commits } = await projectWith(
    hub,
    Array.from({ length: 900 }, (_, at) => ({ files: { [service('acme', 'dev', 'api')]: `${at}` } })),
  );
  let batches = 0;
  armFailPoints((point) => {
    if (point === 'app.index.batch' && ++batches === 2) throw new Error('killed');
  });
  await expect(indexHistory(hub, project.id)).rejects.toThrow('killed');
  armFailPoints(undefined);
  expect(await rows(hub, project.id, 1)).toEqual(['900 acme/dev api']);
  expect(await rows(hub, project.id, 1000)).toHaveLength(700);
  expect(await progressOf(hub, project.id)).toMatchObject({ oldest: 201, complete: false });
  await indexHistory(hub, project.id);
  expect(await rows(hub, project.id, 1000)).toHaveLength(900);
  expect(await progressOf(hub, project.id)).toMatchObject({ complete: true, error: undefined, oldest: 1 });
  const oldest = await hub.store.deployments.position(project.id, commits[0] ?? '');
  expect(oldest).toBe(1);
});

test.for(databases)(
  'of two servers one indexes, and one that stopped is replaced ($kind)',
  async (database) => {
    let now = 1_800_000_000_000;
    const clock = () => now;
    await using hub = await makeHub({ database, clock });
    const { project } = await projectWith(hub, history);
    await using other = database.kind === 'postgres' ? await makeHub({ like: hub, clock }) : hub;
    const name = `index:${project.id}`;
    const lease = await other.store.leases.acquire(name, 'stopped', { now, until: now + 60_000 });
    expect(lease).toBeDefined();
    expect(await indexHistory(hub, project.id)).toBe('elsewhere');
    expect(await rows(hub, project.id)).toEqual([]);
    now += 60_001;
    expect(await indexHistory(hub, project.id)).toBe('done');
    expect(await rows(hub, project.id)).toHaveLength(3);
  },
);

test('a server that lost its lease in the middle writes nothing more', async () => {
  await using hub = await makeHub();
  const { project } = await projectWith(hub, history);
  armFailPoints(async (point) => {
    if (point !== 'app.index.started') return;
    armFailPoints(undefined);
    const now = hub.clock() + 3_600_000;
    await hub.store.leases.acquire(`index:${project.id}`, 'another', { now, until: now + 60_000 });
  });
  expect(await indexHistory(hub, project.id)).toBe('elsewhere');
  expect(await rows(hub, project.id)).toEqual([]);
});

test('a commit that only claims to carry out a request is a push', async () => {
  await using hub = await makeHub();
  const message = `Rollback: tenant/acme env/dev → revision 0\n\nRollback-Request-Id: rbk-${'0'.repeat(26)}\n`;
  const { project } = await projectWith(hub, [{ files: { [service('acme', 'dev', 'api')]: '1' }, message }]);
  await indexHistory(hub, project.id);
  const { deployments } = await hub.store.deployments.list(project.id, {}, { limit: 1 });
  expect(deployments[0]).toMatchObject({ source: 'push', requestId: undefined });
});

test.for([
  ['as it comes', 2],
  ['when the history is read anew', 1],
] as const)('a rollback names its request and marks what it took back, %s', async ([, indexedFirst]) => {
  await using hub = await makeHub();
  const id = hub.newId('rbk-');
  const api = service('acme', 'production', 'api');
  const { project, commits, git } = await projectWith(hub, [
    { files: { [api]: '1' } },
    { files: { [api]: '2', [service('acme', 'production', 'web')]: '2' } },
    { files: { [service('acme', 'dev', 'api')]: '2' } },
    { files: { [api]: '1' }, message: `Rollback: …\n\nRollback-Request-Id: ${id}` },
  ]);
  const rollback = request({
    id,
    projectId: project.id,
    state: 'completed',
    scope: { ...request().scope, service: 'api' },
    targetSha: commits[0],
    commit: commits[3],
  });
  await hub.store.tx((tx) => tx.requests.add(rollback, [api]));
  if (indexedFirst > 1) {
    git('update-ref', 'refs/heads/main', commits[indexedFirst] ?? '');
    await indexHistory(hub, project.id);
    git('update-ref', 'refs/heads/main', commits[3] ?? '');
  }
  await indexHistory(hub, project.id);
  const filter = { tenant: 'acme', environment: 'production' };
  const { deployments } = await hub.store.deployments.list(project.id, filter, { limit: 9 });
  expect(deployments).toMatchObject([
    { position: 4, source: 'rollback', requestId: id, status: 'success' },
    { position: 2, services: ['api', 'web'], status: 'rolled_back', statusServices: ['api'] },
    { position: 1, status: 'success' },
  ]);
});
