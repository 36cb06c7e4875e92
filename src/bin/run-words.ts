import { type ProgramParts, runProgram, wantsJson } from '../cli/program.ts';
import { reportError } from '../cli/report-error.ts';
import { armFromEnvironment } from './arm-fail-points.ts';
import { hubAccess } from './hub-access.ts';
import { processTerminal } from './process-terminal.ts';
import { programVersion } from './version.ts';

/** Wires the room `cli` to this process, runs these words, and has the process end with the program's exit code. */
export async function runWords(
  words: readonly string[],
  { commands }: Pick<ProgramParts, 'commands'>,
): Promise<void> {
  const terminal = processTerminal();
  for (const stream of [process.stdout, process.stderr]) {
    // `knowngood history | head`: the reader has gone. What is being done is still finished, in silence.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  process.on('uncaughtException', (error) => {
    process.exit(reportError(error, terminal, { json: wantsJson(words), comparing: false }));
  });
  armFromEnvironment(process.env);
  process.exitCode = await runProgram(words, {
    terminal,
    version: programVersion(),
    hub: hubAccess,
    commands,
  });
}
