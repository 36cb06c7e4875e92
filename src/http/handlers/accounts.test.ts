import { describe, expect, test } from 'vitest';
import { databases } from '../../../test/kit/databases.ts';
import { type TestHub, makeHub, person, projectWith } from '../../../test/kit/hub.ts';
import { caller, hubServer, signedIn, withToken } from '../../../test/kit/hub-server.ts';
import { tokenScopes } from '../../domain/people/actor.ts';

/** An owner who can sign in, so that there is one. */
async function owner(hub: TestHub, name: string) {
  const actor = await person(hub, name, { role: 'owner' });
  const issuer = 'https://idp.example.com';
  await hub.store.accounts.addIdentity({ issuer, subject: name, accountId: actor.id, createdAt: 1 });
  return actor;
}

const actions = async (hub: TestHub): Promise<string[]> =>
  (await hub.store.audit.list({}, { limit: 100 })).map(({ entry }) => entry.action).toReversed();

describe.each(databases)('people on $kind', (database) => {
  test('somebody is invited, comes in by the link, and is one of the members', async () => {
    await using hub = await makeHub({ database });
    await using server = hubServer(hub);
    const call = caller(server, await signedIn(hub, await owner(hub, 'olga')));
    const wish = { email: 'Bob@Example.com', name: 'Bob', role: 'admin' };
    const invited = await call('POST', '/members', wish);
    expect(invited).toMatchObject({
      outcome: '201',
      body: { member: { email: 'bob@example.com', signIn: 'invited', role: 'admin', lastSeenAt: null } },
    });
    expect((await call('POST', '/members', wish)).outcome).toBe('409 already_exists');
    expect((await call('POST', '/members', { ...wish, email: 'b\u202eb@x.y' })).outcome).toBe(
      '400 input_invalid',
    );
    const { link } = invited.body as unknown as { link: { url: string } };
    const secret = link.url.split('#')[1] ?? '';
    const guest = caller(server, {});
    const use = await guest('POST', '/auth/one-time-link', {
      secret,
      password: 'twelve letters',
      name: 'Bobby',
    });
    expect(use).toMatchObject({ outcome: '200', body: { name: 'Bobby', role: 'admin' } });
    const list = await call('GET', '/members?limit=1');
    expect(list.body).toMatchObject({
      items: [{ name: 'olga', signIn: 'oidc' }],
      nextCursor: expect.stringMatching(/^usr_/),
    });
    const rest = await call('GET', `/members?limit=1&cursor=${String(list.body['nextCursor'])}`);
    expect(rest.body).toMatchObject({ items: [{ name: 'Bobby', signIn: 'password' }], nextCursor: null });
    expect((await call('GET', '/members?cursor=%00')).outcome).toBe('400 input_invalid');
  });

  test('grants are given once, listed by name, and taken back', async () => {
    await using hub = await makeHub({ database });
    await using server = hubServer(hub);
    const call = caller(server, await signedIn(hub, await owner(hub, 'olga')));
    const jane = await person(hub, 'jane', { groups: ['sre'] });
    await projectWith(hub, []);
    const wish = { verb: 'approve', project: 'shop', tenant: 'acme', environment: 'production' };
    const own = await call('POST', '/grants', { ...wish, subject: { kind: 'account', id: jane.id } });
    expect(own).toMatchObject({ outcome: '201', body: { subject: { name: 'jane' }, project: 'shop' } });
    const group = { ...wish, subject: { kind: 'group', name: 'sre' } };
    expect((await call('POST', '/grants', group)).outcome).toBe('201');
    expect((await call('POST', '/grants', group)).outcome).toBe('409 already_exists');
    expect((await call('POST', '/grants', { ...group, project: 'nope' })).outcome).toBe('404 not_visible');
    expect(
      (await call('POST', '/grants', { ...wish, subject: { kind: 'account', id: 'usr_0' } })).outcome,
    ).toBe('404 not_visible');
    const me = caller(server, await signedIn(hub, jane));
    expect((await me('GET', '/me')).body).toMatchObject({
      grants: [{ verb: 'approve', project: 'shop' }, {}],
    });
    expect((await call('GET', `/grants?account=${jane.id}`)).body).toMatchObject({
      items: [{ id: own.body.id }],
    });
    expect((await call('DELETE', `/grants/${own.body.id}`)).outcome).toBe('204');
    expect((await call('DELETE', `/grants/${own.body.id}`)).outcome).toBe('404 not_visible');
    expect((await call('GET', '/grants?project=shop')).body).toMatchObject({
      items: [{ subject: { name: 'sre' } }],
    });
    expect((await actions(hub)).filter((action) => action.startsWith('grant'))).toEqual([
      'grant.given',
      'grant.given',
      'grant.taken',
    ]);
  });

  test('a token is shown once, counts at once, and no more from the moment it is revoked', async () => {
    await using hub = await makeHub({ database });
    await using server = hubServer(hub);
    const jane = caller(server, await signedIn(hub, await person(hub, 'jane')));
    const made = await jane('POST', '/tokens', { name: 'ci', scopes: ['read', 'account'], expiresInDays: 1 });
    const { secret, token } = made.body as unknown as { secret: string; token: { id: string } };
    const program = caller(server, { authorization: `Bearer ${secret}` });
    expect((await program('GET', '/me')).outcome).toBe('200');
    expect(JSON.stringify((await jane('GET', '/tokens')).body)).not.toContain(secret);
    expect((await program('POST', '/tokens', { name: 'x', scopes: ['approve'] })).outcome).toBe(
      '403 scope_beyond_own',
    );
    const child = await program('POST', '/tokens', { name: 'x', scopes: ['read'], expiresInDays: 366 });
    const parent = await hub.store.tokens.get(token.id);
    expect(child.body).toMatchObject({
      token: { expiresAt: new Date(parent?.expiresAt ?? 0).toISOString() },
    });
    const bob = caller(server, await signedIn(hub, await person(hub, 'bob')));
    expect((await bob('DELETE', `/tokens/${token.id}`)).outcome, 'somebody else’s').toBe('404 not_visible');
    expect((await bob('GET', '/tokens?everybody=true')).outcome).toBe('403 role_missing');
    const root = caller(server, await signedIn(hub, await person(hub, 'root', { role: 'admin' })));
    expect((await root('GET', '/tokens?everybody=true')).body).toMatchObject({
      items: [{}, { id: token.id }],
    });
    expect((await jane('DELETE', `/tokens/${token.id}`)).outcome).toBe('204');
    expect((await program('GET', '/me')).outcome).toBe('401 credential_invalid');
  });
});

