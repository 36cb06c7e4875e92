import { openBranch } from '../../app/open-branch.ts';
import { previewRollback } from '../../app/preview-rollback.ts';
import { outputOption } from '../output-option.ts';
import type { AddCommand } from '../program.ts';
import { startProgress } from '../progress.ts';
import { type CarryOutOptions, carryOut } from './carry-out.ts';
import { addCarryOutOptions } from './carry-out-options.ts';
import { type CompareOptions, rollbackInput } from './diff.ts';
import { noteOpened } from './note-opened.ts';
import { addScopeOptions, openOptions, repeated } from './scope-options.ts';

type RollbackOptions = CompareOptions & CarryOutOptions;

/** `knowngood rollback`: take a tenant-environment, one service or single fields back to an earlier revision. */
export const addRollback: AddCommand = (program, context) => {
  const command = program
    .command('rollback')
    .description(
      'roll back a tenant-environment, one service (-s) or single fields (-f) to an earlier revision',
    );
  addScopeOptions(command)
    .option('--to <rev>', 'commit id, tag, or time such as 2h or 13:20 (default: the change before the last)')
    .addOption(repeated('-f, --field <field>', 'one field, such as image.tag; repeatable; needs -s'))
    .addOption(repeated('--keep <pattern>', 'leave these as they are, such as "**#/replicas"; repeatable'))
    .option('--include-shared', 'restore shared files too, for everybody who reads them');
  addCarryOutOptions(command)
    .addOption(outputOption('json', 'yaml', 'wide'))
    .action(async (options: RollbackOptions) => {
      using progress = startProgress(context.terminal, 'Reading the repository…');
      const open = openOptions(options, context.terminal, progress.show);
      await using opened = await openBranch(open);
      const preview = await previewRollback(opened, rollbackInput(options));
      progress[Symbol.dispose]();
      noteOpened(context.terminal, opened);
      await carryOut(context, { opened, open, preview, options });
    });
};
