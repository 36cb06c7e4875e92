import { isatty } from 'node:tty';
import type { Terminal } from '../cli/terminal.ts';

// https://no-color.org and https://force-color.org: a variable counts when it is not empty.
function wantsColour(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0';
  return isTerminal && env['TERM'] !== 'dumb';
}

/** The real process as a `Terminal`. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  const stdoutIsTerminal = isatty(1);
  const stderrIsTerminal = isatty(2);
  return {
    stdin,
    stdout,
    stderr,
    interactive: isatty(0) && stderrIsTerminal,
    stdoutIsTerminal,
    stderrIsTerminal,
    columns: (stdoutIsTerminal ? stdout.columns : stderr.columns) ?? 80,
    colour: wantsColour(env, stdoutIsTerminal),
    env,
    cwd: process.cwd(),
  };
}
