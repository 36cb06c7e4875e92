import { Command, CommanderError } from 'commander';
import type { ExitCode } from './exit-code.ts';
import { exitCode } from './exit-code.ts';
import type { HubAccess } from './hub-access.ts';
import { reportError } from './report-error.ts';
import type { Terminal } from './terminal.ts';

/** What a command gets besides its own arguments. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly version: string;
  /** The way to servers. */
  readonly hub: HubAccess;
  /** Ends with another code than 0; thrown errors choose their own. */
  readonly finish: (code: ExitCode) => void;
}

/** Adds one command to the program. Its action throws a Refusal to stop; it never ends the process. */
export type AddCommand = (program: Command, context: CommandContext) => void;

/** What a run is made of; `commands` come from `bin`, since this room may not know those that need a repository. */
export interface ProgramParts {
  readonly terminal: Terminal;
  readonly version: string;
  readonly hub: HubAccess;
  readonly commands: readonly AddCommand[];
}

/**
 * Whether errors are to be JSON, read off the words themselves: an error may come before the options are parsed, or
 * after the program has ended.
 */
export const wantsJson = (words: readonly string[]): boolean =>
  words.some(
    (word, at) =>
      /^(-o=?|--output=)json$/.test(word) ||
      ((word === '-o' || word === '--output') && words[at + 1] === 'json'),
  );

const closing = `knowngood help COMMAND shows its options and examples. Exit codes: 0 done, 1 failed
(diff: they differ), 2 wrong input, 4 sign in or not allowed, 5 conflict, 8 waits for
approval, 130 answered No.`;

/** The program with all its commands, not yet run; for what is made from their definitions. */
export function buildProgram(context: CommandContext, commands: readonly AddCommand[]): Command {
  const { terminal } = context;
  const program = new Command('knowngood')
    .description(
      'Roll a GitOps deployment back to a known-good state: all of it, one service, or single fields.',
    )
    .version(`knowngood ${context.version}`, '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      // The error is thrown as well, and reported once, where all errors are.
      outputError: () => {},
      getOutHelpWidth: () => terminal.columns,
      getErrHelpWidth: () => terminal.columns,
      getOutHasColors: () => terminal.colour,
      getErrHasColors: () => terminal.colour,
    });
  for (const add of commands) add(program, context);
  program.addHelpText('after', `\n${closing}`);
  return program;
}

/** Runs one command line (`words` without the program's name) and returns its exit code; reports all errors itself. */
export async function runProgram(words: readonly string[], parts: ProgramParts): Promise<ExitCode> {
  let code: ExitCode = exitCode.ok;
  let comparing = false;
  const finish = (next: ExitCode): void => {
    code = next;
  };
  try {
    const program = buildProgram({ ...parts, finish }, parts.commands);
    program.hook('preAction', (_, command) => {
      comparing = command.name() === 'diff';
    });
    if (words.length === 0) program.outputHelp();
    else await program.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCode.ok;
    return reportError(error, parts.terminal, { json: wantsJson(words), comparing });
  }
}
