import type { Command } from 'commander';
import { addExamples } from '../cli/examples.ts';
import { outputOption } from '../cli/output-option.ts';
import type { AddCommand, CommandContext } from '../cli/program.ts';
import type { runBackup, runDoctor, runRestore } from './run-operation.ts';
import { addProgramOptions } from './program-option.ts';
import { serverOptions } from './server-options.ts';
import { readServerSettings } from './server-settings.ts';

/** What an operator does on the machine of a server; its code is brought when it is asked for. */
export interface OperatorCode {
  readonly runBackup: typeof runBackup;
  readonly runRestore: typeof runRestore;
  readonly runDoctor: typeof runDoctor;
}

type Load = () => Promise<OperatorCode>;

interface DataWords {
  readonly data?: string;
  readonly database?: string;
  readonly askRegistry?: string;
  readonly registryAuth?: string;
  readonly output?: 'json' | 'yaml' | 'wide';
}

/** The options by which a server is told where its data is, with the variables that it reads. */
function addDataOptions(
  command: Command,
  ...names: readonly ('data' | 'database' | 'askRegistry' | 'registryAuth')[]
): Command {
  addProgramOptions(command, Object.fromEntries(names.map((name) => [name, serverOptions[name]])));
  return command.addOption(outputOption());
}

const placeOf = (words: DataWords, { terminal }: CommandContext) =>
  readServerSettings(words, terminal.env, terminal.cwd);

/** `knowngood backup`: everything that a server keeps, in one file. */
export const addBackup =
  (load: Load): AddCommand =>
  (program, context) => {
    const command = program
      .command('backup')
      .description('copy the data of a server on this machine into one file, while it runs')
      .requiredOption('--to <file>', 'the new file')
      .option('--with-key', 'with the key to the secrets in it: whoever has the file can read them');
    addDataOptions(command, 'data', 'database');
    addExamples(command, [
      'every night',
      'knowngood backup --data /var/lib/knowngood --to /backup/monday.tar',
    ]);
    command.action(async (words: DataWords & { readonly to: string; readonly withKey?: boolean }) => {
      const { runBackup } = await load();
      const { to, withKey = false, output } = words;
      await runBackup(context, { settings: placeOf(words, context), to, withKey, output });
    });
  };

/** `knowngood restore`: the data of a backup, into a new folder. */
export const addRestore =
  (load: Load): AddCommand =>
  (program, context) => {
    const command = program
      .command('restore')
      .argument('<file>', 'what knowngood backup wrote')
      .description(
        'make the data of a server from a backup, in a new folder, and prove that all of it is there',
      );
    addDataOptions(command, 'data');
    addExamples(command, [
      'restore, and look',
      'knowngood restore /backup/monday.tar --data /var/lib/knowngood-new',
    ]);
    command.action(async (file: string, words: DataWords) => {
      const { runRestore } = await load();
      await runRestore(context, { settings: placeOf(words, context), file, output: words.output });
    });
  };

/** `knowngood doctor`: is everything in order that a server needs and keeps? Exits 1 when something is broken. */
export const addDoctor =
  (load: Load): AddCommand =>
  (program, context) => {
    const command = program
      .command('doctor')
      .description(
        'look at the data of a server on this machine, and say what is wrong and what to do; changes nothing',
      );
    addDataOptions(command, 'data', 'database', 'askRegistry', 'registryAuth');
    addExamples(command, ['is everything in order?', 'knowngood doctor --data /var/lib/knowngood']);
    command.action(async (words: DataWords) => {
      const { runDoctor } = await load();
      await runDoctor(context, { settings: placeOf(words, context), output: words.output });
    });
  };
