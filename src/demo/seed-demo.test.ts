import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { git } from '../../test/kit/git.ts';
import { type TestHub, actorAgain, makeHub } from '../../test/kit/hub.ts';
import { checkInvariants } from '../../test/kit/request-invariants.ts';
import { databases } from '../../test/kit/databases.ts';
import { listDeployments } from '../app/deployments/list-deployments.ts';
import type { ProjectSettings } from '../app/projects/hub-project.ts';
import { previewRollback } from '../app/requests/preview-request.ts';
import { reviewRequest } from '../app/requests/review-request.ts';
import type { Actor } from '../domain/people/actor.ts';
import { armFailPoints } from '../std/fail-point.ts';
import { demoAccounts } from './demo-accounts.ts';
import { seedDemo } from './seed-demo.ts';

afterEach(() => armFailPoints(undefined));

const silent = (): void => undefined;

async function personOf(hub: TestHub, name: string): Promise<Actor> {
  const account = await hub.store.accounts.byLogin(`${name}@example.com`);
  return actorAgain(hub, account?.id ?? '');
}

async function shopOf(hub: TestHub) {
  const project = await hub.store.projects.bySlug<ProjectSettings>('shop');
  if (!project) throw new Error('there is no shop');
  const dir = hub.repositories.pathOf(project.id);
  return { project, git: (...args: readonly string[]) => git(dir, ...args) };
}

const production = { slug: 'shop', tenant: 'acme', environment: 'production' } as const;

test.for(databases)('the demo has two weeks of history of every kind ($kind)', async (database) => {
  await using hub = await makeHub({ database });
  const said: string[] = [];
  await seedDemo(hub, (line) => said.push(line));
  expect(said).toHaveLength(1);
  const jane = await personOf(hub, 'jane');
  const { deployments } = await listDeployments(hub, jane, { slug: 'shop', limit: 200 });
  expect(new Set(deployments.map(({ source }) => source))).toEqual(
    new Set(['release', 'promotion', 'rollback', 'push']),
  );
  const revisions = new Set(deployments.map(({ revision }) => revision));
  // A commit that changes nothing but what is shared is nobody's deployment.
  expect(revisions.size).toBe(22);
  const times = deployments.map(({ at }) => at);
  expect(times.toSorted((a, b) => b - a)).toEqual(times);
  const { deployments: rows } = await listDeployments(hub, jane, production);
  const [newest, ...older] = rows;
  expect(newest).toMatchObject({
    source: 'release',
    services: ['api-gateway', 'checkout'],
    summary: 'Release: tenant/acme env/production → api-gateway v2.1.0, checkout v1.9.0',
  });
  expect(newest?.author).toEqual({ name: 'bob', email: 'bob@example.com', bot: undefined });
  const undone = older.find(({ status }) => status === 'rolled_back');
  expect(undone).toMatchObject({
    source: 'release',
    summary: 'Release web v5.2.0 to acme/production (#115)',
    pullRequest: 115,
    statusServices: ['web'],
  });
  // A pipeline that pushes by itself names whom it does that for.
  expect(undone?.author).toEqual({ name: 'jane', email: 'jane@example.com', bot: 'release-bot' });
  await checkInvariants({ hub, ...(await shopOf(hub)) });
});

