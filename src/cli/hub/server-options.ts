import { type Command, Option } from 'commander';

/** The options that say which server and project a command is about. */
export interface ServerOptions {
  readonly project?: string;
  readonly server?: string;
  readonly context?: string;
}

/** `--server` and `--context`: which server, and as whom. */
export const addServerChoice = (command: Command): Command =>
  command
    .option('--server <url>', 'the server (default: KNOWNGOOD_SERVER, or that of the current context)')
    .addOption(
      new Option('--context <name>', 'the context, from: knowngood context list').conflicts('server'),
    );

/** The same with `-p, --project`. */
export const addServerOptions = (command: Command): Command =>
  addServerChoice(
    command.option(
      '-p, --project <slug>',
      'the project on a server (default: KNOWNGOOD_PROJECT, or that of the current context)',
    ),
  );
