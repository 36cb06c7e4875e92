import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { gitEnvironment } from './git.ts';

export interface ProgramOptions {
  readonly cwd?: string;
  /** Added to the environment of this process, which is deaf to the person's own Git configuration. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
}

/** How a program ended; `code` is undefined when a signal ended it. */
export interface ProgramResult {
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, without a terminal, as a script would. */
export async function runProgram(
  file: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramResult> {
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: { ...process.env, ...gitEnvironment, ...options.env },
  });
  child.stdin.on('error', () => {}); // it may end without reading its input
  child.stdin.end(options.input ?? '');
  const ended = new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve([code, signal]));
  });
  const [stdout, stderr, [code, signal]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code: code ?? undefined, signal: signal ?? undefined, stdout, stderr };
}
