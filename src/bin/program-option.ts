import { type Command, Option } from 'commander';
import type { Given } from './given-setting.ts';

/** One thing that an operator decides: as a word after the command, or as a variable. */
export interface ProgramOption {
  readonly flags: string;
  readonly variable: string;
  readonly about: string;
  /** May be given more than once; the values are one list. */
  readonly many?: true;
}

export type ProgramOptions<Name extends string> = Readonly<Record<Name, ProgramOption>>;

/** What was typed; a switch is true or false. */
export type ProgramWords<Name extends string> = { readonly [Key in Name]?: string | boolean };

export type Environment = Readonly<Record<string, string | undefined>>;

const joined = (value: string, before: string | undefined): string =>
  before === undefined ? value : `${before},${value}`;

/** Gives a command all of these options, each with the variable that it can be, too. */
export function addProgramOptions(command: Command, options: ProgramOptions<string>): Command {
  for (const { flags, variable, about, many } of Object.values(options)) {
    const option = new Option(flags, `${about} [${variable}]`);
    command.addOption(many ? option.argParser(joined) : option);
  }
  return command;
}

export const nonEmpty = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

/** Answers what was given for an option. A word wins over a variable; an empty variable is none. */
export const settingFinder =
  <Name extends string>(
    options: ProgramOptions<Name>,
    words: ProgramWords<Name>,
    environment: Environment,
  ): ((name: Name) => Given | undefined) =>
  (name) => {
    const { flags, variable } = options[name];
    const word = words[name];
    // Commander says true for a `--no-…` that nobody typed.
    if (word !== undefined && !(flags.startsWith('--no-') && word === true))
      return { name: flags.split(' ')[0] ?? flags, value: word };
    const set = nonEmpty(environment[variable]);
    return set === undefined ? undefined : { name: variable, value: set };
  };
