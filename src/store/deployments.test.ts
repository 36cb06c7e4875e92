import { describe, expect, test } from 'vitest';
import { databases, freshStore } from '../../test/kit/databases.ts';
import type { DeploymentFilter } from './deployment-list.ts';
import type { IndexedRevision } from './index-revisions.ts';
import type { Store } from './open-store.ts';

const project = (id: string) => ({
  id,
  slug: id,
  name: id,
  kind: 'hosted' as const,
  settings: {},
  sealedCredentials: undefined,
  version: 1,
  createdAt: 1,
  updatedAt: 1,
});
const sha = (position: number): string => position.toString(16).padStart(40, '0');
const acme = { tenant: 'acme', environment: 'production' };
const globex = { tenant: 'globex', environment: 'production' };

const revision = (position: number, said: Partial<IndexedRevision> = {}): IndexedRevision => ({
  revision: sha(position),
  position,
  at: position * 1000,
  author: { name: 'Jane', email: 'jane@example.com', bot: undefined },
  pullRequest: undefined,
  summary: `Deploy ${position}`,
  deployments: [],
  ...said,
});
const deployed = (where: typeof acme, ...services: string[]) => ({
  ...where,
  services,
  files: services.length,
  fields: undefined,
  source: 'push' as const,
  requestId: undefined,
});

/** 1 nothing · 2 acme api+web, globex api · 3 acme web · 4 globex api · 5 acme api. */
async function history(store: Store): Promise<void> {
  await store.projects.add(project('prj_01'));
  await store.projects.add(project('prj_02'));
  await store.deployments.index('prj_01', [
    revision(4, { deployments: [deployed(globex, 'api')], summary: '100% of_traffic' }),
    revision(5, {
      deployments: [{ ...deployed(acme, 'api'), source: 'release', requestId: 'rel-01' }],
      author: { name: 'Bob', email: undefined, bot: 'renovate' },
      pullRequest: 42,
    }),
  ]);
  await store.deployments.index('prj_01', [
    revision(1),
    revision(2, { deployments: [deployed(acme, 'api', 'web'), deployed(globex, 'api')] }),
    revision(3, { deployments: [deployed(acme, 'web')] }),
  ]);
  await store.deployments.index('prj_02', [revision(2, { deployments: [deployed(acme, 'api')] })]);
}

