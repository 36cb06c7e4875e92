import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { recoverRepositories } from '../../src/app/projects/recover-repositories.ts';
import { recoverExecutions } from '../../src/app/requests/recover-executions.ts';
import { gitEnvironment } from '../../test/kit/git.ts';
import type { TestDatabase } from '../../test/kit/databases.ts';
import { type TestHub, makeHub } from '../../test/kit/hub.ts';
import { pushFile } from '../../test/kit/push-file.ts';
import { brokenPromises } from '../../test/kit/request-invariants.ts';
import { type Shop, makeShop, serviceText } from '../../test/kit/shop.ts';
import { seededRandom } from '../parity/random.ts';
import type { Acknowledged, WorkOrder } from './worker.ts';

export interface KillOptions {
  readonly kills: number;
  /** Rollbacks that are acknowledged between two kills, on average. */
  readonly each: number;
  readonly seed: number;
  readonly progress: (line: string) => void;
  /** SQLite unless given. */
  readonly database?: TestDatabase;
}

/** What a soak has found. All but the first two have to be empty. */
export interface KillResult {
  readonly kills: number;
  readonly acknowledged: number;
  /** Acknowledged, and not there after a kill. */
  readonly lost: readonly string[];
  /** Requests with more than one commit in the branch. */
  readonly duplicated: readonly string[];
  /** Broken promises, in words; those that begin with I3 are gaps of the audit log. */
  readonly broken: readonly string[];
}

/** Lives of one hub before the next one begins anew: every check looks at all that a hub has ever done. */
const livesOfOne = 20;

const services = Array.from({ length: 8 }, (_, index) => `svc-${index}`);

/** Kills a hub at random moments while it rolls back, and looks at what it left each time it has recovered. */
export async function killRollbacks(options: KillOptions): Promise<KillResult> {
  const random = seededRandom(options.seed);
  const sum = { kills: 0, acknowledged: 0, lost: [], duplicated: [], broken: [] };
  let result: KillResult = sum;
  while (result.kills < options.kills) {
    const lives = Math.min(livesOfOne, options.kills - result.kills);
    const one = await killOneHub({ ...options, lives, random });
    result = {
      kills: result.kills + one.kills,
      acknowledged: result.acknowledged + one.acknowledged,
      lost: [...result.lost, ...one.lost],
      duplicated: [...result.duplicated, ...one.duplicated],
      broken: [...result.broken, ...one.broken],
    };
    const faults = result.lost.length + result.duplicated.length + result.broken.length;
    options.progress(`${result.kills} kills, ${result.acknowledged} rollbacks, ${faults} faults`);
  }
  return result;
}

interface Lives extends Pick<KillOptions, 'each' | 'database'> {
  readonly lives: number;
  readonly random: () => number;
}

async function killOneHub({ lives, each, random, database }: Lives): Promise<KillResult> {
  const folder = mkdtempSync(join(tmpdir(), 'knowngood-soak-'));
  const fresh = (): Promise<string> => Promise.resolve(`file:${join(folder, 'hub.db')}`);
  const first = await makeHub({
    database: database ?? { kind: 'sqlite', fresh, empty: fresh },
    settings: { dataDir: folder },
  });
  const shop = await makeShop(first);
  const order = orderFor(shop);
  await first.close();
  const acknowledged: Acknowledged[] = [];
  const told = new Set<number>();
  const found = { lost: new Set<string>(), duplicated: new Set<string>(), broken: new Set<string>() };
  for (let life = 0; life < lives; life += 1) {
    const after = 1 + Math.floor(random() * 2 * each);
    const seed = Math.floor(random() * 2 ** 32);
    acknowledged.push(...(await liveAndDie({ ...order, seed }, after, random() * 30)));
    await using hub = await makeHub({ like: first });
    await recoverRepositories(hub);
    await recoverExecutions(hub, { olderThan: 0 });
    const at = { ...shop, hub, told };
    for (const id of await lostOf(hub, shop, acknowledged)) found.lost.add(id);
    for (const id of duplicatedIn(shop)) found.duplicated.add(id);
    for (const words of await brokenPromises(at)) found.broken.add(words);
  }
  rmSync(folder, { recursive: true, force: true });
  return {
    kills: lives,
    acknowledged: acknowledged.length,
    lost: [...found.lost],
    duplicated: [...found.duplicated],
    broken: [...found.broken],
  };
}

function orderFor(shop: Shop): Omit<WorkOrder, 'seed'> {
  const fileOf = (service: string): string => `tenants/acme/production/${service}/service.yaml`;
  for (const service of services) pushFile(shop, fileOf(service), serviceText('v1'));
  const good = shop.git('rev-parse', 'main');
  for (const service of services) pushFile(shop, fileOf(service), serviceText('v2', 5));
  const { hub, jane } = shop;
  return {
    database: hub.url,
    settings: hub.settings,
    secretKey: Buffer.from(hub.secretKey).toString('hex'),
    accountId: jane.id,
    services,
    targets: [good, shop.git('rev-parse', 'main')],
    clients: 8,
  };
}

/** Lets a worker live until so many rollbacks were acknowledged and a moment longer; what it has acknowledged. */
async function liveAndDie(order: WorkOrder, after: number, moment: number): Promise<readonly Acknowledged[]> {
  const worker = spawn(process.execPath, [join(import.meta.dirname, 'worker.ts'), JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...gitEnvironment },
  });
  const ended = once(worker, 'close') as Promise<[number | null, string | null]>;
  const acknowledged: Acknowledged[] = [];
  for await (const line of createInterface(worker.stdout)) {
    acknowledged.push(JSON.parse(line) as Acknowledged);
    if (acknowledged.length === after) void setTimeout(moment).then(() => worker.kill('SIGKILL'));
  }
  const [code, signal] = await ended;
  if (signal !== 'SIGKILL') throw new Error(`the worker ended by itself, with ${code ?? signal}`);
  return acknowledged;
}

async function lostOf(
  hub: TestHub,
  { git }: Shop,
  acknowledged: readonly Acknowledged[],
): Promise<readonly string[]> {
  const inBranch = new Set(git('rev-list', '--first-parent', 'main').split('\n'));
  const lost: string[] = [];
  for (const { id, commit } of acknowledged) {
    const request = await hub.store.requests.get(id);
    const there = request?.state === 'completed' && request.commit === commit && inBranch.has(commit);
    if (!there) lost.push(id);
  }
  return lost;
}

function duplicatedIn({ git }: Shop): readonly string[] {
  const format = '--format=%(trailers:key=Rollback-Request-Id,valueonly,separator=%x2C)';
  const ids = git('log', format, 'main')
    .split('\n')
    .filter((id) => id !== '');
  return [...Map.groupBy(ids, (id) => id)].filter(([, of]) => of.length > 1).map(([id]) => id);
}
