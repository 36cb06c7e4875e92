import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Contender, ours, plumbing, porcelain } from './contenders.ts';
import { type Figures, type SizeResult, figuresOf, timed } from './figures.ts';
import { fsyncFigures } from './fsync-figures.ts';
import {
  CHANGED_SERVICES,
  type Shape,
  filesOf,
  makeBenchRepository,
  serviceName,
  shapeOf,
  tenantName,
} from './make-repository.ts';
import { renderBenchmarks } from './render-benchmarks.ts';

const git = (dir: string, ...args: readonly string[]) =>
  execFileSync('git', ['-C', dir, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

/** Bytes of everything below a .git folder that was written since a moment. */
function bytesSince(gitDir: string, since: number): number {
  return readdirSync(gitDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)))
    .reduce((sum, file) => sum + (file.mtimeMs >= since ? file.size : 0), 0);
}

async function bytesOf(gitDir: string, work: () => Promise<void> | void): Promise<number> {
  const since = Date.now();
  await new Promise((done) => setTimeout(done, 20));
  await work();
  return bytesSince(gitDir, since);
}

async function measure(files: number, root: string): Promise<SizeResult> {
  const shape = shapeOf(files);
  const [bare, copy, clone] = ['ours.git', 'plumbing.git', 'clone'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  process.stderr.write(`${files.toLocaleString('en')} files: making the repository…\n`);
  await makeBenchRepository(bare, shape);
  git(root, 'clone', '-q', '--bare', '--no-hardlinks', bare, copy);
  git(root, 'clone', '-q', '--no-hardlinks', bare, clone);
  const first = git(bare, 'rev-list', '--max-parents=0', 'main');
  const releases = git(bare, 'rev-list', '--reverse', 'main').split('\n').slice(1);
  const previews = await timedPreviews(bare, shape, first);
  await using mine = await ours(bare);
  const contenders: readonly (readonly [Contender, number[]])[] = [
    [mine, []],
    [plumbing(copy), []],
    [porcelain(clone), []],
  ];
  const rounds = files > 500_000 ? 30 : shape.tenants;
  process.stderr.write(`${files.toLocaleString('en')} files: ${rounds} rollbacks each, in turn…\n`);
  // Programs and caches of the disk warm up in the first environment; no folder of production is read before its turn.
  for (const environment of [shape.environments[0] ?? '', 'production']) {
    for (let round = 0; round < rounds; round += 1) {
      for (const [contender, times] of contenders) {
        // What the one before left unsynced would otherwise be written, and paid for, by the next fsync.
        execFileSync('sync');
        const wanted = { tenant: tenantName(round), environment, revision: first };
        const { ms } = await timed(() => contender.rollBack(wanted));
        if (environment === 'production') times.push(ms);
      }
    }
  }
  const forward = { tenant: tenantName(0), environment: 'production', revision: releases[0] ?? first };
  const bytes = {
    ours: await bytesOf(bare, () => mine.rollBack(forward)),
    plumbing: await bytesOf(copy, () => plumbing(copy).rollBack(forward)),
    porcelain: await bytesOf(join(clone, '.git'), () => porcelain(clone).rollBack(forward)),
  };
  const same = [bare, copy, clone].map((dir) => git(dir, 'rev-parse', 'main^{tree}'));
  if (new Set(same).size !== 1) throw new Error('the contenders disagree about the result');
  const [a, b, c] = contenders.map(([, times]) => figuresOf(times)) as [Figures, Figures, Figures];
  return {
    files: filesOf(shape),
    ours: a,
    plumbing: b,
    porcelain: c,
    preview: figuresOf(previews),
    bytes,
  };
}

/** Previews of one service each, in folders that were not read before. */
async function timedPreviews(bare: string, shape: Shape, revision: string): Promise<number[]> {
  await using mine = await ours(bare);
  const times: number[] = [];
  for (const environment of [shape.environments[0] ?? '', 'production']) {
    for (let round = 0; round < shape.tenants; round += 1) {
      const service = serviceName(round % CHANGED_SERVICES);
      const wanted = { tenant: tenantName(round), environment, service, revision };
      const { ms } = await timed(() => mine.previewService(wanted));
      if (environment === 'production') times.push(ms);
    }
  }
  return times;
}

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,120000,1000000' },
    'no-write': { type: 'boolean', default: false },
  },
});
const results: SizeResult[] = [];
for (const size of values.sizes.split(',').map(Number)) {
  const root = mkdtempSync(join(tmpdir(), 'knowngood-bench-'));
  try {
    results.push(await measure(size, root));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
const report = {
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  git: git('.', 'version').replace('git version ', ''),
  cpus: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
  fsync: fsyncFigures(),
  results,
};
const text = renderBenchmarks(report);
process.stdout.write(text);
if (!values['no-write']) {
  const docs = join(import.meta.dirname, '../docs');
  writeFileSync(join(docs, 'benchmarks.md'), text);
  writeFileSync(join(docs, 'benchmarks.json'), `${JSON.stringify(report, undefined, 2)}\n`);
}
