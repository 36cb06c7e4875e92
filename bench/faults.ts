// npm run faults: every passing of every fail point of submit, approval and execution × kill, throw, lie and delay ×
// each mode × hosted and connected × both databases; everything that was promised is looked at after each sweep. Ends
// with 1 when anything is broken. Takes up to an hour, and each option narrows it. Usage:
//   npm run faults -- [--fault kill|throw|lie|delay] [--mode full|service|field|undo] [--kind hosted|connected]
//                     [--database sqlite|postgres]
import { parseArgs } from 'node:util';
import { type TestDatabase, databases, postgresAt } from '../test/kit/databases.ts';
import { addressVariable, setup as startPostgres } from '../test/kit/postgres-run.ts';
import { connectedScene } from '../test/kit/connected-scene.ts';
import { faults } from '../test/kit/fault-table.ts';
import { trialsOf, sweepFaults } from '../test/kit/fault-sweep.ts';
import { makeHub } from '../test/kit/hub.ts';
import { killTrials, sweepKills } from '../test/kit/kill-sweep.ts';
import { type FaultMode, type FaultScene, faultModes, hostedScene } from '../test/kit/request-faults.ts';
import { brokenPromises } from '../test/kit/request-invariants.ts';
import { makeShop } from '../test/kit/shop.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { fault: text, mode: text, kind: text, database: text } });
const chosen = <T>(all: readonly T[], name: (one: T) => string, wanted: string | undefined): readonly T[] => {
  const found = all.filter((one) => wanted === undefined || name(one) === wanted);
  if (found.length === 0) throw new Error(`${wanted} is none of ${all.map(name).join(', ')}`);
  return found;
};

async function hosted(database: TestDatabase): Promise<FaultScene & AsyncDisposable> {
  const hub = await makeHub({ database });
  const shop = await makeShop(hub, { approvals: 1 });
  return { ...hostedScene(shop), [Symbol.asyncDispose]: () => hub.close() };
}

const kinds = [
  { name: 'hosted', scene: hosted },
  { name: 'connected', scene: connectedScene },
] as const;

interface Sweep {
  readonly fault: (typeof faults)[number];
  readonly mode: FaultMode;
  readonly database: TestDatabase;
}

/** How many faults were let happen, and what was wrong after them. */
async function sweep(
  scene: FaultScene,
  { fault, mode, database }: Sweep,
): Promise<{ readonly tried: number; readonly wrong: readonly string[] }> {
  const all = await trialsOf(scene, mode);
  if (fault === 'kill') {
    const trials = killTrials(all);
    const { hub, wrong } = await sweepKills(scene, trials);
    const broken = await brokenPromises({ ...scene, hub });
    await hub.close();
    return { tried: trials.length, wrong: [...wrong, ...broken] };
  }
  const shared = fault === 'delay' && database.kind === 'postgres';
  const { settings } = scene.hub;
  await using other = await (shared ? makeHub({ like: scene.hub, settings }) : undefined);
  const { tried, wrong } = await sweepFaults(scene, fault, { trials: all, other });
  return { tried, wrong: [...wrong, ...(await brokenPromises(scene))] };
}

const stopPostgres = startPostgres();
const address = process.env[addressVariable];
const both = address === undefined ? databases : [...databases.slice(0, 1), postgresAt(address)];
const out = (line: string): void => void process.stdout.write(`${line}\n`);
let [tried, wrong] = [0, 0];
for (const database of chosen(both, ({ kind }) => kind, values.database))
  for (const kind of chosen(kinds, ({ name }) => name, values.kind))
    for (const mode of chosen(faultModes, ({ name }) => name, values.mode))
      for (const fault of chosen(faults, (name) => name, values.fault)) {
        await using scene = await kind.scene(database);
        const started = performance.now();
        const found = await sweep(scene, { fault, mode, database });
        tried += found.tried;
        wrong += found.wrong.length;
        const seconds = ((performance.now() - started) / 1000).toFixed(0);
        const row = [database.kind, kind.name, mode.name, fault].map((word) => word.padEnd(10)).join('');
        out(`${row}${String(found.tried).padStart(4)} faults, ${found.wrong.length} wrong, ${seconds} s`);
        for (const words of found.wrong) out(`  ${words}`);
      }
await stopPostgres();
out(`${tried} faults, ${wrong} wrong`);
if (wrong > 0) process.exitCode = 1;
