import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gitEnvironment } from './git.ts';

const cli = join(import.meta.dirname, '../../src/bin/cli.ts');

export interface CliOptions {
  readonly cwd?: string;
  /** Added to the environment of this process, which is deaf to the person's own Git configuration. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
}

/** How the program ended; `code` is undefined when a signal ended it. */
export interface CliResult {
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command line as a process of its own, without a terminal, as a script would. */
export async function runCli(words: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const child = spawn(process.execPath, [cli, ...words], {
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
