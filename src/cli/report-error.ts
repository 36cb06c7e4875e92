import { CommanderError } from 'commander';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { ExitCode } from './exit-code.ts';
import { exitCode, exitCodeOf } from './exit-code.ts';
import { printable } from './printable.ts';
import { ServerRefusal } from './server-refusal.ts';
import type { Terminal } from './terminal.ts';

/** What a program reads on stderr with `-o json`. `usage` and `bug` are the two codes that are not refusals. */
interface ReportedError {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** How an error is shown, and whether the command at work compares (then 1 means "they differ"). */
export interface ReportOptions {
  readonly json: boolean;
  readonly comparing: boolean;
}

const usageMessage = (error: CommanderError): string =>
  error.message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ');

function describe(error: unknown): ReportedError {
  if (error instanceof Refusal || error instanceof ServerRefusal)
    return { code: error.code, message: error.message, details: error.details };
  if (error instanceof CommanderError) return { code: 'usage', message: usageMessage(error), details: {} };
  const reason = error instanceof Error ? error.message : String(error);
  return { code: 'bug', message: `this is a bug in knowngood: ${reason}`, details: {} };
}

const codeOf = (error: unknown, comparing: boolean): ExitCode => {
  if (error instanceof Refusal || error instanceof ServerRefusal) return exitCodeOf(error.kind, comparing);
  if (error instanceof CommanderError) return exitCode.usage;
  return exitCodeOf('failed', comparing);
};

/** Tells a person in one line, or a program in JSON, why nothing came of it; returns the exit code. */
export function reportError(
  error: unknown,
  terminal: Terminal,
  { json, comparing }: ReportOptions,
): ExitCode {
  const reported = describe(error);
  const debug = terminal.env['KNOWNGOOD_DEBUG'] === '1';
  if (json) {
    terminal.stderr.write(`${JSON.stringify({ error: reported })}\n`);
  } else {
    const hint =
      reported.code === 'bug' && !debug ? ' (please report it with the output under KNOWNGOOD_DEBUG=1)' : '';
    terminal.stderr.write(`knowngood: ${printable(reported.message)}${hint}\n`);
  }
  if (debug && error instanceof Error) terminal.stderr.write(`${error.stack}\n`);
  return codeOf(error, comparing);
}
