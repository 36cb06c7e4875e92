import { type OutputFormat, outputOption } from './output-option.ts';
import { printValue } from './print.ts';
import type { AddCommand } from './program.ts';

/** `knowngood version`: the version of this program. */
export const addVersion: AddCommand = (program, { terminal, version }) => {
  program
    .command('version')
    .description('print the version')
    .addOption(outputOption())
    .action(({ output }: { readonly output?: OutputFormat }) => {
      if (output === 'json' || output === 'yaml') return printValue(terminal, { version }, output);
      return void terminal.stdout.write(`knowngood ${version}\n`);
    });
};
