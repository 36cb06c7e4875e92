import { expect, test } from 'vitest';
import { actorAgain, makeHub, person } from '../../../test/kit/hub.ts';
import { type Shop, makeShop, serviceWish } from '../../../test/kit/shop.ts';
import type { Actor } from '../../domain/people/actor.ts';
import type { StoredGrant } from '../../store/grants.ts';
import { getRequest } from './get-request.ts';
import { previewRollback } from './preview-request.ts';
import { reviewRequest } from './review-request.ts';
import { submitRollback } from './submit-request.ts';

const give = ({ hub, project }: Shop, grant: Pick<StoredGrant, 'to' | 'verb' | 'environment'>) =>
  hub.store.grants.add({
    id: hub.newId('grt_'),
    projectId: project.id,
    tenant: undefined,
    createdAt: hub.clock(),
    ...grant,
  });

/** Those whom a request names to somebody, and how many more it tells of. */
async function named({ hub }: Shop, actor: Actor, id: string): Promise<readonly (string | number)[]> {
  const { approvers } = await getRequest(hub, actor, { id });
  return approvers ? [...approvers.people.map(({ name }) => name), approvers.more] : [];
}

test('a pending request names who can still approve it, the reader first, and its preview named the same', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub, { approvals: 2 });
  const mia = await person(hub, 'mia', { role: 'member', groups: ['payments'] });
  await person(hub, 'max', { role: 'member' });
  await give(shop, { to: { groupName: 'payments' }, verb: 'approve', environment: 'production' });
  await give(shop, { to: { accountId: shop.jane.id }, verb: 'approve', environment: 'dev' });
  const { approvers } = await previewRollback(hub, shop.jane, { ...serviceWish(shop), showText: null });
  expect(approvers?.people.map(({ name }) => name)).toEqual(['bob', 'ann', 'mia']);
  const { id, digest } = await submitRollback(hub, shop.jane, serviceWish(shop));
  expect(await named(shop, shop.jane, id)).toEqual(['bob', 'ann', 'mia', 0]);
  expect(await named(shop, await actorAgain(hub, mia.id), id)).toEqual(['mia', 'bob', 'ann', 0]);
  await reviewRequest(hub, shop.bob, { id, decision: 'approve', digest, comment: undefined });
  expect(await named(shop, shop.jane, id)).toEqual(['ann', 'mia', 0]);
  await reviewRequest(hub, shop.ann, { id, decision: 'approve', digest, comment: undefined });
  expect(await named(shop, shop.jane, id)).toEqual([]);
});

test('no more than five are named, and nobody to who may not know of members', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub, { approvals: 1 });
  for (const name of ['kim', 'lee', 'pat', 'sam', 'joe']) await person(hub, name, { role: 'admin' });
  const guest = await person(hub, 'guest', { role: undefined });
  await give(shop, { to: { accountId: guest.id }, verb: 'request', environment: 'production' });
  const { id } = await submitRollback(hub, shop.jane, serviceWish(shop));
  expect(await named(shop, shop.jane, id)).toEqual(['bob', 'ann', 'kim', 'lee', 'pat', 2]);
  expect(await named(shop, await actorAgain(hub, guest.id), id)).toEqual([7]);
});

test('where more could approve than are looked at, the number is a lower bound', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub, { approvals: 1 });
  const { id } = await submitRollback(hub, shop.jane, serviceWish(shop));
  const many = async (from: number, to: number): Promise<void> => {
    for (let at = from; at < to; at += 1) await person(hub, `admin-${at}`, { role: 'admin' });
  };
  // Jane, bob and ann are three of the hundred.
  await many(0, 97);
  const { approvers } = await getRequest(hub, shop.jane, { id });
  expect(approvers).toMatchObject({ more: 94, atLeast: false });
  await many(97, 98);
  expect((await getRequest(hub, shop.jane, { id })).approvers).toMatchObject({ more: 94, atLeast: true });
});
