import { expect, test } from 'vitest';
import { type TestHub, actorAgain, makeHub, person, projectWith } from '../../../test/kit/hub.ts';
import { someHold } from '../../domain/hold/hold.test-kit.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { findHold } from './find-hold.ts';
import { listHolds } from './list-holds.ts';

const far = 9_000_000_000_000;

/** A project with holds of two tenants in turn, and somebody who may read one of them and has no role. */
async function stageOf(hub: TestHub, holds: number) {
  const { project } = await projectWith(hub, []);
  await hub.store.holds.add(
    Array.from({ length: holds }, (_, index) =>
      someHold({
        id: `hld-${String(index + 1).padStart(4, '0')}`,
        requestId: `rbk-${index + 1}`,
        projectId: project.id,
        tenant: index % 2 === 0 ? 'acme' : 'globex',
        expiresAt: far,
      }),
    ),
  );
  const { id } = await person(hub, 'xena', { role: undefined });
  const to = { accountId: id };
  const grant = { id: 'grt_1', to, verb: 'read', projectId: project.id, createdAt: 1 } as const;
  await hub.store.grants.add({ ...grant, tenant: 'globex', environment: undefined });
  return { xena: await actorAgain(hub, id), mia: await person(hub, 'mia') };
}

const idsOf = async (hub: TestHub, actor: Actor, page: { limit?: number; cursor?: string } = {}) => {
  const { holds, nextCursor } = await listHolds(hub, actor, { slug: 'shop', ...page });
  return { ids: holds.map(({ id }) => id), nextCursor };
};

test('somebody who may read one tenant sees its holds alone, page by page', async () => {
  await using hub = await makeHub();
  const { xena, mia } = await stageOf(hub, 6);
  expect((await idsOf(hub, mia)).ids).toHaveLength(6);
  expect(await idsOf(hub, xena)).toEqual({
    ids: ['hld-0006', 'hld-0004', 'hld-0002'],
    nextCursor: undefined,
  });
  const first = await idsOf(hub, xena, { limit: 2 });
  expect(first).toEqual({ ids: ['hld-0006', 'hld-0004'], nextCursor: 'hld-0004' });
  expect(await idsOf(hub, xena, { limit: 2, cursor: 'hld-0004' })).toMatchObject({ ids: ['hld-0002'] });
});

test('a hold of another tenant does not exist for them', async () => {
  await using hub = await makeHub();
  const { xena, mia } = await stageOf(hub, 2);
  expect(await findHold(hub.store, mia, 'hld-0001')).toMatchObject({ tenant: 'acme' });
  expect(await findHold(hub.store, xena, 'hld-0002')).toMatchObject({ tenant: 'globex' });
  for (const id of ['hld-0001', 'hld-9999'])
    await expect(findHold(hub.store, xena, id)).rejects.toThrow(
      'this hold does not exist, or is not visible to you',
    );
  const { credential } = xena;
  const pusher: Actor = { ...xena, credential: { ...credential, kind: 'token', scopes: ['push'] } };
  await expect(findHold(hub.store, pusher, 'hld-0002')).rejects.toMatchObject({
    code: 'token_scope_missing',
  });
});

test('one call looks at a thousand holds in few queries, and the next goes on from there', async () => {
  await using hub = await makeHub();
  const { xena } = await stageOf(hub, 2);
  const [shown] = await hub.store.holds.list(xena.grants[0]?.projectId ?? '', {
    limit: 1,
    inForceAt: undefined,
  });
  if (!shown) throw new Error('there is no hold');
  await hub.store.holds.add(
    Array.from({ length: 1100 }, (_, index) => ({
      ...shown,
      id: `hld-${index + 1000}`,
      requestId: `rbk-${index + 1000}`,
      tenant: 'acme',
    })),
  );
  const asked: number[] = [];
  const { holds } = hub.store;
  const list: typeof holds.list = (projectId, page) => {
    asked.push(page.limit);
    return holds.list(projectId, page);
  };
  const counted = { ...hub, store: { ...hub.store, holds: { ...holds, list } } };
  const first = await listHolds(counted, xena, { slug: 'shop', limit: 1 });
  expect(first.holds).toEqual([]);
  expect(asked).toEqual([1, ...Array.from({ length: 10 }, () => 100)]);
  const next = await listHolds(hub, xena, { slug: 'shop', limit: 1, cursor: first.nextCursor });
  expect(next.holds.map(({ id }) => id)).toEqual(['hld-0002']);
});
