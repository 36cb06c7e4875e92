// npm run bench:start: how long a server needs until it answers, on the first start and on later ones, and how much
// memory it holds then. The server is the one of `npm start`; the demo brings a simulated cluster with it. Usage:
//   npm run bench:start -- [--starts 10] [--demo]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { figuresOf } from './figures.ts';
import { processorTime, residentOf } from './process-figures.ts';

const { values } = parseArgs({
  options: { starts: { type: 'string', default: '10' }, demo: { type: 'boolean', default: false } },
});
const folder = mkdtempSync(join(tmpdir(), 'knowngood-start-'));
const say = (what: string, figure: string): void => {
  process.stdout.write(`${what.padEnd(56)} ${figure}\n`);
};

/** Milliseconds for which a server is left alone before its memory is looked at. */
const rest = 1000;

interface Started {
  /** From the start of the program to its answer that it is ready, in milliseconds. */
  readonly ready: number;
  /** What the processors worked for it, in milliseconds: what a machine with nothing else to do needs at most. */
  readonly processor: number;
  /** Bytes of the server and of the git that it keeps. */
  readonly resident: number;
}

/** Where a server answers, as soon as it says so. */
async function addressOf(output: Readable): Promise<string> {
  for await (const line of createInterface(output)) {
    const said = /^Knowngood .* at (\S+)$/.exec(line)?.[1];
    if (said !== undefined) return said;
  }
  throw new Error('the server ended');
}

async function startOnce(): Promise<Started> {
  const words = [join(import.meta.dirname, '../scripts/run.sh'), 'scripts/start.ts'];
  const begin = performance.now();
  const demo = values.demo ? [] : ['--no-demo'];
  const server = spawn('sh', [...words, '--data', join(folder, 'data'), '--port', '0', ...demo], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(server, 'exit');
  try {
    const answer = await fetch(`${await addressOf(server.stdout)}/readyz`);
    const ready = performance.now() - begin;
    if (!answer.ok) throw new Error(`the server is not ready: ${await answer.text()}`);
    const processor = processorTime(server.pid ?? 0) ?? Number.NaN;
    await setTimeout(rest);
    return { ready, processor, resident: residentOf(server.pid ?? 0) };
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
}

try {
  const first = await startOnce();
  const later: Started[] = [];
  for (let start = 0; start < Number(values.starts); start += 1) later.push(await startOnce());
  const { p50, runs } = figuresOf(later.map(({ ready }) => ready));
  const slowest = Math.max(...later.map(({ ready }) => ready));
  const most = Math.max(...later.map(({ resident }) => resident));
  const [waiting = 0] = loadavg();
  say('machine', `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, node ${process.version}`);
  say('ready after, first start, which makes the data', `${first.ready.toFixed(0)} ms`);
  say(`ready after, ${runs} later starts`, `p50 ${p50.toFixed(0)} ms, slowest ${slowest.toFixed(0)} ms`);
  const work = figuresOf(later.map(({ processor }) => processor)).p50;
  say('  processor time until then', `p50 ${work.toFixed(0)} ms`);
  say('resident a second later, git included, at most', `${(most / 1e6).toFixed(0)} MB`);
  say('who wanted a processor meanwhile, all of this machine', `${waiting.toFixed(1)} of ${cpus().length}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
