import { indexHistory } from '../../src/app/projects/index-history.ts';
import { submitRollback } from '../../src/app/requests/submit-request.ts';
import { makeToken } from '../../src/app/people/make-token.ts';
import { createCluster } from '../../src/app/clusters/create-cluster.ts';
import { createWebhook } from '../../src/app/webhooks/create-webhook.ts';
import { someHold } from '../../src/domain/hold/hold.test-kit.ts';
import type { Operation } from '../../src/contract/operation.ts';
import { type Actor, partyOf } from '../../src/domain/people/actor.ts';
import { signedIn } from './hub-server.ts';
import { type TestHub, localWebhooks, makeHub, person } from './hub.ts';
import type { PermissionRow } from './permission-table.ts';
import { type Shop, makeShop, serviceWish } from './shop.ts';

/** A hub with one of everything that an address can name. */
export interface Setting {
  readonly hub: TestHub;
  readonly shop: Shop;
  readonly requestId: string;
  readonly target: Actor;
  readonly program: Actor;
}

const corp = {
  name: 'corp',
  issuer: 'http://127.0.0.1:1',
  clientId: 'knowngood',
  clientSecret: undefined,
  scopes: [],
  plainHttp: true,
  groupsClaim: 'groups',
  roles: [],
  defaultRole: undefined,
  groups: 'as_given',
  emailVerified: 'required',
} as const;

export async function permissionSetting(): Promise<Setting> {
  const signIn = { password: true, oidc: [corp], demoAccounts: [] };
  const hub = await makeHub({ settings: { ...localWebhooks, signIn } });
  const shop = await makeShop(hub, { approvals: 1 });
  await indexHistory(hub, shop.project.id);
  const target = await person(hub, 'target', { role: 'viewer' });
  const program = await person(hub, 'program', { kind: 'service_account', ownerId: shop.ann.id });
  const { id: requestId } = await submitRollback(hub, shop.jane, serviceWish(shop));
  return { hub, shop, requestId, target, program };
}

/** Makes the thing that an address names, new each time, so that no call spoils it for the next; its id. */
type Make = (setting: Setting, row: Pick<PermissionRow, 'whose'>, who: Actor) => Promise<string>;

const hook = { name: 'x', project: null, url: 'http://127.0.0.1:9999/', events: ['*'] };

async function makeWebhook({ hub, shop }: Setting): Promise<string> {
  return (await createWebhook(hub, shop.jane, hook)).view.webhook.id;
}

export const makers: Readonly<Partial<Record<Operation['about'], Make>>> = {
  request: async ({ hub, shop, requestId }, { whose }, who) => {
    const owner = whose === 'own' ? who : shop.jane;
    const request = await hub.store.requests.get(requestId);
    if (!request) throw new Error('there is no request');
    const id = hub.newId('rbk-');
    const copy = { ...request, id, requester: partyOf(owner), authors: [owner.id] };
    await hub.store.tx((tx) => tx.requests.add(copy, []));
    return id;
  },
  break_glass: async ({ hub, shop }, { whose }, who) => {
    const [id, openedAt] = [hub.newId('bgs-'), hub.clock()];
    const none = { revokedAt: undefined, revokedBy: undefined, requestIds: [], review: undefined };
    const by = partyOf(whose === 'own' ? who : shop.jane);
    const times = { openedAt, expiresAt: openedAt + 3_600_000 };
    const session = { id, projectId: shop.project.id, by, justification: 'all is down', ...times, ...none };
    await hub.store.tx((tx) => tx.breakGlass.add(session));
    return id;
  },
  hold: async ({ hub, shop }) => {
    const id = hub.newId('hld-');
    const times = { setAt: hub.clock(), expiresAt: hub.clock() + 3_600_000 };
    await hub.store.holds.add([someHold({ id, projectId: shop.project.id, requestId: id, ...times })]);
    return id;
  },
  session: async ({ hub, shop }, { whose }, who) => {
    const holder = whose === 'another' ? shop.jane : who;
    await signedIn(hub, holder);
    const all = await hub.store.sessions.of(holder.id, hub.clock());
    return (
      all
        .map(({ id }) => id)
        .toSorted()
        .at(-1) ?? ''
    );
  },
  token: async ({ hub, shop }, { whose }, who) => {
    const holder = whose === 'another' ? shop.jane : who;
    const wish = { name: 'x', scopes: ['read'], accountId: holder.id } as const;
    return (await hub.store.tx((tx) => makeToken(hub, tx, holder, wish))).token.id;
  },
  grant: async ({ hub, shop }) => {
    const id = hub.newId('grt_');
    const place = { projectId: shop.project.id, tenant: undefined, environment: undefined };
    const grant = { id, to: { groupName: id }, verb: 'read', ...place, createdAt: hub.clock() } as const;
    await hub.store.tx((tx) => tx.grants.add(grant));
    return id;
  },
  member: ({ target }) => Promise.resolve(target.id),
  service_account: ({ program }) => Promise.resolve(program.id),
  cluster: async ({ hub, shop }) =>
    (await createCluster(hub, shop.jane, { name: hub.newId('cls_') })).cluster.id,
  webhook: makeWebhook,
  delivery: async (setting) => {
    const { hub } = setting;
    const webhookId = await makeWebhook(setting);
    const id = hub.newId('dlv_');
    await hub.store.deliveries.add({ id, webhookId, event: 'ping', payload: '{}', createdAt: hub.clock() });
    return id;
  },
};
