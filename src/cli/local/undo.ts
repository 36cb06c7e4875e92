import { openBranch } from '../../app/open-branch.ts';
import { previewUndo } from '../../app/preview-undo.ts';
import { addExamples } from '../examples.ts';
import { placeOf, refuseOptions } from '../hub/place-of.ts';
import { undoHub } from '../hub/rollback-hub.ts';
import { outputOption } from '../output-option.ts';
import type { AddCommand } from '../program.ts';
import { repeatedOption } from '../repeated-option.ts';
import { startProgress } from '../progress.ts';
import { type CarryOutOptions, carryOut } from './carry-out.ts';
import { addCarryOutOptions, commitOptions, requestOptions } from './carry-out-options.ts';
import { noteAhead, noteOpened } from './note-opened.ts';
import { type ScopeOptions, addScopeOptions, openOptions, repositoryOptions } from './scope-options.ts';

type UndoOptions = ScopeOptions &
  CarryOutOptions & { readonly field?: readonly string[]; readonly keep?: readonly string[] };

/** A server undoes the whole of a commit. */
const partOptions = ['tenant', 'environment', 'service', 'field', 'keep', 'allowDelete'] as const;

/** `knowngood undo COMMIT`: undo exactly what one commit changed, wherever it changed it. */
export const addUndo: AddCommand = (program, context) => {
  const command = program
    .command('undo')
    .argument('<commit>', 'the commit to undo')
    .description('undo exactly what one commit changed; what changed again since stays');
  addExamples(
    command,
    ['a bad commit, wherever it went', 'knowngood undo d654de54 --repo .'],
    ['only what it did to one service', 'knowngood undo d654de54 --repo . -t acme -e production -s web'],
    ['take a rollback back, and publish that', 'knowngood undo HEAD --repo . --push'],
  );
  addScopeOptions(command)
    .addOption(repeatedOption('-f, --field <field>', 'only this field; repeatable'))
    .addOption(
      repeatedOption('--keep <pattern>', 'leave these as they are, such as "**#/replicas"; repeatable'),
    );
  addCarryOutOptions(command)
    .addOption(outputOption())
    .action(async (commit: string, options: UndoOptions) => {
      const place = await placeOf(context, options);
      if (place.where === 'server') {
        refuseOptions(place, options, [...repositoryOptions, ...commitOptions, ...partOptions]);
        return undoHub(context, place.context, { commit, options });
      }
      refuseOptions(place, options, requestOptions);
      using progress = startProgress(context.terminal, 'Reading the repository…', true);
      const open = openOptions({ ...options, repo: place.repo }, context.terminal, progress.show);
      await using opened = await openBranch(open);
      const { tenant, environment, service } = options;
      const preview = await previewUndo(opened, {
        commit,
        service,
        fields: options.field,
        keep: options.keep ?? [],
        ...(tenant === undefined ? {} : { tenant }),
        ...(environment === undefined ? {} : { environment }),
      });
      progress[Symbol.dispose]();
      noteOpened(context.terminal, opened);
      noteAhead(context.terminal, opened);
      await carryOut(context, { opened, open, preview, options });
    });
};
