import { followAudit } from '../../src/app/events/event-log.ts';
import { type OperationId, operationOf } from '../../src/contract/operations.ts';
import type { Actor, TokenScope } from '../../src/domain/people/actor.ts';
import type { GrantableVerb } from '../../src/domain/people/verb.ts';
import { hubHandlers } from '../../src/http/handlers/hub-handlers.ts';
import { hubServer, signedIn, withToken } from './hub-server.ts';
import { actorAgain, person } from './hub.ts';
import { permissionProbe } from './permission-probes.ts';
import { type Setting, makers, permissionSetting } from './permission-setting.ts';
import type { Cell, PermissionRow, RoleName, TenantName } from './permission-table.ts';

/** How somebody comes: with a session, or with a token of these scopes. */
export type With = 'session' | readonly TokenScope[];

type Kind = 'person' | 'service_account';

/** A real server, and anybody one wants to come to it. Everybody is made at the first call. */
export interface PermissionStage extends AsyncDisposable {
  readonly who: (role: RoleName, kind?: Kind) => Promise<Actor>;
  /** Somebody without a role who has these grants for the whole project, or for one tenant of it. */
  readonly granted: (verbs: readonly GrantableVerb[], tenant?: TenantName, kind?: Kind) => Promise<Actor>;
  /** An owner whose account is disabled. */
  readonly disabled: () => Promise<Call>;
  /** What the server says to a call of the row's operation; `alias`: at its address for rollbacks alone. */
  readonly ask: (row: PermissionRow, call: Call) => Promise<Cell>;
}

export interface Call {
  readonly who: Actor | undefined;
  readonly credential?: With;
  readonly headers?: Headers;
  readonly alias?: boolean;
  /** Asks about this tenant, where the operation names one; about acme unless given. */
  readonly tenant?: TenantName;
}

type Headers = Readonly<Record<string, string>>;

/** Codes that send somebody away for what they are; any other answer comes after their rights. */
const away: Readonly<Record<string, Cell>> = {
  unauthenticated: '401',
  credential_invalid: '401',
  account_disabled: '401',
  not_visible: '404',
  role_missing: '403',
  grant_missing: '403',
  token_scope_missing: '403',
  scope_beyond_own: '403',
  role_beyond_own: '403',
  person_required: '403',
  door_closed: '403',
  not_yours: '403',
  break_glass_role: '403',
  reauthentication_required: '403',
};

/** Throws for what is nobody's fault: an address that is not there, or a bug. */
async function cellOf(answer: Response): Promise<Cell> {
  if (answer.status < 400) return 'y';
  const { code, message } = ((await answer.json()) as { error: { code: string; message: string } }).error;
  if (code === 'route_unknown' || code === 'incident') throw new Error(`${answer.url}: ${message}`);
  const cell = away[code];
  if (cell !== undefined && cell !== String(answer.status))
    throw new Error(`${code} came as ${answer.status}`);
  return cell ?? 'y';
}

/** After these, the session that was used does not count any more. */
const ending: readonly OperationId[] = ['logout', 'logoutEverywhere'];

/** The headers of a call; credentials are used again for as long as they count. */
function wallet({ hub }: Setting) {
  const known = new Map<string, Promise<Headers>>();
  return async (row: PermissionRow, { who, credential = 'session', headers }: Call): Promise<Headers> => {
    if (who === undefined || headers !== undefined) return headers ?? {};
    const key = JSON.stringify([who.id, credential]);
    const shown =
      known.get(key) ?? (credential === 'session' ? signedIn(hub, who) : withToken(hub, who, credential));
    known.set(key, shown);
    if (ending.includes(row.id))
      for (const other of known.keys()) if (other.includes(who.id)) known.delete(other);
    return shown;
  };
}

/** The id of the thing that is asked for. What is only looked at is looked at again. */
function things(setting: Setting) {
  const known = new Map<string, Promise<string>>();
  return (row: PermissionRow, who: Actor): Promise<string> => {
    const { about, method } = operationOf(row.id);
    const make = (): Promise<string> => makers[about]?.(setting, row, who) ?? Promise.resolve('');
    if (method !== 'GET') return make();
    const id = known.get(about) ?? make();
    known.set(about, id);
    return id;
  };
}

