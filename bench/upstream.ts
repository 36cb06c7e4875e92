// npm run bench:upstream: how long a rollback of a connected project takes, from the first byte of the submission to the
// answer that it is completed, which is sent when the upstream has the commit. The upstream is on this machine: stock
// git behind http. One after the other; each is looked for in the upstream. Usage:
//   npm run bench:upstream -- [--files 10000] [--rollbacks 100]
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createProject } from '../src/app/projects/create-project.ts';
import { indexHistory } from '../src/app/projects/index-history.ts';
import { readServerSettings } from '../src/bin/server-settings.ts';
import { startServer } from '../src/bin/start-server.ts';
import { serveRepository } from '../test/kit/git-host.ts';
import { git } from '../test/kit/git.ts';
import { figuresOf, timed } from './figures.ts';
import { placesOf, rollBack } from './load/drive.ts';
import { newcomer } from './load/newcomer.ts';
import { makeBenchRepository, shapeOf } from './make-repository.ts';

const { values } = parseArgs({
  options: { files: { type: 'string', default: '10000' }, rollbacks: { type: 'string', default: '100' } },
});
const folder = mkdtempSync(join(tmpdir(), 'knowngood-upstream-'));
const dir = join(folder, 'upstream.git');
const shape = shapeOf(Number(values.files));
const say = (what: string, figure: string): void => {
  process.stdout.write(`${what.padEnd(56)} ${figure}\n`);
};

async function measure(): Promise<readonly number[]> {
  const ofUpstream = (...args: readonly string[]): string => git(dir, ...args);
  const upstream = { dir, gitDir: dir, commits: [], git: ofUpstream, [Symbol.dispose]: () => undefined };
  await using host = await serveRepository(upstream);
  const given = {
    data: folder,
    port: '0',
    demo: false,
    allowGitNetwork: '127.0.0.0/8',
    plainHttpGit: true,
  };
  const settings = readServerSettings(given, {}, folder);
  const server = await startServer(settings, { version: 'bench', say: () => undefined });
  const agent = new Agent({ keepAlive: true });
  try {
    const { hub, publicUrl: origin } = server;
    const { actor, token } = await newcomer(hub, 'client');
    const credential = { kind: 'password', username: host.username, password: host.password } as const;
    const connected = { slug: 'shop', upstream: { url: host.url, credential } };
    const { project } = await createProject(hub, actor, connected);
    await indexHistory(hub, project.id);
    const targets = [
      ofUpstream('rev-list', '--max-parents=0', 'main'),
      ofUpstream('rev-parse', 'main'),
    ] as const;
    const target = { origin, tokens: [token], targets };
    const times: number[] = [];
    for (const place of placesOf(shape, 0, 1).slice(0, Number(values.rollbacks))) {
      const before = ofUpstream('rev-parse', 'main');
      const { ms, value } = await timed(() => rollBack(target, place, { agent, token }));
      if (value.status !== 201) throw new Error(`${value.status} ${value.text}`);
      if (ofUpstream('rev-parse', 'main^') !== before)
        throw new Error('the upstream does not have the commit');
      times.push(ms);
    }
    return times;
  } finally {
    agent.destroy();
    await server.stop();
  }
}

try {
  process.stderr.write(`Making a repository of ${values.files} files…\n`);
  await makeBenchRepository(dir, shape);
  process.stderr.write(`${values.rollbacks} rollbacks, one after the other…\n`);
  const { runs, p50, p95, p99 } = figuresOf(await measure());
  const [waiting = 0] = loadavg();
  say('machine', `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, node ${process.version}`);
  say(
    `submission until the upstream has it, ${runs} times`,
    `p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
  );
  say('who wanted a processor meanwhile, all of this machine', `${waiting.toFixed(1)} of ${cpus().length}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
