import type { Command } from 'commander';
import { openBranch } from '../../app/open-branch.ts';
import { type RollbackInput, previewRollback } from '../../app/preview-rollback.ts';
import { diffedFile, readChangedTexts } from '../../app/read-changed-texts.ts';
import { renderPreview } from '../../app/render/render-preview.ts';
import type { SharedChoice } from '../../domain/plan/shared-choice.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { exitCode } from '../exit-code.ts';
import { addExamples } from '../examples.ts';
import { diffHub } from '../hub/diff-hub.ts';
import { placeOf, refuseOptions } from '../hub/place-of.ts';
import { noteTarget } from '../note-target.ts';
import { outputOption } from '../output-option.ts';
import { planJson } from '../plan-json.ts';
import { ofPlan } from '../plan-view.ts';
import { printValue } from '../print.ts';
import type { AddCommand } from '../program.ts';
import { repeatedOption } from '../repeated-option.ts';
import { startProgress } from '../progress.ts';
import { includeSharedOption, sharedOption } from '../shared-option.ts';
import { outputStyle } from '../style.ts';
import { paintedDiff } from '../painted-diff.ts';
import { renderedText } from '../rendered-text.ts';
import { renderAbout } from './carry-out-options.ts';
import { noteOpened } from './note-opened.ts';
import { describedTarget } from './report-outcome.ts';
import {
  type ScopeOptions,
  addScopeOptions,
  openOptions,
  repositoryOptions,
  thisMoment,
} from './scope-options.ts';

/** The options that choose a target and what to spare, without ending in a commit. */
export interface CompareOptions extends ScopeOptions {
  readonly to?: string;
  readonly field?: readonly string[];
  readonly keep?: readonly string[];
  readonly includeShared?: boolean;
  readonly shared?: SharedChoice;
}

interface DiffOptions extends CompareOptions {
  readonly render?: boolean;
}

export const rollbackInput = (options: CompareOptions): RollbackInput => ({
  ...thisMoment(Date.now()),
  ...(options.tenant === undefined ? {} : { tenant: options.tenant }),
  ...(options.environment === undefined ? {} : { environment: options.environment }),
  service: options.service,
  to: options.to,
  fields: options.field,
  keep: options.keep ?? [],
  includeShared: options.includeShared,
  shared: options.shared,
});

const revisionsElsewhere = {
  option: 'a revision',
  place: 'a project on a server',
  way: 'say --to REV here',
};

const addDiffOptions = (command: Command): Command =>
  addScopeOptions(command)
    .option('--to <rev>', 'commit id, tag, or time such as 2h or 13:20 (default: the change before the last)')
    .addOption(repeatedOption('-f, --field <field>', 'one field, such as image.tag; repeatable; needs -s'))
    .addOption(
      repeatedOption('--keep <pattern>', 'leave these as they are, such as "**#/replicas"; repeatable'),
    )
    .addOption(sharedOption())
    .addOption(includeSharedOption())
    .option('--render', renderAbout)
    .addOption(outputOption());

/** `knowngood diff`: what a rollback would change, line by line. Ends with 1 when there is a difference. */
export const addDiff: AddCommand = (program, context) => {
  const { terminal, finish } = context;
  const command = program
    .command('diff')
    .argument('[from]', 'on a server: what changed since this revision, instead of a rollback')
    .argument('[until]', 'on a server: to that one (default: now)')
    .description('show line by line what a rollback would change; exit 1 if anything');
  addExamples(
    command,
    ['what the last change of a service did', 'knowngood diff --repo . -t acme -e production -s web'],
    [
      'everything since yesterday noon',
      'knowngood diff --repo . -t acme -e production --to 2026-11-19T12:00',
    ],
    ['of a project on a server, without pins', 'knowngood diff -p shop -t acme -e production --shared leave'],
  );
  addDiffOptions(command).action(
    async (from: string | undefined, until: string | undefined, options: DiffOptions) => {
      const place = await placeOf(context, options);
      if (place.where === 'server') {
        refuseOptions(place, options, repositoryOptions);
        return diffHub(context, place.context, { revisions: [from, until], options });
      }
      if (from !== undefined) throw new Refusal('option_elsewhere', revisionsElsewhere);
      using progress = startProgress(terminal, 'Reading the repository…', true);
      await using opened = await openBranch(
        openOptions({ ...options, repo: place.repo }, terminal, progress.show),
      );
      const preview = await previewRollback(opened, rollbackInput(options));
      const { plan, digest } = preview;
      const texts = await readChangedTexts(opened, plan);
      if (options.render) progress.show('Rendering…');
      const rendered = options.render ? await renderPreview(opened, preview) : undefined;
      progress[Symbol.dispose]();
      noteOpened(terminal, opened);
      if (options.output === 'json' || options.output === 'yaml') {
        const result = { digest, outcome: 'dry-run', commit: undefined, pushed: false } as const;
        const value = planJson(ofPlan(plan, preview.regeneration), result);
        printValue(terminal, rendered ? { ...value, rendered } : value, options.output);
      } else {
        noteTarget(terminal, describedTarget(preview), plan);
        terminal.stdout.write(paintedDiff(texts.map(diffedFile), outputStyle(terminal)));
        if (rendered) terminal.stdout.write(renderedText(rendered, outputStyle(terminal)));
      }
      if (plan.edits.length > 0 || plan.refused.length > 0) finish(exitCode.different);
    },
  );
};
