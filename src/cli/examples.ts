import type { Command } from 'commander';

/** Ends a command's help with examples: what each is for, and the line to type. */
export function addExamples(command: Command, ...examples: readonly (readonly [string, string])[]): Command {
  const lines = examples.flatMap(([purpose, line]) => [`  # ${purpose}`, `  ${line}`]);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}
