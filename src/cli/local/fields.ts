import { type GroupedField, groupFields } from '../../app/group-fields.ts';
import { openBranch } from '../../app/open-branch.ts';
import { previewRollback } from '../../app/preview-rollback.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { addExamples } from '../examples.ts';
import { fieldsTable } from '../fields-table.ts';
import { fieldsHub } from '../hub/fields-hub.ts';
import { placeOf, refuseOptions } from '../hub/place-of.ts';
import { noteTarget } from '../note-target.ts';
import { outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { AddCommand } from '../program.ts';
import { startProgress } from '../progress.ts';
import { type CompareOptions, rollbackInput } from './diff.ts';
import { describedTarget } from './report-outcome.ts';
import { noteOpened } from './note-opened.ts';
import { addScopeOptions, openOptions, repositoryOptions } from './scope-options.ts';

type FieldsOptions = Omit<CompareOptions, 'field' | 'keep' | 'shared'>;

/** A list of what differs has no pins in it. */
const sharedOf = ({ includeShared }: FieldsOptions) => (includeShared ? 'include' : 'leave');

const jsonOf = ({ service, file, address, field, before, after, secret, commit, subject }: GroupedField) => ({
  service,
  file,
  address,
  field,
  ...(before === undefined ? {} : { before: secret ? '(secret)' : before }),
  ...(after === undefined ? {} : { after: secret ? '(secret)' : after }),
  commit: commit ?? null,
  subject: subject ?? null,
});

/** `knowngood fields`: the fields that differ from the target, each with the commit that changed it last. */
export const addFields: AddCommand = (program, context) => {
  const { terminal } = context;
  const command = program
    .command('fields')
    .description('list the fields that differ from an earlier revision, and the commit that changed each');
  addExamples(
    command,
    [
      'which commit changed which field of a service',
      'knowngood fields --repo . -t acme -e production -s web',
    ],
    [
      'full addresses, for rollback --field',
      'knowngood fields --repo . -t acme -e production --to 2d -o wide',
    ],
  );
  addScopeOptions(command)
    .option('--to <rev>', 'commit id, tag, or time such as 2h or 13:20 (default: the change before the last)')
    .option('--include-shared', 'list those of shared files too')
    .addOption(outputOption())
    .action(async (options: FieldsOptions) => {
      const place = await placeOf(context, options);
      if (place.where === 'server') {
        refuseOptions(place, options, [...repositoryOptions, 'includeShared']);
        return fieldsHub(context, place.context, options);
      }
      using progress = startProgress(terminal, 'Reading the repository…', true);
      await using opened = await openBranch(
        openOptions({ ...options, repo: place.repo }, terminal, progress.show),
      );
      const input = rollbackInput(options);
      const preview = await previewRollback(opened, { ...input, shared: sharedOf(options) });
      const { plan } = preview;
      const fields = await groupFields(opened, plan);
      progress[Symbol.dispose]();
      noteOpened(terminal, opened);
      if (options.output === 'json' || options.output === 'yaml') {
        printValue(terminal, fields.map(jsonOf), options.output);
        return undefined;
      }
      noteTarget(terminal, describedTarget(preview), plan);
      const { stdout, stdoutIsTerminal } = terminal;
      const columns = stdoutIsTerminal ? terminal.columns : undefined;
      const view = { wide: options.output === 'wide', columns, ofService: options.service !== undefined };
      if (fields.length > 0) stdout.write(fieldsTable(fields, view));
      stdout.write(restText(plan));
      return undefined;
    });
};

/** What a list of fields cannot say: files that change as a whole, or that nothing differs. */
function restText({ edits, services }: Plan): string {
  const whole = services.flatMap(({ files, fields }) =>
    files.filter(({ path }) => !fields.some(({ file }) => file === path)),
  );
  if (edits.length === 0) return 'Nothing differs.\n';
  return whole.map(({ path, change }) => `${printable(path)}: ${change} as a whole file\n`).join('');
}
