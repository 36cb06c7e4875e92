import { expect, test } from 'vitest';
import { getBreakGlass, listBreakGlass, listUnreviewed } from '../../src/app/break-glass/list-break-glass.ts';
import { getPolicy, listPolicies } from '../../src/app/policies/get-policy.ts';
import { listRequests } from '../../src/app/requests/list-requests.ts';
import { previewRollback } from '../../src/app/requests/preview-request.ts';
import { type Actor, partyOf } from '../../src/domain/people/actor.ts';
import type { GrantableVerb } from '../../src/domain/people/verb.ts';
import { defaultPolicy } from '../../src/domain/policy/policy.ts';
import { requestOf, scopeOf, sessionOf } from '../../src/domain/request/request.test-kit.ts';
import { type TestHub, actorAgain, makeHub, person } from '../kit/hub.ts';
import { type Shop, apiGateway, globexApi, makeShop, serviceWish } from '../kit/shop.ts';

/** Somebody without a role who was given one right, at one tenant of the project alone. */
async function guest(shop: Shop, name: string, tenant: string, verb: GrantableVerb = 'read'): Promise<Actor> {
  const { hub, project } = shop;
  const { id } = await person(hub, name, { role: undefined });
  const to = { accountId: id };
  const grant = { id: hub.newId('grt_'), to, verb, projectId: project.id, createdAt: 1 };
  await hub.store.grants.add({ ...grant, tenant, environment: undefined });
  return actorAgain(hub, id);
}

const production = (tenant: string) => ({ tenant, environment: 'production' });

/** A pending request of jane that reaches production of these tenants, and changes these paths. */
async function ask(
  { hub, project, jane }: Shop,
  id: string,
  { tenants, paths }: { readonly tenants: readonly string[]; readonly paths: readonly string[] },
): Promise<void> {
  const scope = scopeOf({ mode: 'full', service: undefined, where: tenants.map(production) });
  const now = hub.clock();
  const times = { submittedAt: now, updatedAt: now, expiresAt: now + 1_000_000 };
  const by = { requester: partyOf(jane), authors: [jane.id] };
  await hub.store.requests.add(requestOf({ id, projectId: project.id, scope, ...by, ...times }), paths);
}

const both = { tenants: ['acme', 'globex'], paths: [apiGateway, globexApi] };
const globexAlone = { tenants: ['globex'], paths: [globexApi] };

test('a list of requests has none that its reader could not open', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  await ask(shop, 'rbk-both', both);
  await ask(shop, 'rbk-globex', globexAlone);
  const seenBy = async (actor: Actor) =>
    (await listRequests(hub, actor, {})).requests.map(({ request }) => request.id).toSorted();
  expect(await seenBy(shop.bob)).toEqual(['rbk-both', 'rbk-globex']);
  expect(await seenBy(await guest(shop, 'xena', 'globex'))).toEqual(['rbk-globex']);
  expect(await seenBy(await guest(shop, 'yuri', 'acme'))).toEqual([]);
});

test('a preview tells of open requests no paths but those that it shares with them', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  await ask(shop, 'rbk-both', both);
  const yuri = await guest(shop, 'yuri', 'acme');
  const { openRequests } = await previewRollback(hub, yuri, serviceWish(shop));
  expect(openRequests.map(({ id, paths }) => [id, paths])).toEqual([['rbk-both', [apiGateway]]]);
});

test('of a break-glass session in another tenant neither its words nor its requests are shown', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  const { project } = shop;
  await ask(shop, 'rbk-both', both);
  await ask(shop, 'rbk-globex', globexAlone);
  const holder = await guest(shop, 'hana', 'acme', 'break_glass');
  const [openedAt, expiresAt] = [hub.clock(), hub.clock() + 1_000_000];
  const session = sessionOf({ projectId: project.id, by: partyOf(holder), openedAt, expiresAt });
  await hub.store.breakGlass.add(session);
  for (const requestId of ['rbk-both', 'rbk-globex'])
    await hub.store.breakGlass.used({ sessionId: session.id, requestId, at: openedAt });
  const seenBy = async (actor: Actor) => {
    const one = await getBreakGlass(hub, actor, session.id);
    expect((await listBreakGlass(hub, actor, { slug: 'shop' })).sessions).toEqual([one]);
    expect((await listUnreviewed(hub, actor, {})).sessions).toEqual([{ session: one, project: 'shop' }]);
    return [one.justification, one.requestIds, one.review?.comment];
  };
  const why = session.justification;
  expect(await seenBy(shop.bob)).toEqual([why, ['rbk-both', 'rbk-globex'], undefined]);
  expect(await seenBy(await guest(shop, 'xena', 'globex'))).toEqual([why, ['rbk-globex'], undefined]);
  expect(await seenBy(holder)).toEqual([why, [], undefined]);
  const yuri = await guest(shop, 'yuri', 'acme');
  expect(await seenBy(yuri)).toEqual(['', [], undefined]);
  const review = { by: partyOf(shop.bob), comment: 'globex was down', at: expiresAt };
  await hub.store.breakGlass.review(session.id, review);
  const commentFor = async (actor: Actor) => (await getBreakGlass(hub, actor, session.id)).review?.comment;
  expect(await commentFor(yuri)).toBe('');
  expect(await commentFor(holder)).toBe('globex was down');
});

test('who changed a policy is named to those who may know of members', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  const place = { slug: 'shop', environment: 'production' };
  const version = { environment: 'production', version: 2, policy: defaultPolicy };
  await hub.store.policies.add(shop.project.id, { ...version, changedBy: shop.jane.id, changedAt: 1 });
  const yuri = await guest(shop, 'yuri', 'acme');
  expect(await getPolicy(hub, shop.bob, place)).toMatchObject({ changer: { email: 'jane@example.com' } });
  expect(await getPolicy(hub, yuri, place)).toMatchObject({ version: 2, changer: undefined });
  for (const view of await listPolicies(hub, yuri, place))
    expect(view).toMatchObject({ changedBy: undefined, changer: undefined });
});

/** The hub, and how often requests were listed in its store. */
function counting(hub: TestHub) {
  const asked: number[] = [];
  const { requests } = hub.store;
  const list: typeof requests.list = (filter, page) => {
    asked.push(page.limit);
    return requests.list(filter, page);
  };
  return { asked, counted: { ...hub, store: { ...hub.store, requests: { ...requests, list } } } };
}

test('whoever asks for one request among many that they may not see makes few queries of it', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  await ask(shop, 'rbk-acme', { tenants: ['acme'], paths: [apiGateway] });
  for (let at = 0; at < 220; at += 1) await ask(shop, `rbk-globex-${at}`, globexAlone);
  const yuri = await guest(shop, 'yuri', 'acme');
  const { asked, counted } = counting(hub);
  const { requests } = await listRequests(counted, yuri, { limit: 1 });
  expect(requests.map(({ request }) => request.id)).toEqual(['rbk-acme']);
  expect(asked).toEqual([1, 100, 100, 100]);
});
