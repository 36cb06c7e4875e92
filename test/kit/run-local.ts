import { commands } from '../../src/bin/commands.ts';
import { hubAccess } from '../../src/bin/hub-access.ts';
import { runProgram } from '../../src/cli/program.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { recordingTerminal } from './recording-terminal.ts';

export interface LocalResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line with all its commands inside this process: as `runCli`, but five times as fast. */
export async function runLocal(
  words: readonly string[],
  overrides: Partial<Terminal> & { readonly input?: string } = {},
): Promise<LocalResult> {
  const terminal = recordingTerminal(overrides);
  const code = await runProgram(words, { terminal, version: '0.0.0', hub: hubAccess, commands });
  return { code, stdout: terminal.output(), stderr: terminal.errors() };
}
