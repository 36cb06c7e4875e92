import { isatty } from 'node:tty';
import type { Terminal } from '../cli/terminal.ts';

// https://no-color.org and https://force-color.org: a variable counts when it is not empty.
function wantsColour(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0';
  return isTerminal && env['TERM'] !== 'dumb';
}

// Absent without a terminal, 0 on a terminal that does not know its size.
const widthOf = ({ columns }: { readonly columns?: number }): number =>
  columns === undefined || columns === 0 ? 80 : columns;

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
    columns: widthOf(stdoutIsTerminal ? stdout : stderr),
    colour: wantsColour(env, stdoutIsTerminal),
    errorColour: wantsColour(env, stderrIsTerminal),
    env,
    cwd: process.cwd(),
  };
}
