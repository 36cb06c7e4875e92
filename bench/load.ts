// npm run load: rollbacks through the HTTP API, by many clients at once, on one hosted repository, with everything
// synced to the disk; and beside it what the machine could do at most. Usage:
//   npm run load -- [--clients 32] [--seconds 20] [--files 120000] [--cpu-prof DIR]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { figuresOf } from './figures.ts';
import { driveLoad } from './load/drive.ts';
import { machineLimits } from './load/limits.ts';
import type { LoadTarget } from './load/server.ts';
import { shapeOf } from './make-repository.ts';

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '32' },
    seconds: { type: 'string', default: '20' },
    'warm-up': { type: 'string', default: '3' },
    files: { type: 'string', default: '120000' },
    'cpu-prof': { type: 'string' },
  },
});
const [clients, seconds, warmUp] = [values.clients, values.seconds, values['warm-up']].map(Number) as [
  number,
  number,
  number,
];
const shape = shapeOf(Number(values.files));
const profile = values['cpu-prof'];
const folder = mkdtempSync(join(tmpdir(), 'knowngood-load-'));
const say = (what: string, figure: string): void => {
  process.stdout.write(`${what.padEnd(56)} ${figure}\n`);
};

try {
  process.stderr.write(`Making a repository of ${values.files} files…\n`);
  const server = spawn(
    process.execPath,
    [
      ...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]),
      join(import.meta.dirname, 'load/server.ts'),
      folder,
      values.files,
      values.clients,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = once(server, 'exit');
  const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
  process.stderr.write(`${clients} clients, ${warmUp} s to warm up and ${seconds} s that count…\n`);
  const result = await driveLoad(JSON.parse(line) as LoadTarget, shape, {
    clients,
    seconds,
    warmUp,
    pid: server.pid ?? 0,
  });
  server.stdin.end();
  await ended;
  const { p50, p99, runs } = figuresOf(result.times);
  const limits = machineLimits(folder);
  say('machine', `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, node ${process.version}`);
  say(
    `rollbacks, ${clients} clients, ${values.files} files, all synced`,
    `${(runs / result.seconds).toFixed(0)}/s`,
  );
  say(
    '  from the first byte sent to the last one received',
    `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
  );
  const { processor } = result;
  if (processor !== undefined)
    say('  processor time of the server for each', `${(processor / runs).toFixed(1)} ms`);
  if (processor !== undefined)
    say('limit: one processor, at that time for each', `${((1000 * runs) / processor).toFixed(0)}/s`);
  say('limit: transactions of SQLite, synced, one row each', `${limits.transactions.toFixed(0)}/s`);
  say('limit: commits of stock git, synced, tree is there', `${limits.commits.toFixed(0)}/s`);
  const [waiting = 0] = loadavg();
  say('who wanted a processor meanwhile, all of this machine', `${waiting.toFixed(1)} of ${cpus().length}`);
  for (const [answer, count] of result.refused) say('REFUSED', `${count} × ${answer}`);
  if (result.refused.size > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
