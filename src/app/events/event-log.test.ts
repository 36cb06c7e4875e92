import { expect, test } from 'vitest';
import { type TestHub, actorAgain, makeHub, person, projectWith } from '../../../test/kit/hub.ts';
import { signedIn, withToken } from '../../../test/kit/hub-server.ts';
import type { Actor, TokenScope } from '../../domain/people/actor.ts';
import type { AuditDraft, AuditRow } from '../../domain/audit/audit-entry.ts';
import { request } from '../../store/request.test-kit.ts';
import { recordChange } from '../audit/record-change.ts';
import { resolveCredential } from '../people/resolve-credential.ts';
import { signOut } from '../people/sign-out.ts';
import { systemActor } from '../system-actor.ts';
import { mayHear } from './event-log.ts';

const row = (hub: TestHub, projectId?: string): Promise<AuditRow> =>
  hub.store.tx((tx) => {
    const change = { at: 1, action: 'plan.changed', object: { type: 'plan', id: 'x' } } as const;
    return recordChange(tx, systemActor, { ...change, ...(projectId === undefined ? {} : { projectId }) });
  });

async function comes(hub: TestHub, kind: 'session' | 'token', secret = ''): Promise<Actor> {
  const actor = await resolveCredential(hub, { kind, secret });
  if (!actor) throw new Error('nobody');
  return actor;
}

const byToken = async (hub: TestHub, who: Actor, ...scopes: readonly TokenScope[]): Promise<Actor> =>
  comes(hub, 'token', (await withToken(hub, who, scopes)).authorization.split(' ')[1]);

const cookieOf = async (hub: TestHub, who: Actor): Promise<string> =>
  (await signedIn(hub, who)).cookie.split('=')[1] ?? '';

test('each hears of the projects that they may read in, and those who may read the log of the rest', async () => {
  await using hub = await makeHub();
  const { project } = await projectWith(hub, []);
  const [of, instance] = [await row(hub, project.id), await row(hub)];
  const [mia, ann] = [await person(hub, 'mia'), await person(hub, 'ann', { role: 'admin' })];
  const none = await person(hub, 'none', { role: undefined });
  const heard = async (actor: Actor): Promise<unknown[]> => [
    await mayHear(hub, actor, of),
    await mayHear(hub, actor, instance),
  ];
  const bySession = async (who: Actor): Promise<Actor> => comes(hub, 'session', await cookieOf(hub, who));
  expect(await heard(await bySession(mia))).toEqual([true, false]);
  expect(await heard(await bySession(ann))).toEqual([true, true]);
  expect(await heard(await bySession(none))).toEqual([false, false]);
  expect(await heard(await byToken(hub, ann, 'push'))).toEqual([false, false]);
  expect(await heard(await byToken(hub, ann, 'read'))).toEqual([true, false]);
  expect(await heard(await byToken(hub, ann, 'read', 'admin'))).toEqual([true, true]);
});

test('somebody who may read one tenant hears of no other, and of what happens to the project', async () => {
  await using hub = await makeHub();
  const { project } = await projectWith(hub, []);
  const { id } = await person(hub, 'xena', { role: undefined });
  const grant = { id: 'grt_1', to: { accountId: id }, verb: 'read', projectId: project.id } as const;
  await hub.store.grants.add({ ...grant, tenant: 'globex', environment: undefined, createdAt: 1 });
  const xena = await comes(hub, 'session', await cookieOf(hub, await actorAgain(hub, id)));
  const hears = async (about: Partial<AuditDraft>): Promise<unknown> => {
    const change = { at: 1, action: 'request.noted', object: { type: 'x', id: 'x' } } as const;
    const written = { ...change, projectId: project.id, ...about };
    return mayHear(hub, xena, await hub.store.tx((tx) => recordChange(tx, systemActor, written)));
  };
  for (const tenant of ['acme', 'globex']) {
    const where = [{ tenant, environment: 'production' }];
    const scope = { ...request().scope, where };
    await hub.store.requests.add(request({ id: `rbk-${tenant}`, projectId: project.id, scope }), []);
  }
  expect(await hears({ requestId: 'rbk-globex' })).toBe(true);
  expect(await hears({ requestId: 'rbk-acme' })).toBe(false);
  expect(await hears({ requestId: 'rbk-gone' })).toBe(false);
  expect(await hears({ details: { tenant: 'globex', environment: 'production' } })).toBe(true);
  expect(await hears({ details: { tenant: 'acme', environment: 'production' } })).toBe(false);
  expect(await hears({})).toBe(true);
});

test('a stream ends with the session, the token or the account that opened it', async () => {
  await using hub = await makeHub();
  const { project } = await projectWith(hub, []);
  const event = await row(hub, project.id);
  const mia = await person(hub, 'mia');
  const secret = await cookieOf(hub, mia);
  const [here, other] = [
    await comes(hub, 'session', secret),
    await comes(hub, 'session', await cookieOf(hub, mia)),
  ];
  await signOut(hub, secret);
  expect([await mayHear(hub, here, event), await mayHear(hub, other, event)]).toEqual(['end', true]);
  const token = await byToken(hub, mia, 'read');
  await hub.store.tokens.revoke(token.credential.id, hub.clock());
  expect(await mayHear(hub, token, event)).toBe('end');
  const account = await hub.store.accounts.get(mia.id);
  if (account) await hub.store.accounts.change({ ...account, disabledAt: 1 });
  expect(await mayHear(hub, other, event)).toBe('end');
});

test('whoever is disabled can still sign out', async () => {
  await using hub = await makeHub();
  const mia = await person(hub, 'mia');
  const secret = await cookieOf(hub, mia);
  const account = await hub.store.accounts.get(mia.id);
  if (account) await hub.store.accounts.change({ ...account, disabledAt: 1 });
  await signOut(hub, secret);
  expect(await hub.store.sessions.of(mia.id, hub.clock())).toEqual([]);
});
