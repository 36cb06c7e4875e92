// npm run bench:index: how long the deployment index of a long history takes, how soon its newest part can be used, and
// how much memory that needs. Without a bundle, the history is made up. Usage:
//   npm run bench:index -- [--commits 250000] [--bundle FILE] [--layout 'PATH TEMPLATE']
// `--layout` is what the knowngood.yaml of the bundle's repository would say; it can be given several times.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { defaultHubSettings } from '../src/app/hub.ts';
import { type OpenHub, openHub } from '../src/app/open-hub.ts';
import { createProject } from '../src/app/projects/create-project.ts';
import { indexHistory } from '../src/app/projects/index-history.ts';
import { systemActor } from '../src/app/system-actor.ts';
import type { DeploymentCursor } from '../src/store/deployment-list.ts';
import { timed } from './figures.ts';
import { fillHistory } from './index/fill-history.ts';
import { watchMemory } from './process-figures.ts';

const { values } = parseArgs({
  options: {
    commits: { type: 'string', default: '250000' },
    bundle: { type: 'string' },
    layout: { type: 'string', multiple: true, default: [] },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'knowngood-index-'));
const say = (what: string, figure: string): void => {
  process.stdout.write(`${what.padEnd(56)} ${figure}\n`);
};

async function fill(dir: string): Promise<void> {
  if (values.bundle === undefined) return fillHistory(dir, Number(values.commits));
  execFileSync('git', ['-C', dir, 'fetch', '-q', values.bundle, 'refs/heads/main:refs/heads/main']);
  if (values.layout.length > 0) addLayout(dir, values.layout);
}

function addLayout(dir: string, templates: readonly string[]): void {
  const lines = templates.map((template) => `  - ${template}\n`).join('');
  const text = `apiVersion: knowngood.dev/v1\nkind: Project\nlayout:\n${lines}`;
  // As old as the newest commit of the history: the last 90 days are those before it.
  const when = execFileSync('git', ['-C', dir, 'log', '-1', '--format=%ct +0000', 'main'], {
    encoding: 'utf8',
  });
  const input = [
    `commit refs/heads/main\ncommitter Bench <bench@example.com> ${when}data 6\nLayout\nfrom refs/heads/main^0\n`,
    `M 100644 inline knowngood.yaml\ndata ${Buffer.byteLength(text)}\n${text}\n`,
  ].join('');
  execFileSync('git', ['-C', dir, 'fast-import', '--quiet'], { input });
}

/** Commits of the first-parent line: all, and those of the last 90 days before the newest. */
function countCommits(dir: string): { readonly all: number; readonly recent: number } {
  const git = (...args: readonly string[]): number =>
    Number(execFileSync('git', ['-C', dir, ...args], { encoding: 'utf8' }));
  const since = git('log', '-1', '--format=%ct', 'main') - 90 * 86_400;
  const count = ['rev-list', '--count', '--first-parent', 'main'];
  return { all: git(...count), recent: git(...count, `--since=${since}`) };
}

/** Seconds until the index has come down to a position, and milliseconds that a page of it takes at that moment. */
async function untilIndexed(
  hub: OpenHub,
  projectId: string,
  position: number,
): Promise<{ readonly seconds: number; readonly page: number }> {
  const started = performance.now();
  for (;;) {
    const progress = await hub.store.indexProgress.get(projectId);
    if (progress !== undefined && progress.oldest <= position) break;
    await setTimeout(20);
  }
  const seconds = (performance.now() - started) / 1000;
  const { ms } = await timed(() => hub.store.deployments.list(projectId, {}, { limit: 50 }));
  return { seconds, page: ms };
}

async function countDeployments(hub: OpenHub, projectId: string): Promise<number> {
  let count = 0;
  for (let after: DeploymentCursor | undefined; ;) {
    const { deployments, next } = await hub.store.deployments.list(projectId, {}, { after, limit: 1000 });
    count += deployments.length;
    if (!next) return count;
    after = next;
  }
}

async function measure(hub: OpenHub): Promise<void> {
  const { project } = await createProject(hub, systemActor, { slug: 'shop' });
  const dir = hub.repositories.pathOf(project.id);
  process.stderr.write('Making the history…\n');
  await fill(dir);
  const { all, recent } = countCommits(dir);
  process.stderr.write(`Indexing ${all} commits…\n`);
  const memory = watchMemory();
  const before = process.cpuUsage();
  const started = performance.now();
  const usable = untilIndexed(hub, project.id, all - recent + 1);
  await indexHistory(hub, project.id);
  const seconds = (performance.now() - started) / 1000;
  memory.stop();
  const { user, system } = process.cpuUsage(before);
  const soon = await usable;
  const deployments = await countDeployments(hub, project.id);
  const [waiting = 0] = loadavg();
  say('machine', `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, node ${process.version}`);
  say(`index of ${all} commits, ${deployments} deployments`, `${seconds.toFixed(1)} s`);
  say(`  the last 90 days of it (${recent} commits) usable after`, `${soon.seconds.toFixed(1)} s`);
  say('  the newest 50 deployments at that moment, in', `${soon.page.toFixed(0)} ms`);
  say('  processor time of this process, without git', `${((user + system) / 1e6).toFixed(1)} s`);
  say('  memory at most, git included', `${(memory.most() / 1e6).toFixed(0)} MB`);
  say('who wanted a processor meanwhile, all of this machine', `${waiting.toFixed(1)} of ${cpus().length}`);
}

try {
  mkdirSync(join(folder, 'repositories'));
  const settings = { ...defaultHubSettings, dataDir: folder };
  const secretKey = randomBytes(32);
  const database = `file:${join(folder, 'hub.db')}`;
  const hub = await openHub({ database, settings, clock: Date.now, secretKey });
  await measure(hub);
  await hub.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
