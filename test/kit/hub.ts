import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type HubSettings, defaultHubSettings } from '../../src/app/hub.ts';
import type { HubProject, ProjectSettings, UpstreamSettings } from '../../src/app/projects/hub-project.ts';
import { sealSecrets } from '../../src/app/projects/upstream-secrets.ts';
import { type OpenHub, openHub } from '../../src/app/open-hub.ts';
import type { Account, Actor, Credential, Role } from '../../src/domain/people/actor.ts';
import type { Clock } from '../../src/std/clock.ts';
import { type TestDatabase, databases } from './databases.ts';
import { git } from './git.ts';
import type { GitHost } from './git-host.ts';
import { type HistoryLiteral, importHistory } from './import-history.ts';
import { temporaryFolder } from './repository.ts';

export interface HubTestOptions {
  /** SQLite unless told otherwise; loop over `databases` to have both. */
  readonly database?: TestDatabase;
  /** Of a hub that is made already, for a second one on the same data. */
  readonly like?: TestHub;
  /** The machine's own unless given. */
  readonly clock?: Clock;
  readonly settings?: Partial<HubSettings>;
  /** New unless given. */
  readonly secretKey?: Uint8Array;
}

/** A hub on real, new data, closed when the `using` block ends. */
export interface TestHub extends OpenHub, AsyncDisposable {
  readonly url: string;
  readonly secretKey: Uint8Array;
}

export async function makeHub(options: HubTestOptions = {}): Promise<TestHub> {
  const { like, database = databases[0], clock = Date.now } = options;
  const dataDir = options.settings?.dataDir ?? like?.settings.dataDir ?? temporaryFolder('hub');
  const url = like?.url ?? (await database?.fresh()) ?? '';
  const secretKey = options.secretKey ?? like?.secretKey ?? randomBytes(32);
  mkdirSync(join(dataDir, 'repositories'), { recursive: true });
  const settings = { ...defaultHubSettings, ...options.settings, dataDir };
  const hub = await openHub({ database: url, settings, clock, secretKey });
  return { ...hub, url, secretKey, [Symbol.asyncDispose]: hub.close };
}

/** Adds an account to the store and comes in as it, with a fresh session unless told otherwise. */
export async function person(
  hub: TestHub,
  name: string,
  as: Partial<Pick<Account, 'kind' | 'ownerId' | 'groups'>> & {
    /** A member unless told otherwise. */
    readonly role?: Role | undefined;
    readonly credential?: Partial<Credential>;
  } = {},
): Promise<Actor> {
  const id = hub.newId('usr_');
  const { kind = 'person', ownerId, groups = [], credential } = as;
  const role: Role | undefined = 'role' in as ? as.role : 'member';
  const now = hub.clock();
  const email = `${name}@example.com`;
  await hub.store.tx(async (tx) => {
    const account = { id, kind, name, email, login: name, role, ownerId, passwordHash: undefined };
    await tx.accounts.add({ ...account, version: 1, createdAt: now, disabledAt: undefined });
    await tx.accounts.setGroups(id, 'local', groups);
  });
  return actorAgain(hub, id, credential);
}

/** The same account as it is in the store now. */
export async function actorAgain(
  hub: TestHub,
  accountId: string,
  credential: Partial<Credential> = {},
): Promise<Actor> {
  const account = await hub.store.accounts.withRights(accountId);
  if (!account) throw new Error(`there is no account ${accountId}`);
  const shown = { kind: 'session', id: hub.newId('ses_'), scopes: undefined } as const;
  return { ...account, credential: { ...shown, authenticatedAt: hub.clock(), ...credential } };
}

/** A project of a hub and stock git in its repository. */
export interface TestProject {
  readonly project: HubProject;
  /** In the order in which the history lists them. */
  readonly commits: readonly string[];
  readonly git: (...args: readonly string[]) => string;
}

/** A hosted project whose history is written down in the test. Nothing is indexed. */
export async function projectWith(
  hub: OpenHub,
  of: HistoryLiteral,
  { slug = 'shop', ...settings }: Partial<ProjectSettings> & { readonly slug?: string } = {},
): Promise<TestProject> {
  const now = hub.clock();
  const project: HubProject = {
    id: hub.newId('prj_'),
    slug,
    name: slug,
    kind: 'hosted',
    settings: { description: '', branch: 'main', sourceRules: [], ...settings },
    sealedCredentials: undefined,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  await hub.repositories.create(project);
  await hub.store.tx((tx) => tx.projects.add(project));
  const dir = hub.repositories.pathOf(project.id);
  const commits = importHistory(dir, of, project.settings.branch);
  return { project, commits, git: (...args) => git(dir, ...args) };
}

/** Settings of a hub that may be connected to Git hosts on this machine. */
export const localGitHosts = { gitHosts: { networks: ['127.0.0.0/8'], plainHttp: true } } as const;

/** Settings of a hub that may send events to receivers on this machine. */
export const localWebhooks = { webhooks: { networks: ['127.0.0.0/8'], plainHttp: true } } as const;

/** A project connected to a Git host of the tests. Nothing is fetched yet. */
export async function connectedProject(
  hub: OpenHub,
  host: Pick<GitHost, 'url' | 'username' | 'password'>,
  { slug = 'shop', webhookSecret, ...upstream }: Partial<UpstreamSettings> & ConnectedOptions = {},
): Promise<HubProject> {
  const now = hub.clock();
  const id = hub.newId('prj_');
  const signIn = { kind: 'password', username: host.username } as const;
  const webhookSigned = webhookSecret !== undefined;
  const usual = { url: host.url, fetchSeconds: 60, onRefusedPush: 'fail', signIn, webhookSigned } as const;
  const settings = { ...usual, ...upstream };
  const project: HubProject = {
    id,
    slug,
    name: slug,
    kind: 'connected',
    settings: { description: '', branch: 'main', sourceRules: [], upstream: settings },
    sealedCredentials: sealSecrets(hub.seal, id, { password: host.password, webhookSecret }),
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  await hub.store.tx((tx) => tx.projects.add(project));
  return project;
}

interface ConnectedOptions {
  readonly slug?: string;
  readonly webhookSecret?: string;
}
