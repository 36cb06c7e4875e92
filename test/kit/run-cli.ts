import { join } from 'node:path';
import type { ProgramOptions, ProgramResult } from './run-program.ts';
import { runProgram } from './run-program.ts';

const cli = join(import.meta.dirname, '../../src/bin/cli.ts');

/** Runs the real command line as a process of its own. */
export const runCli = (words: readonly string[], options?: ProgramOptions): Promise<ProgramResult> =>
  runProgram(process.execPath, [cli, ...words], options);
