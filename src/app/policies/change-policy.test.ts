import { expect, test } from 'vitest';
import { databases } from '../../../test/kit/databases.ts';
import { makeHub, person } from '../../../test/kit/hub.ts';
import { makeShop } from '../../../test/kit/shop.ts';
import { defaultPolicy } from '../../domain/policy/policy.ts';
import { changePolicy } from './change-policy.ts';
import { getPolicy, listPolicies } from './get-policy.ts';

const production = { slug: 'shop', environment: 'production' };
const strict = { ...defaultPolicy, approvals: 2 };

test.for(databases)('each change is a version that names who made it ($kind)', async (database) => {
  await using hub = await makeHub({ database });
  const shop = await makeShop(hub);
  const before = await getPolicy(hub, shop.bob, { ...production, environment: 'dev' });
  expect(before).toMatchObject({ version: 0, policy: defaultPolicy, changer: undefined });
  const dev = { ...production, environment: 'dev' };
  const first = await changePolicy(hub, shop.bob, { ...dev, policy: strict, version: 0 });
  expect(first).toMatchObject({ version: 1, policy: strict, changer: { name: 'bob' } });
  const stale = changePolicy(hub, shop.ann, { ...dev, policy: defaultPolicy, version: 0 });
  await expect(stale).rejects.toMatchObject({ code: 'changed_meanwhile' });
  await changePolicy(hub, shop.ann, { ...dev, policy: { ...strict, approvals: 3 }, version: undefined });
  expect(await getPolicy(hub, shop.bob, { ...dev, version: 1 })).toMatchObject({ policy: strict });
  expect(await getPolicy(hub, shop.bob, dev)).toMatchObject({ version: 2, policy: { approvals: 3 } });
  const all = await listPolicies(hub, shop.bob, { slug: 'shop' });
  expect(all.map(({ environment, version }) => [environment, version])).toEqual([
    ['dev', 2],
    ['production', 1],
  ]);
  const rows = await hub.store.audit.after(0, 9);
  expect(rows.map(({ entry }) => [entry.action, entry.details['version']])).toEqual([
    ['policy.changed', 1],
    ['policy.changed', 2],
  ]);
});

test('a policy is refused that nobody could meet, for a place that is not there, and by whoever may not', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  const change = (parts: object, actor = shop.bob) =>
    changePolicy(hub, actor, { ...production, policy: strict, version: undefined, ...parts });
  await expect(change({ policy: { ...strict, expiryHours: 0 } })).rejects.toMatchObject({
    code: 'policy_invalid',
  });
  await expect(change({ environment: 'prodution' })).rejects.toThrow(
    'this project has no environment prodution; did you mean production?',
  );
  const mia = await person(hub, 'mia');
  await expect(change({}, mia)).rejects.toMatchObject({ code: 'role_missing' });
  await expect(change({ slug: 'nope' })).rejects.toMatchObject({ code: 'not_visible' });
});

test('without the approval feature no policy can ask for approvals', async () => {
  await using hub = await makeHub({ settings: { plan: 'pro' } });
  const shop = await makeShop(hub);
  const input = { ...production, version: undefined };
  await expect(changePolicy(hub, shop.bob, { ...input, policy: strict })).rejects.toMatchObject({
    code: 'feature_off',
  });
  expect(await changePolicy(hub, shop.bob, { ...input, policy: defaultPolicy })).toMatchObject({
    version: 2,
  });
});
