import { type GroupedField, groupFields } from '../../app/group-fields.ts';
import { openBranch } from '../../app/open-branch.ts';
import { previewRollback } from '../../app/preview-rollback.ts';
import { fieldSides } from '../field-value.ts';
import { outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { AddCommand } from '../program.ts';
import { startProgress } from '../progress.ts';
import { cut, table } from '../table.ts';
import { type CompareOptions, rollbackInput } from './diff.ts';
import { noteOpened } from './note-opened.ts';
import { addScopeOptions, openOptions, thisMoment } from './scope-options.ts';

const jsonOf = ({ file, address, field, before, after, secret, commit, subject }: GroupedField) => ({
  file,
  address,
  field,
  ...(before === undefined ? {} : { before: secret ? '(secret)' : before }),
  ...(after === undefined ? {} : { after: secret ? '(secret)' : after }),
  commit: commit ?? null,
  subject: subject ?? null,
});

/** `knowngood fields`: the fields that differ from the target, each with the commit that changed it last. */
export const addFields: AddCommand = (program, { terminal }) => {
  const command = program
    .command('fields')
    .description('list the fields that differ from an earlier revision, and the commit that changed each');
  addScopeOptions(command)
    .option('--to <rev>', 'commit id, tag, or time such as 2h or 13:20 (default: the change before the last)')
    .addOption(outputOption('json', 'yaml', 'wide'))
    .action(async (options: Omit<CompareOptions, 'field' | 'keep'>) => {
      using progress = startProgress(terminal, 'Reading the repository…');
      await using opened = await openBranch(openOptions(options, terminal, progress.show));
      const input = rollbackInput({ ...options, field: [], keep: [] });
      const { plan } = await previewRollback(opened, { ...input, ...thisMoment(Date.now()) });
      const fields = await groupFields(opened, plan);
      progress[Symbol.dispose]();
      noteOpened(terminal, opened);
      if (options.output === 'json' || options.output === 'yaml') {
        printValue(terminal, fields.map(jsonOf), options.output);
        return;
      }
      terminal.stdout.write(fieldTable(fields, options.output === 'wide'));
      const whole = plan.services.flatMap((service) =>
        service.files.filter(({ path }) => !service.fields.some(({ file }) => file === path)),
      );
      for (const { path, change } of whole)
        terminal.stdout.write(`${printable(path)}: ${change} as a whole file\n`);
    });
};

function fieldTable(fields: readonly GroupedField[], wide: boolean): string {
  if (fields.length === 0) return 'No field differs.\n';
  const rows = fields.map((field) => {
    const { before, after } = fieldSides(field);
    const commit = field.commit?.slice(0, 8) ?? '-';
    const name = printable(wide ? field.address : field.field);
    return [name, before, after, commit, cut(printable(field.subject ?? ''), wide ? 200 : 50)];
  });
  return table([[wide ? 'ADDRESS' : 'FIELD', 'NOW', 'THEN', 'COMMIT', 'CHANGED BY'], ...rows]);
}