describe.each(databases)('the deployment index on $kind', (database) => {
  const positions = async (store: Store, filter: DeploymentFilter): Promise<number[]> =>
    (await store.deployments.list('prj_01', filter, { limit: 50 })).deployments.map((row) => row.position);

  test('a deployment comes back as it was indexed', async () => {
    await using store = await freshStore(database);
    await history(store);
    expect(await store.deployments.get('prj_01', acme, sha(5))).toStrictEqual({
      projectId: 'prj_01',
      ...acme,
      revision: sha(5),
      position: 5,
      at: 5000,
      author: { name: 'Bob', email: undefined, bot: 'renovate' },
      pullRequest: 42,
      summary: 'Deploy 5',
      services: ['api'],
      files: 1,
      fields: undefined,
      source: 'release',
      requestId: 'rel-01',
      status: 'success',
      statusServices: [],
    });
    expect(await store.deployments.get('prj_01', acme, sha(4))).toBeUndefined();
    expect(await store.deployments.get('prj_02', acme, sha(5))).toBeUndefined();
  });

  test('lists newest first, and narrows by everything that can be asked for', async () => {
    await using store = await freshStore(database);
    await history(store);
    expect(await positions(store, {})).toEqual([5, 4, 3, 2, 2]);
    expect(await positions(store, acme)).toEqual([5, 3, 2]);
    expect(await positions(store, { environment: 'production', service: 'api' })).toEqual([5, 4, 2, 2]);
    expect(await positions(store, { ...acme, service: 'web' })).toEqual([3, 2]);
    expect(await positions(store, { ...acme, service: 'we' })).toEqual([]);
    expect(await positions(store, { tenant: 'nobody' })).toEqual([]);
    expect(await positions(store, { sources: ['release', 'rollback'] })).toEqual([5]);
    expect(await positions(store, { sources: [] })).toEqual([]);
    expect(await positions(store, { author: 'JANE@' })).toEqual([4, 3, 2, 2]);
    expect(await positions(store, { author: 'renov' })).toEqual([5]);
    expect(await positions(store, { text: '100% OF_' })).toEqual([4]);
    expect(await positions(store, { text: '%' })).toEqual([4]);
    expect(await positions(store, { text: 'deploy_3' })).toEqual([]);
    expect(await positions(store, { text: sha(3) })).toEqual([3]);
    expect(await positions(store, { since: 3000 })).toEqual([5, 4, 3]);
    expect(await store.deployments.list('prj_09', {}, { limit: 5 })).toEqual({
      deployments: [],
      next: undefined,
    });
  });

  test('pages join without a gap or a repetition, between rows of one commit too', async () => {
    await using store = await freshStore(database);
    await history(store);
    for (const filter of [{}, { text: 'deploy' }, { environment: 'production' }, { service: 'api' }]) {
      const whole = await store.deployments.list('prj_01', filter, { limit: 50 });
      const pages = [];
      let after: typeof whole.next;
      do {
        const page = await store.deployments.list('prj_01', filter, { limit: 1, after });
        pages.push(...page.deployments);
        after = page.next;
      } while (after);
      expect(pages).toEqual(whole.deployments);
    }
  });

  test('finds what was in force at a revision, the one before, and the newest of every place', async () => {
    await using store = await freshStore(database);
    await history(store);
    const { inForce, before, latest, position, services } = store.deployments;
    expect((await inForce('prj_01', acme, sha(4)))?.position).toBe(3);
    expect((await inForce('prj_01', acme, sha(5)))?.position).toBe(5);
    expect(await inForce('prj_01', acme, sha(1))).toBeUndefined();
    expect(await inForce('prj_01', acme, sha(9))).toBeUndefined();
    expect((await before('prj_01', acme, 5))?.position).toBe(3);
    expect((await before('prj_01', { ...acme, service: 'api' }, 5))?.position).toBe(2);
    expect((await latest('prj_01')).map((row) => [row.tenant, row.position])).toEqual([
      ['acme', 5],
      ['globex', 4],
    ]);
    expect(await position('prj_01', sha(4))).toBe(4);
    expect(await position('prj_01', sha(9))).toBeUndefined();
    expect(await services('prj_01', acme)).toEqual(['api', 'web']);
  });

  test('indexing the same commits again changes nothing, and keeps what was found out since', async () => {
    await using store = await freshStore(database);
    await history(store);
    await store.deployments.refreshStatistics();
    await store.deployments.setFields('prj_01', { ...acme, revision: sha(3) }, 7);
    await store.deployments.setSource('prj_01', sha(3), { source: 'rollback', requestId: 'rbk-01' });
    const before = await store.deployments.list('prj_01', {}, { limit: 50 });
    await store.deployments.index('prj_01', [
      revision(3, { deployments: [{ ...deployed(acme, 'web'), source: 'rollback' }] }),
    ]);
    expect(await store.deployments.list('prj_01', {}, { limit: 50 })).toEqual(before);
    expect(await store.deployments.get('prj_01', acme, sha(3))).toMatchObject({
      fields: 7,
      source: 'rollback',
      requestId: 'rbk-01',
    });
  });

  test('a rollback marks what lies between, with the services that it took back', async () => {
    await using store = await freshStore(database);
    await history(store);
    const marked = async () =>
      (await store.deployments.list('prj_01', acme, { limit: 9 })).deployments.map(
        ({ position, status, statusServices }) => [position, status, ...statusServices],
      );
    await store.deployments.markRolledBack('prj_01', { ...acme, after: 1, before: 5, services: ['web'] });
    expect(await marked()).toEqual([
      [5, 'success'],
      [3, 'rolled_back', 'web'],
      [2, 'rolled_back', 'web'],
    ]);
    await store.deployments.markRolledBack('prj_01', { ...acme, after: 1, before: 6, services: ['api'] });
    expect(await marked()).toEqual([
      [5, 'rolled_back', 'api'],
      [3, 'rolled_back', 'web'],
      [2, 'rolled_back', 'api', 'web'],
    ]);
    await store.deployments.markRolledBack('prj_01', { ...globex, after: 2, before: 5, services: undefined });
    expect(await store.deployments.get('prj_01', globex, sha(4))).toMatchObject({ status: 'rolled_back' });
    expect(await store.deployments.get('prj_01', globex, sha(2))).toMatchObject({ status: 'success' });
  });

  test('emptying the index of a project leaves the others alone', async () => {
    await using store = await freshStore(database);
    await history(store);
    const progress = {
      head: sha(5),
      newest: 5,
      oldest: 1,
      complete: true,
      error: undefined,
      updatedAt: 9,
    };
    await store.indexProgress.set('prj_01', { ...progress, complete: false, error: 'disk full' });
    await store.indexProgress.set('prj_01', progress);
    expect(await store.indexProgress.get('prj_01')).toStrictEqual(progress);
    await store.tx(async (tx) => {
      await tx.deployments.clear('prj_01');
      await tx.indexProgress.clear('prj_01');
    });
    expect(await positions(store, {})).toEqual([]);
    expect(await store.indexProgress.get('prj_01')).toBeUndefined();
    expect((await store.deployments.list('prj_02', {}, { limit: 9 })).deployments).toHaveLength(1);
  });
});