describe('in one demo', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await makeHub();
    await seedDemo(hub, silent);
  });
  afterAll(() => hub.close());

  test('what a page recommends takes back the bad image tag and nothing else; the release had more', async () => {
    const jane = await personOf(hub, 'jane');
    const { deployments } = await listDeployments(hub, jane, { ...production, service: 'api-gateway' });
    const targetSha = deployments[1]?.revision;
    const service = { ...production, mode: 'service', service: 'api-gateway', targetSha } as const;
    const one = await previewRollback(hub, jane, service);
    expect(one).toMatchObject({ outcome: 'awaits_approval', approvalsNeeded: 1 });
    expect(one.plan.services.flatMap(({ fields }) => fields)).toMatchObject([
      {
        address: 'tenants/acme/production/api-gateway/service.yaml#/image/tag',
        before: 'v2.1.0',
        after: 'v2.0.9',
      },
    ]);
    expect(one.plan.edits).toHaveLength(1);
    expect(one.plan.shared).toEqual([]);
    const before = (await listDeployments(hub, jane, production)).deployments[1]?.revision;
    const full = await previewRollback(hub, jane, { ...production, mode: 'full', targetSha: before });
    expect(full.plan.services.map(({ service: name, fields }) => [name, fields.length])).toEqual([
      ['api-gateway', 1],
      ['checkout', 3],
    ]);
  });

  test('everything is generated, and a full, a service and a field rollback of it are exact', async () => {
    const jane = await personOf(hub, 'jane');
    const { git: run } = await shopOf(hub);
    const generated = run('ls-tree', '-r', '--name-only', 'main', 'delivery/', '.argocd/').split('\n');
    const places = run('ls-tree', '-r', '--name-only', 'main', 'tenants/').match(/service\.yaml$/gm) ?? [];
    expect(generated.filter((path) => path.startsWith('.argocd/'))).toHaveLength(places.length);
    expect(generated).toEqual(
      expect.arrayContaining([
        'delivery/acme/production/api-gateway/deployment.yaml',
        'delivery/acme/production/catalog/kustomization.yaml',
        'delivery/acme/production/web/values.yaml',
      ]),
    );
    const before = (await listDeployments(hub, jane, production)).deployments[1]?.revision;
    const scopes = [
      { mode: 'full' },
      { mode: 'service', service: 'checkout' },
      { mode: 'field', service: 'api-gateway', selectedFields: ['image.tag'] },
    ] as const;
    for (const scope of scopes) {
      const preview = await previewRollback(hub, jane, { ...production, ...scope, targetSha: before });
      expect(preview.plan.edits).not.toEqual([]);
      expect(preview.regeneration).toEqual({ exact: true, differs: [] });
    }
    const first = run('rev-list', '--max-parents=0', 'main');
    const full = { ...production, mode: 'full', targetSha: first } as const;
    const pinned = await previewRollback(hub, jane, full);
    expect(pinned.regeneration).toEqual({ exact: true, differs: [] });
    expect(pinned.plan.pins?.length).toBeGreaterThan(0);
    const far = await previewRollback(hub, jane, { ...full, shared: 'leave' });
    expect(far.regeneration).toMatchObject({
      exact: false,
      differs: expect.arrayContaining([
        { service: 'checkout', reasons: ['variables.yaml is not as it was then'] },
      ]),
    });
  });

  test('one request waits, and bob can approve it; the rolled back one has its notes', async () => {
    const [pending] = await hub.store.requests.list({ states: ['pending'] }, { limit: 10 });
    expect(pending).toMatchObject({ requester: { name: 'jane' } });
    const ended = { kinds: ['rollback'], states: ['completed'] } as const;
    const done = await hub.store.requests.list(ended, { limit: 10 });
    expect(done.map(({ notes, reviews }) => [notes.length, reviews.length])).toEqual([
      [0, 0],
      [2, 1],
    ]);
    const bob = await personOf(hub, 'bob');
    const { id = '', digest = '' } = pending ?? {};
    const vote = { id, decision: 'approve', digest, comment: undefined } as const;
    expect(await reviewRequest(hub, bob, vote)).toMatchObject({ state: 'completed' });
  });

  test('everybody of the demo can sign in with the password that is shown', async () => {
    for (const { email, password, role } of demoAccounts) {
      const account = await hub.store.accounts.byLogin(email);
      expect(account).toMatchObject({ role });
      expect(await hub.passwords.verify(password, account?.passwordHash ?? '')).toBe(true);
    }
  });
});

test('a second start changes nothing, and a hub that has projects gets no demo', async () => {
  await using hub = await makeHub();
  await seedDemo(hub, silent);
  const { hash } = await hub.store.audit.head();
  await seedDemo(hub, silent);
  expect(await hub.store.audit.head()).toMatchObject({ hash });
  await using other = await makeHub();
  await other.store.projects.add({
    id: 'prj_1',
    slug: 'own',
    name: 'own',
    kind: 'hosted',
    settings: { description: '', branch: 'main', sourceRules: [] },
    sealedCredentials: undefined,
    version: 1,
    createdAt: 1,
    updatedAt: 1,
  });
  await seedDemo(other, silent);
  expect(await other.store.projects.list()).toHaveLength(1);
  expect((await other.store.audit.head()).seq).toBe(0);
});

test('a hub that dies in the middle of the demo makes it anew at the next start', async () => {
  let hub = await makeHub();
  const deaths = [
    ['app.project.repository_made', 1],
    ['git.ref.moved', 2],
    ['app.request.planned', 2],
    ['store.commit.before', 90],
  ] as const;
  for (const [point, times] of deaths) {
    let left: number = times;
    armFailPoints((passed) => {
      if (passed === point) left -= 1;
      // From then on nothing succeeds, as when the process is gone.
      if (left <= 0) throw new Error('the hub has died');
    });
    await expect(seedDemo(hub, silent)).rejects.toThrow('the hub has died');
    armFailPoints(undefined);
    await hub.close();
    hub = await makeHub({ like: hub });
  }
  await seedDemo(hub, silent);
  const shop = await shopOf(hub);
  expect(shop.git('rev-list', '--count', 'main')).toBe('23');
  await checkInvariants({ hub, ...shop, only: shop.project.id });
  await hub.close();
});
