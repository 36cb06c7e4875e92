import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { gitEnvironment } from './git.ts';
import type { ProgramOptions, ProgramResult } from './run-program.ts';
import { runProgram } from './run-program.ts';

const ownProgram = join(import.meta.dirname, '../../src/bin/server.ts');

/** As `scripts/run.sh` has it: half the time of a start. */
const compiled = join(import.meta.dirname, '../../.cache/compiled');

/** A real server of its own process, which has said that it answers. */
export interface ServerProcess extends AsyncDisposable {
  /** Where it answers, as `http://localhost:PORT`. */
  readonly origin: string;
  readonly pid: number;
  /** All that it has said so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Sends a signal and waits for the end. */
  readonly end: (signal: NodeJS.Signals) => Promise<Pick<ProgramResult, 'code' | 'signal'>>;
}

/** Runs the server to its end, for starts that are refused. */
export const runServerProgram = (
  words: readonly string[],
  options?: ProgramOptions,
): Promise<ProgramResult> => runProgram(process.execPath, [ownProgram, ...words], options);

const answers = /^Knowngood \S+ at (\S+)\n[^]*Ctrl-C stops\.\n/m;

export interface ServerProcessOptions extends Pick<ProgramOptions, 'env' | 'cwd'> {
  /** Another program than the one of this clone. */
  readonly program?: string;
  /** What it says when it has come far enough, instead of that it answers. */
  readonly until?: RegExp;
}

/** Starts a server on any free port. Throws with its words when it ends instead. */
export async function startServerProcess(
  words: readonly string[],
  { env, cwd, program = ownProgram, until = answers }: ServerProcessOptions = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [program, ...words, '--port', '0'], {
    cwd,
    env: { ...process.env, ...gitEnvironment, NODE_COMPILE_CACHE: compiled, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  const ended = endOf(child);
  // A test that failed half-way must not leave its server behind.
  const killWithUs = (): boolean => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  void ended.then(() => process.off('exit', killWithUs));
  const origin = await new Promise<string>((resolve, reject) => {
    const read = (stream: 'stdout' | 'stderr') => (chunk: Buffer) => {
      said[stream] += String(chunk);
      const come = until.exec(said[stream]);
      if (come) resolve(come[1] ?? '');
    };
    child.stdout.on('data', read('stdout'));
    child.stderr.on('data', read('stderr'));
    void ended.then(({ code }) => reject(new Error(`the server ended with ${code}: ${said.stderr}`)));
  });
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return {
    origin,
    pid: child.pid ?? 0,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    end,
    [Symbol.asyncDispose]: async () => {
      await end('SIGKILL');
    },
  };
}

const endOf = (child: ChildProcess): Promise<Pick<ProgramResult, 'code' | 'signal'>> =>
  new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code: code ?? undefined, signal: signal ?? undefined }));
  });
