import { outputOption } from './output-option.ts';
import type { AddCommand } from './program.ts';

/** `knowngood version [-o json]`: the version of this program. */
export const addVersion: AddCommand = (program, { terminal, version }) => {
  program
    .command('version')
    .description('print the version')
    .addOption(outputOption('json'))
    .action(({ output }: { output?: string }) => {
      const text = output === 'json' ? JSON.stringify({ version }) : `knowngood ${version}`;
      terminal.stdout.write(`${text}\n`);
    });
};
