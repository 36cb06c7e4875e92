import { spawn } from 'node:child_process';
import { findProgram } from './find-program.ts';

/** What a tool may use at most. */
export interface ToolLimits {
  /** Milliseconds. */
  readonly time: number;
  /** Bytes. */
  readonly output: number;
  readonly memory: number;
}

export const toolLimits: ToolLimits = { time: 20_000, output: 4 * 1024 ** 2, memory: 1024 ** 3 };

/** The words in front of a tool that confine it on this machine, as far as it knows how. */
export type Confinement = (limits: ToolLimits) => readonly string[];

/** Bytes of a file that a tool writes; none of ours has to. */
const fileBytes = 64 * 1024 ** 2;

/**
 * Finds out what this machine offers: a network of its own with nothing in it (`unshare`), and limits that the kernel
 * holds (`prlimit`). Where it offers neither, time, output, the empty environment and the check of files remain.
 */
export async function confinementHere(searchPath: string): Promise<Confinement> {
  const [unshare, prlimit, proof] = await Promise.all(
    ['unshare', 'prlimit', 'true'].map((name) => findProgram(name, searchPath)),
  );
  const alone = unshare === undefined ? [] : [unshare, '--user', '--map-current-user', '--net', '--'];
  const isAlone = proof !== undefined && alone.length > 0 && (await succeeds([...alone, proof]));
  return ({ time, memory }) => [
    ...(isAlone ? alone : []),
    ...(prlimit === undefined
      ? []
      : [
          prlimit,
          `--data=${memory}`,
          `--cpu=${Math.ceil(time / 1000)}`,
          `--fsize=${fileBytes}`,
          '--core=0',
          '--',
        ]),
  ];
}

function succeeds([program = '', ...args]: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', env: {}, timeout: 5000 });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
}
