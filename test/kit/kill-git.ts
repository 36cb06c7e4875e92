import { type ChildProcess, spawn } from 'node:child_process';
import { gitEnvironment } from './git.ts';

/** A stock git in the middle of its work, with all that it started. */
export interface RunningGit {
  readonly pid: number;
  /** Ends all of them at once, as a power switch would, and waits until they are gone. */
  readonly kill: () => Promise<void>;
}

/** Starts git with some input, which does not end, and waits until `reached` is true of it. */
export async function runningGit(
  dir: string,
  args: readonly string[],
  { input, reached }: { readonly input?: string | Uint8Array; readonly reached: (output: string) => boolean },
): Promise<RunningGit> {
  // A group of its own, so that its children can be killed with it.
  const child = spawn('git', args, { cwd: dir, env: { ...process.env, ...gitEnvironment }, detached: true });
  const { pid } = child;
  if (pid === undefined) throw new Error('git did not start');
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  if (input !== undefined) child.stdin.write(input);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await until(child, () => reached(output));
  return {
    pid,
    kill: async () => {
      process.kill(-pid, 'SIGKILL');
      await ended;
    },
  };
}

async function until(child: ChildProcess, reached: () => boolean): Promise<void> {
  while (!reached()) {
    if (child.exitCode !== null) throw new Error(`git ended with ${child.exitCode} before it got there`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A git that has locked a branch to move it, and waits. */
export const lockingGit = (
  dir: string,
  { ref, to }: { readonly ref: string; readonly to: string },
): Promise<RunningGit> =>
  runningGit(dir, ['update-ref', '--stdin'], {
    input: `start\nupdate ${ref} ${to}\nprepare\n`,
    reached: (output) => output.includes('prepare: ok'),
  });