test('whoever is disabled is out at once, with every session and token, and so is what they answer for', async () => {
  await using hub = await makeHub();
  await using server = hubServer(hub);
  const call = caller(server, await signedIn(hub, await owner(hub, 'olga')));
  const root = await person(hub, 'root', { role: 'admin' });
  const bot = await person(hub, 'bot', { kind: 'service_account', ownerId: root.id });
  const doors = [
    caller(server, await signedIn(hub, root)),
    caller(server, await withToken(hub, root, ['read'])),
    caller(server, await withToken(hub, bot, ['read'])),
  ];
  for (const door of doors) expect((await door('GET', '/me')).outcome).toBe('200');
  expect((await call('PATCH', `/members/${root.id}`, { disabled: true })).body).toMatchObject({
    disabled: true,
  });
  const outcomes = await Promise.all(doors.map(async (door) => (await door('GET', '/me')).outcome));
  expect(outcomes).toEqual(['401 credential_invalid', '401 account_disabled', '401 account_disabled']);
  await call('PATCH', `/members/${root.id}`, { disabled: false });
  expect((await doors[1]?.('GET', '/me'))?.outcome).toBe('200');
  expect((await doors[0]?.('GET', '/me'))?.outcome, 'sessions stay ended').toBe('401 credential_invalid');
});

