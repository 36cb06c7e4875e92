// How fast the store is on this machine: durable changes, and the index of a long history. Usage:
//   node bench/store.ts [commits] [postgres]
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../src/store/open-store.ts';
import type { Store } from '../src/store/open-store.ts';
import type { IndexedRevision } from '../src/store/index-revisions.ts';
import { request } from '../src/store/request.test-kit.ts';
import { startCluster } from '../test/kit/postgres-cluster.ts';

const commits = Number(process.argv[2] ?? 250_000);
const folder = mkdtempSync(join(tmpdir(), 'store-bench-'));
const cluster = process.argv[3] === 'postgres' ? startCluster() : undefined;
await cluster?.started;
const url = cluster?.url('postgres') ?? `file:${join(folder, 'hub.db')}`;

const say = (what: string, figure: string): void => console.log(`${what.padEnd(58)} ${figure}`);
async function rate(what: string, count: number, run: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await run();
  const seconds = (performance.now() - start) / 1000;
  say(what, `${Math.round(count / seconds)}/s (${seconds.toFixed(2)} s)`);
}
async function time(what: string, run: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 11; round += 1) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  say(what, `${times[5]?.toFixed(2)} ms median, ${times[10]?.toFixed(2)} ms worst`);
}

function bareLimit(): void {
  const database = new DatabaseSync(join(folder, 'bare.db'));
  database.exec(
    'pragma journal_mode = wal; pragma synchronous = full; create table t (a integer primary key, b text)',
  );
  const insert = database.prepare('insert into t values (?, ?)');
  const start = performance.now();
  for (let count = 0; count < 2000; count += 1) insert.run(count, 'x'.repeat(400));
  const seconds = (performance.now() - start) / 1000;
  database.close();
  say("the machine's limit: one durable row per transaction", `${Math.round(2000 / seconds)}/s`);
}

const actor = {
  personId: 'usr_1',
  accountId: 'usr_1',
  name: 'Jane',
  email: 'jane@example.com',
  credential: { kind: 'session', id: 'ses_1' },
} as const;

const change = (store: Store, id: string, epoch: number) =>
  store.tx(async (tx) => {
    const state = epoch % 2 ? 'executing' : 'failed';
    await tx.requests.move(id, { states: ['pending', 'executing', 'failed'], epoch }, { state, at: epoch });
    await tx.audit.append({
      at: epoch,
      actor,
      action: 'request.executing',
      object: { type: 'request', id },
      projectId: 'prj_01',
      requestId: id,
      flags: [],
      details: { digest: 'sha256:0123456789abcdef' },
    });
  });

async function changes(store: Store): Promise<void> {
  const rows = Array.from({ length: 32 }, (_, index) => `rbk-${index}`);
  for (const id of rows) await store.requests.add(request({ id }), []);
  const count = 60;
  await rate('state change + audit in one transaction, 1 client', 1000, async () => {
    await store.requests.add(request({ id: 'rbk-solo' }), []);
    for (let epoch = 1; epoch <= 1000; epoch += 1) await change(store, 'rbk-solo', epoch);
  });
  await rate('the same, 32 clients', 32 * count, () =>
    Promise.all(
      rows.map(async (id) => {
        for (let epoch = 1; epoch <= count; epoch += 1) await change(store, id, epoch);
      }),
    ),
  );
}

const services = ['api-gateway', 'checkout', 'search', 'payments', 'web'];
const places = ['acme', 'globex', 'initech', 'umbrella', 'hooli'].flatMap((tenant) =>
  ['dev', 'staging', 'production'].map((environment) => ({ tenant, environment })),
);

function revision(position: number): IndexedRevision {
  const chosen = [0, 5, 11].map((offset) => places[(position * 7 + offset) % places.length]);
  const touched = [services[position % 5], services[(position + 2) % 5]].filter((name) => name !== undefined);
  return {
    revision: position.toString(16).padStart(8, '0').repeat(5),
    position,
    at: 1_700_000_000_000 + position * 60_000,
    author: { name: `Person ${position % 97}`, email: `person${position % 97}@example.com`, bot: undefined },
    pullRequest: position,
    summary: `Update ${touched.join(' and ')} to v1.${position % 50}.${position % 7}`,
    deployments: chosen
      .filter((place) => place !== undefined)
      .map((place) => ({
        ...place,
        services: touched,
        files: 2,
        fields: undefined,
        source: 'push',
        requestId: undefined,
      })),
  };
}

async function index(store: Store): Promise<void> {
  const now = { createdAt: 1, updatedAt: 1, version: 1, sealedCredentials: undefined };
  await store.projects.add({ id: 'prj_01', slug: 'a', name: 'a', kind: 'hosted', settings: {}, ...now });
  const batch = 1000;
  let longest = 0;
  await rate(`indexing ${commits} commits, 3 places each, newest first`, commits, async () => {
    for (let newest = commits; newest > 0; newest -= batch) {
      const length = Math.min(batch, newest);
      const rows = Array.from({ length }, (_, back) => revision(newest - back));
      const start = performance.now();
      await store.tx((tx) => tx.deployments.index('prj_01', rows));
      longest = Math.max(longest, performance.now() - start);
    }
  });
  await store.deployments.refreshStatistics();
  say('longest batch of 1000', `${longest.toFixed(0)} ms`);
  say('peak memory', `${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
}

async function reads(store: Store): Promise<void> {
  const page = { limit: 50 };
  const middle = { position: commits / 2, place: 0 };
  const acme = { tenant: 'acme', environment: 'production' };
  const list = store.deployments.list;
  await time('first page of the project', () => list('prj_01', {}, page));
  await time('first page of a tenant-environment', () => list('prj_01', acme, page));
  await time('a page in the middle of it', () => list('prj_01', acme, { ...page, after: middle }));
  await time('one service of it', () => list('prj_01', { ...acme, service: 'web' }, page));
  await time('one service nobody has', () => list('prj_01', { ...acme, service: 'none' }, page));
  await time('one tenant, all environments', () => list('prj_01', { tenant: 'acme' }, page));
  await time('one service in all places', () => list('prj_01', { service: 'web' }, page));
  await time('by author', () => list('prj_01', { author: 'person7@' }, page));
  await time('text that nothing has (whole history)', () => list('prj_01', { text: 'no such words' }, page));
  await time('the newest of every place', () => store.deployments.latest('prj_01'));
  await time('in force at a revision', () => store.deployments.inForce('prj_01', acme, revision(9).revision));
}

try {
  const store = await openStore({ url });
  say('database', store.kind);
  bareLimit();
  await changes(store);
  await index(store);
  await reads(store);
  await store.close();
  const size = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  if (!cluster) say('size of the database', `${Math.round(size / 1e6)} MB`);
} finally {
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
}
