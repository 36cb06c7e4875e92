import { parseArgs } from 'node:util';
import { Refusal } from '../src/domain/refusal/refusal.ts';
import { ownerOf, makeLayout } from '../src/domain/layout/layout.ts';
import { listScopes } from '../src/domain/layout/list-scopes.ts';
import { readTexts } from '../src/domain/plan/read-texts.ts';
import { isEditable } from '../src/domain/plan/plan-parts.ts';
import { drive } from '../src/git/drive.ts';
import { openObjectReader } from '../src/git/object-reader.ts';
import { openRepository } from '../src/git/repository.ts';
import { judgeFile, newTally } from './parity/field-parity.ts';
import { pick, sample, seededRandom } from './parity/random.ts';
import { NOTHING, findReverts, judgeRevert } from './parity/revert-parity.ts';
import { scratchCopy } from './parity/stock-git.ts';
import { judgeTree, type ParityCase } from './parity/tree-parity.ts';

// npm run parity -- --repo DIR --layout TEMPLATE… [--branch main] [--count 500] [--seed 1] [--reverts]
// Replays random rollbacks of a real repository against stock git, in a copy. Ends with 1 when anything differs.

const { values } = parseArgs({
  options: {
    repo: { type: 'string' },
    layout: { type: 'string', multiple: true, default: [] },
    branch: { type: 'string', default: 'main' },
    count: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    reverts: { type: 'boolean', default: false },
  },
});
if (values.repo === undefined || values.layout.length === 0)
  throw new Error('needs --repo DIR and --layout TEMPLATE');

using scratch = scratchCopy(values.repo);
const repository = await openRepository(scratch.dir);
const reader = openObjectReader(repository);
const layout = makeLayout(values.layout.map((path) => ({ path })));
const print = (line: string) => process.stdout.write(`${line}\n`);
let failures = 0;

if (values.reverts) await replayReverts();
else await replayRollbacks();
await reader.close();
process.exitCode = failures > 0 ? 1 : 0;

async function replayRollbacks(): Promise<void> {
  const random = seededRandom(Number(values.seed));
  const base = {
    revision: scratch.git('rev-parse', values.branch),
    tree: scratch.git('rev-parse', `${values.branch}^{tree}`),
  };
  const excluded = sharedExclusions();
  const revisions = scratch.git('rev-list', '--first-parent', values.branch).split('\n');
  const scopes = (await drive(reader, listScopes(layout, base.tree))).filter(
    ({ services }) => services.length > 0,
  );
  const counts = new Map<string, number>();
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  const tally = newTally();
  const commits: string[] = [];
  for (let index = 0; index < Number(values.count); index += 1) {
    const { tenant, environment, services } = pick(random, scopes);
    const one: ParityCase = {
      tenant,
      environment,
      service: pick(random, services),
      target: pick(random, revisions),
    };
    for (const mode of ['full', 'service'] as const) {
      let verdict = await judgeTree({ reader, scratch, layout, base, excluded }, one, mode);
      // A random revision often predates the scope. That refusal is counted, and another revision is drawn.
      for (let draws = 0; verdict.kind === 'refused' && draws < 200; draws += 1) {
        count(`${mode}: refused (${verdict.code})`);
        one.target = pick(random, revisions);
        verdict = await judgeTree({ reader, scratch, layout, base, excluded }, one, mode);
      }
      count(verdict.kind === 'refused' ? `${mode}: refused (${verdict.code})` : `${mode}: ${verdict.kind}`);
      if (verdict.kind === 'refused') continue;
      commits.push(verdict.commit);
      if (verdict.kind === 'different') {
        failures += 1;
        print(`DIFFERENT ${mode} ${JSON.stringify(one)}`);
      }
      const files = mode === 'full' ? sample(random, verdict.changed.filter(isEditable), 12) : [];
      const texts = await drive(
        reader,
        readTexts(files.flatMap(({ before, after }) => [before?.oid, after?.oid])),
      );
      for (const { path, before, after } of files) {
        const [now, then] = [texts.get(before?.oid ?? ''), texts.get(after?.oid ?? '')];
        if (now !== undefined && then !== undefined) judgeFile(path, now, then, tally);
      }
    }
    if (process.stderr.isTTY) process.stderr.write(`\r${index + 1} of ${values.count}`);
  }
  for (const [what, number] of [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    print(`${what}: ${number}`);
  for (const [index, commit] of commits.entries()) scratch.git('update-ref', `refs/parity/${index}`, commit);
  print(`git fsck --strict: ${scratch.git('fsck', '--strict', '--no-dangling') || 'clean'}`);
  reportFields(tally);
}

function reportFields(tally: ReturnType<typeof newTally>): void {
  const share = ((100 * tally.refusedScalars) / Math.max(1, tally.scalars)).toFixed(2);
  print(
    `field mode: ${tally.files} changed files, ${tally.opaque} only whole, ${tally.fields} changed fields`,
  );
  print(`scalar fields: ${tally.scalars}, refused ${tally.refusedScalars} (${share} %)`);
  for (const [reason, number] of [...tally.reasons].toSorted(([, a], [, b]) => b - a))
    print(`  ${number} × ${reason}`);
  print(`edits judged wrong: ${tally.wrong.length}`);
  for (const wrong of tally.wrong.slice(0, 20)) print(`  WRONG ${wrong}`);
  failures += tally.wrong.length;
}

/** Templates that share a folder below a wider one have to be told to stock git as exclusions. */
function sharedExclusions(): string[] {
  const names = layout.templates.filter(({ source }) => {
    const owner = ownerOf(
      layout,
      source.replaceAll(/\{\w+(?::(\w+)[^}]*)?\}/g, (_, value?: string) => value ?? 'x').replace('**', 'x'),
    );
    return owner !== undefined && (owner.tenant === undefined || owner.environment === undefined);
  });
  return names
    .filter(({ segments }) => segments.some((segment, at) => segment.kind === 'literal' && at > 1))
    .map(({ source }) => `:(exclude,glob)${source.replaceAll(/\{[^}]*\}/g, '*')}`);
}

async function replayReverts(): Promise<void> {
  const { found, unknown } = findReverts(scratch, values.branch);
  print(
    `reverts: ${found.length + unknown.length}, of which ${found.length} name a commit that can be found`,
  );
  let matched = 0;
  let empty = 0;
  for (const revert of found) {
    const verdict = await judgeRevert({ reader, scratch, layout }, revert).catch((error: unknown) => {
      if (error instanceof Refusal) return { revert, command: undefined, reason: error.code };
      throw error;
    });
    if (verdict.reason === NOTHING) {
      empty += 1;
      continue;
    }
    if (verdict.command) matched += 1;
    print(
      `${verdict.command ? 'same' : 'OTHER'} ${revert.revert.slice(0, 8)} ${verdict.command ?? verdict.reason ?? ''}`,
    );
  }
  const judged = found.length - empty;
  print(`left out, because they change no file that is here: ${empty}`);
  print(
    `one command gives the revert's tree: ${matched} of ${judged} (${((100 * matched) / Math.max(1, judged)).toFixed(1)} %)`,
  );
  if (matched < judged * 0.9) failures += 1;
}
