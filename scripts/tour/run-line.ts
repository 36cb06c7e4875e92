import { execFileSync } from 'node:child_process';
import { commands } from '../../src/bin/commands.ts';
import { hubAccess } from '../../src/bin/hub-access.ts';
import { runProgram } from '../../src/cli/program.ts';
import { recordingTerminal } from '../../test/kit/recording-terminal.ts';

const COLUMNS = 100;

/** What ends with something else than 0 although nothing is wrong: there are differences, or somebody has to approve. */
const fine: Readonly<Record<string, number>> = { diff: 1, rollback: 8 };

/** Runs one command line as a shell would on a terminal, and returns what a person sees. Throws when it fails. */
export async function runLine(
  line: string,
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<string> {
  const [, input, typed = ''] = /^(?:echo (\S+) \| )?(.*)$/.exec(line) ?? [];
  const [program = '', ...words] = [...typed.matchAll(/'([^']*)'|(\S+)/g)].map(([, a, b]) => a ?? b ?? '');
  if (program === 'git') return execFileSync('git', words, { encoding: 'utf8', stdio: 'pipe' });
  const terminal = recordingTerminal({
    columns: COLUMNS,
    cwd: process.cwd(),
    env,
    ...(input === undefined ? {} : { input: `${input}\n` }),
  });
  // One stream, as on a screen: what goes to stdout and to stderr stays in order.
  const screen = { ...terminal, stderr: terminal.stdout, stdoutIsTerminal: true };
  const code = await runProgram(words, { terminal: screen, version: 'demo', hub: hubAccess, commands });
  // A tour that shows an error is a tour of something that has changed.
  if (code !== 0 && code !== fine[words[0] ?? '']) throw new Error(`${line}\n${terminal.output()}`);
  return terminal.output();
}