function addressOf(
  setting: Setting,
  row: PermissionRow,
  { alias: useAlias, id }: { readonly alias: boolean; readonly id: string },
): string {
  const { path, alias } = operationOf(row.id);
  const { shop } = setting;
  const names: Readonly<Record<string, string>> = {
    id,
    slug: 'shop',
    environment: 'production',
    tenant: 'acme',
    revision: shop.bad,
    provider: 'corp',
  };
  const used = useAlias && alias ? alias.path : path;
  const filled = used.replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? `no-${name}`);
  const query = new URLSearchParams(permissionProbe(setting, row.id).query).toString();
  return `/api/v2${filled}${query === '' ? '' : `?${query}`}`;
}

/** Who can come, each made once. */
function cast({ hub, shop }: Setting) {
  const known = new Map<string, Promise<Actor>>();
  const once = (name: string, make: () => Promise<Actor>): Promise<Actor> => {
    const actor = known.get(name) ?? make();
    known.set(name, actor);
    return actor;
  };
  const ownerOf = (kind: Kind) => (kind === 'person' ? {} : { ownerId: shop.ann.id });
  const who: PermissionStage['who'] = (name, kind = 'person') => {
    const role = name === '-' ? undefined : name;
    return once(`${kind} ${name}`, () => person(hub, `${kind} ${name}`, { kind, role, ...ownerOf(kind) }));
  };
  const granted: PermissionStage['granted'] = (verbs, tenant, kind = 'person') =>
    once([kind, tenant, ...verbs].join(' '), async () => {
      const name = `${kind} with ${verbs.join(' ')} ${tenant ?? ''}`;
      const { id: accountId } = await person(hub, name, { kind, role: undefined, ...ownerOf(kind) });
      const place = { projectId: shop.project.id, tenant, environment: undefined };
      for (const verb of verbs) {
        const grant = { id: hub.newId('grt_'), to: { accountId }, verb, ...place, createdAt: hub.clock() };
        await hub.store.tx((tx) => tx.grants.add(grant));
      }
      return actorAgain(hub, accountId);
    });
  return { who, granted };
}

async function disabledOwner({ hub, shop }: Setting): Promise<Call> {
  const { id } = await person(hub, 'former', { role: 'owner' });
  const headers = await signedIn(hub, { id });
  const account = await hub.store.accounts.get(id);
  if (account) await hub.store.accounts.change({ ...account, disabledAt: hub.clock() });
  return { who: shop.jane, headers };
}

/** Opens the stage. Whatever is asked goes over real HTTP through the door of the hub into its use cases. */
export async function permissionStage(): Promise<PermissionStage> {
  const setting = await permissionSetting();
  const { hub } = setting;
  const events = await followAudit(hub, () => undefined);
  const limits = { callsAtOnce: 1e6, callsPerSecond: 1e6, grace: 0 };
  const server = hubServer(hub, hubHandlers(hub, { version: '0', events }), { limits });
  const origin = await server.fastify.listen({ host: '127.0.0.1', port: 0 });
  const former = disabledOwner(setting);
  const [headersFor, idFor] = [wallet(setting), things(setting)];
  return {
    ...cast(setting),
    disabled: () => former,
    ask: async (row, call) => {
      const { body } = permissionProbe(setting, row.id);
      const id = await idFor(row, call.who ?? setting.shop.jane);
      const there = (text: string): string => text.replaceAll('acme', call.tenant ?? 'acme');
      const address = there(addressOf(setting, row, { id, alias: call.alias === true }));
      const leaving = new AbortController();
      const answer = await fetch(`${origin}${address}`, {
        method: operationOf(row.id).method,
        redirect: 'manual',
        headers: {
          ...(await headersFor(row, call)),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: there(JSON.stringify(body)) }),
        signal: leaving.signal,
      });
      const cell = await cellOf(answer);
      // A stream of events has no end.
      leaving.abort();
      return cell;
    },
    [Symbol.asyncDispose]: async () => {
      await events.stop();
      await server.stop();
      await hub.close();
    },
  };
}
