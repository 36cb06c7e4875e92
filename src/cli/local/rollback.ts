import { openBranch } from '../../app/open-branch.ts';
import { previewRollback } from '../../app/preview-rollback.ts';
import { addExamples } from '../examples.ts';
import { placeOf, refuseOptions } from '../hub/place-of.ts';
import { rollbackHub } from '../hub/rollback-hub.ts';
import { outputOption } from '../output-option.ts';
import type { AddCommand } from '../program.ts';
import { repeatedOption } from '../repeated-option.ts';
import { startProgress } from '../progress.ts';
import { includeSharedOption, sharedOption } from '../shared-option.ts';
import { type CarryOutOptions, carryOut } from './carry-out.ts';
import { addCarryOutOptions, commitOptions, requestOptions } from './carry-out-options.ts';
import { type CompareOptions, rollbackInput } from './diff.ts';
import { noteAhead, noteOpened } from './note-opened.ts';
import { addScopeOptions, openOptions, repositoryOptions } from './scope-options.ts';

type RollbackOptions = CompareOptions & CarryOutOptions & { readonly hold?: readonly string[] };

const examples: readonly (readonly [string, string])[] = [
  ['look first', 'knowngood rollback --repo . -t acme -e production -s web --dry-run'],
  ['one service, back to before its last change', 'knowngood rollback --repo . -t acme -e production -s web'],
  ['one field only', 'knowngood rollback --repo . -t acme -e production -s web -f image.tag'],
  [
    'everything as it was two hours ago, but not the replicas',
    "knowngood rollback --repo . -t acme -e production --to 2h --keep '**#/replicas'",
  ],
  ['no pins', 'knowngood rollback --repo . -t acme -e production --shared leave'],
  ['in a script', "knowngood rollback --repo . -t acme -e production -s web -m 'INC-42' --push -o json"],
];

/** `knowngood rollback`: take a tenant-environment, one service or single fields back to an earlier revision. */
export const addRollback: AddCommand = (program, context) => {
  const command = program
    .command('rollback')
    .description(
      'roll back a tenant-environment, one service (-s) or single fields (-f) to an earlier revision',
    );
  addExamples(command, ...examples);
  addScopeOptions(command)
    .option('--to <rev>', 'commit id, tag, or time such as 2h or 13:20 (default: the change before the last)')
    .addOption(repeatedOption('-f, --field <field>', 'one field, such as image.tag; repeatable; needs -s'))
    .addOption(
      repeatedOption('--keep <pattern>', 'leave these as they are, such as "**#/replicas"; repeatable'),
    )
    .addOption(
      repeatedOption(
        '--hold <pattern>',
        'on a server: hold these back for a week, too, such as "**#/replicas"; repeatable',
      ),
    )
    .addOption(sharedOption())
    .addOption(includeSharedOption());
  addCarryOutOptions(command)
    .addOption(outputOption())
    .action(async (options: RollbackOptions) => {
      const place = await placeOf(context, options);
      if (place.where === 'server') {
        refuseOptions(place, options, [...repositoryOptions, ...commitOptions]);
        return rollbackHub(context, place.context, options);
      }
      refuseOptions(place, options, [...requestOptions, 'hold']);
      using progress = startProgress(context.terminal, 'Reading the repository…', true);
      const open = openOptions({ ...options, repo: place.repo }, context.terminal, progress.show);
      await using opened = await openBranch(open);
      const preview = await previewRollback(opened, rollbackInput(options));
      progress[Symbol.dispose]();
      noteOpened(context.terminal, opened);
      noteAhead(context.terminal, opened);
      await carryOut(context, { opened, open, preview, options });
    });
};