test.each([
  ['disabled', { disabled: true }],
  ['made less', { role: 'admin' }],
  ['made nothing', { role: null }],
])('the last owner cannot be %s', async (_, change) => {
  await using hub = await makeHub();
  await using server = hubServer(hub);
  const olga = await owner(hub, 'olga');
  const call = caller(server, await signedIn(hub, olga));
  await person(hub, 'invited', { role: 'owner' });
  const path = `/members/${olga.id}`;
  expect((await call('PATCH', path, change)).outcome).toBe('409 last_owner');
  expect((await call('GET', path)).body).toMatchObject({ role: 'owner', disabled: false });
  await owner(hub, 'second');
  expect((await call('PATCH', path, change)).outcome).toBe('200');
});

test('of two owners who put each other down at once, one stays', async () => {
  await using hub = await makeHub();
  await using server = hubServer(hub);
  const [ada, eve] = [await owner(hub, 'ada'), await owner(hub, 'eve')];
  const [byAda, byEve] = [caller(server, await signedIn(hub, ada)), caller(server, await signedIn(hub, eve))];
  const outcomes = await Promise.all([
    byAda('PATCH', `/members/${eve.id}`, { role: 'member' }),
    byEve('PATCH', `/members/${ada.id}`, { role: 'member' }),
  ]);
  expect(outcomes.map((reply) => reply.outcome).toSorted()).toEqual(['200', '409 last_owner']);
  expect(await hub.store.accounts.countOwners()).toBe(1);
});

