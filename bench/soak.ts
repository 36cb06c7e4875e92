// npm run soak: kills a hub at random while it rolls back (1,000 times in 10,000 rollbacks), then has 1,000 rollbacks
// of one repository at once, and 50 people approve each of 1,000 requests at once; everything that was promised is
// looked at. Ends with 1 when anything is broken. Takes the best part of an hour. Usage:
//   npm run soak -- [--kills 1000] [--rollbacks 10000] [--at-once 1000] [--approvals 1000] [--seed N]
//                   [--database sqlite|postgres]
import { parseArgs } from 'node:util';
import { postgresAt } from '../test/kit/databases.ts';
import { addressVariable, setup as startPostgres } from '../test/kit/postgres-run.ts';
import { approveAtOnce } from './soak/approve-at-once.ts';
import { promises } from '../test/kit/request-invariants.ts';
import { killRollbacks } from './soak/kill-rollbacks.ts';
import { rollBackAtOnce } from './soak/roll-back-at-once.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    rollbacks: { type: 'string', default: '10000' },
    'at-once': { type: 'string', default: '1000' },
    approvals: { type: 'string', default: '1000' },
    database: { type: 'string', default: 'sqlite' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const [kills, rollbacks, atOnce, approvals, seed] = [
  values.kills,
  values.rollbacks,
  values['at-once'],
  values.approvals,
  values.seed,
].map(Number) as [number, number, number, number, number];
const stopPostgres = values.database === 'postgres' ? startPostgres() : undefined;
const address = process.env[addressVariable];
const on = stopPostgres && address !== undefined ? { database: postgresAt(address) } : {};
if (values.database === 'postgres' && address === undefined) throw new Error('there is no PostgreSQL here');
const out = (line: string): void => void process.stdout.write(`${line}\n`);
const say = (what: string, figure: string | number): void => out(`  ${what.padEnd(62)} ${figure}`);
let faults = 0;
const list = (what: string, found: readonly string[]): void => {
  faults += found.length;
  say(what, found.length);
  for (const words of found.slice(0, 20)) out(`    ${words}`);
};

/** A row that is missing, altered or in another's place; other faults of the log are an untrue word of it. */
const isAuditGap = (words: string): boolean => /^I3: row \d+ does not fit/.test(words);
const listPromises = (broken: readonly string[]): void => {
  for (const [name, promise] of Object.entries(promises))
    list(
      `${name} ${promise}`,
      broken.filter((words) => words.startsWith(`${name}:`) && !isAuditGap(words)),
    );
};

if (kills > 0) {
  const progress = (line: string): void => void process.stderr.write(`${line}\n`);
  const started = performance.now();
  const found = await killRollbacks({ kills, each: rollbacks / kills, seed, progress, ...on });
  out(`Killed at random while it rolls back, on ${values.database}, seed ${seed}:`);
  say('kills', found.kills);
  say('rollbacks that were acknowledged', found.acknowledged);
  list('of these lost', found.lost);
  list('done twice', found.duplicated);
  list('audit gaps', found.broken.filter(isAuditGap));
  listPromises(found.broken);
  say('minutes', ((performance.now() - started) / 60_000).toFixed(1));
}
if (atOnce > 0) {
  const found = await rollBackAtOnce(atOnce, on.database);
  out(`${atOnce} rollbacks of one repository at once:`);
  say('committed', found.committed);
  say('refused, as somebody else had done it', found.conflicts);
  list('any other answer', found.others);
  say('commits that are missing or too many', found.strayCommits);
  listPromises(found.broken);
  say('seconds', found.seconds.toFixed(1));
  faults += found.strayCommits;
}
if (approvals > 0) {
  const found = await approveAtOnce({ requests: approvals, approvers: 50, ...on });
  out(`50 people approve each of ${approvals} requests at once:`);
  for (const [at, executed] of found.executed.entries()) say(`executed once, quorum ${at + 1}`, executed);
  list('executed otherwise, or a vote counted twice', found.faults);
  say('seconds', found.seconds.toFixed(1));
}
await stopPostgres?.();
if (faults > 0) process.exitCode = 1;