test('a reset ends the password and the sessions at once; who signs in elsewhere has nothing to reset', async () => {
  await using hub = await makeHub();
  await using server = hubServer(hub);
  const call = caller(server, await signedIn(hub, await owner(hub, 'olga')));
  const jane = await person(hub, 'jane');
  const stored = await hub.store.accounts.get(jane.id);
  if (!stored) throw new Error('just added');
  await hub.store.accounts.change({ ...stored, login: 'jane@example.com', passwordHash: 'x' });
  const browser = caller(server, await signedIn(hub, jane));
  const link = await call('POST', `/members/${jane.id}/reset-link`);
  expect(link).toMatchObject({ outcome: '201', body: { url: expect.stringMatching(/#kgl_/) } });
  expect((await browser('GET', '/me')).outcome).toBe('401 credential_invalid');
  expect(await hub.store.accounts.get(jane.id)).toMatchObject({ passwordHash: undefined });
  const { items } = (await call('GET', '/members')).body as unknown as {
    items: { id: string; name: string }[];
  };
  const elsewhere = await person(hub, 'elsewhere');
  const other = await hub.store.accounts.get(elsewhere.id);
  if (other) await hub.store.accounts.change({ ...other, login: undefined });
  expect((await call('POST', `/members/${elsewhere.id}/reset-link`)).outcome).toBe('400 input_invalid');
  expect(items).toHaveLength(2);
});

test('a second account counts as its person, one step deep, and what it answers for moves along', async () => {
  await using hub = await makeHub();
  await using server = hubServer(hub);
  const call = caller(server, await signedIn(hub, await owner(hub, 'olga')));
  const [rita, rita2, third] = [
    await person(hub, 'rita'),
    await person(hub, 'rita2'),
    await person(hub, 'third'),
  ];
  const bot = await person(hub, 'bot', { kind: 'service_account', ownerId: rita2.id });
  const link = (id: string, linkedTo: string | null) => call('PATCH', `/members/${id}`, { linkedTo });
  expect((await link(rita2.id, rita.id)).body).toMatchObject({ linkedTo: { name: 'rita' } });
  expect(await hub.store.accounts.get(bot.id)).toMatchObject({ ownerId: rita.id });
  expect((await link(third.id, rita2.id)).outcome, 'a second step').toBe('400 input_invalid');
  expect((await link(rita.id, rita.id)).outcome, 'to itself').toBe('400 input_invalid');
  expect((await link(third.id, bot.id)).outcome, 'to a program').toBe('404 not_visible');
  // Linking the person itself takes her second account along, so that nobody counts as somebody who counts as another.
  expect((await link(rita.id, third.id)).outcome).toBe('200');
  expect(await hub.store.accounts.get(rita2.id)).toMatchObject({ ownerId: third.id });
  expect((await link(rita.id, null)).body).toMatchObject({ linkedTo: null });
  expect((await actions(hub)).filter((action) => action === 'account.linked')).toHaveLength(3);
});

test('nobody makes a program that may do more than they may, or that acts in the name of somebody else', async () => {
  await using hub = await makeHub();
  await using server = hubServer(hub);
  const bob = await person(hub, 'bob');
  const root = await person(hub, 'root', { role: 'admin' });
  const call = caller(server, await signedIn(hub, root));
  const make = (wish: object) => call('POST', '/service-accounts', { name: 'ci', role: 'member', ...wish });
  expect((await make({ role: 'owner' })).outcome).toBe('403 role_beyond_own');
  expect((await make({ ownerId: bob.id })).outcome).toBe('403 role_missing');
  const made = await make({});
  expect(made).toMatchObject({ outcome: '201', body: { owner: { name: 'root' }, role: 'member' } });
  expect((await make({ name: 'CI' })).outcome, 'the same name').toBe('409 already_exists');
  const path = `/service-accounts/${made.body.id}`;
  expect((await call('PATCH', path, { role: 'owner' })).outcome).toBe('403 role_beyond_own');
  expect((await call('PATCH', path, { name: 'deployer', role: 'admin' })).body).toMatchObject({
    name: 'deployer',
    role: 'admin',
  });
  const wish = { name: 'x', scopes: ['request'] };
  expect((await call('POST', '/tokens', { ...wish, accountId: made.body.id })).outcome).toBe('201');
  // With a token of bob's program root could ask as bob, and then approve what bob asked for.
  const foreign = await person(hub, 'foreign', { kind: 'service_account', ownerId: bob.id });
  expect((await call('POST', '/tokens', { ...wish, accountId: foreign.id })).outcome).toBe(
    '403 role_missing',
  );
  expect((await call('POST', '/tokens', { ...wish, accountId: bob.id })).outcome, 'of a person').toBe(
    '404 not_visible',
  );
  const olga = caller(server, await signedIn(hub, await owner(hub, 'olga')));
  expect((await olga('POST', '/service-accounts', { name: 'b', role: null, ownerId: bob.id })).outcome).toBe(
    '201',
  );
  expect((await olga('GET', '/service-accounts')).body).toMatchObject({
    items: [{}, {}, { owner: { name: 'bob' } }],
  });
  const mighty = await person(hub, 'mighty', { kind: 'service_account', ownerId: root.id, role: 'owner' });
  expect((await call('PATCH', `/service-accounts/${mighty.id}`, { name: 'y' })).outcome).toBe(
    '403 role_beyond_own',
  );
  expect((await call('POST', '/tokens', { ...wish, accountId: mighty.id })).outcome).toBe(
    '403 role_beyond_own',
  );
});

test('a token without the scope has no right, and is the same token whichever way it comes', async () => {
  await using hub = await makeHub();
  await using server = hubServer(hub);
  const olga = await owner(hub, 'olga');
  const narrow = await withToken(hub, olga, ['read']);
  const secret = narrow.authorization.replace('Bearer ', '');
  const basic = { authorization: `Basic ${Buffer.from(`x:${secret}`).toString('base64')}` };
  for (const headers of [narrow, basic]) {
    const call = caller(server, headers);
    expect((await call('GET', '/members')).outcome).toBe('200');
    expect((await call('GET', '/me/sessions')).outcome).toBe('403 token_scope_missing');
    expect((await call('GET', '/grants')).outcome).toBe('403 token_scope_missing');
  }
  const wide = caller(server, await withToken(hub, olga, tokenScopes));
  expect((await wide('GET', '/grants')).outcome).toBe('200');
});
