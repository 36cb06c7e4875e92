import type { Command } from 'commander';
import { openBranch } from '../../app/open-branch.ts';
import { previewRelease } from '../../app/preview-release.ts';
import type { ReleaseChange } from '../../domain/plan/release-change.ts';
import { addExamples } from '../examples.ts';
import { placeOf, refuseOptions } from '../hub/place-of.ts';
import { readNamedFile } from '../hub/read-document.ts';
import { type Released, releaseHub } from '../hub/release-hub.ts';
import { outputOption } from '../output-option.ts';
import type { AddCommand, CommandContext } from '../program.ts';
import { startProgress } from '../progress.ts';
import {
  type TypedField,
  type TypedFile,
  type TypedSetting,
  readField,
  readFile,
  readSetting,
} from '../release-words.ts';
import { repeatedOption } from '../repeated-option.ts';
import { type CarryOutOptions, carryOut } from './carry-out.ts';
import { addCarryOutOptions, commitOptions, requestOptions } from './carry-out-options.ts';
import { noteAhead, noteOpened } from './note-opened.ts';
import { type ScopeOptions, addScopeOptions, openOptions, repositoryOptions } from './scope-options.ts';

interface ReleaseOptions extends ScopeOptions, CarryOutOptions {
  readonly set?: readonly TypedSetting[];
  readonly unset?: readonly TypedField[];
  readonly file?: readonly TypedFile[];
  readonly remove?: readonly string[];
}

/** `knowngood release`: write fields and files of a tenant-environment, and nothing else. */
export const addRelease: AddCommand = (program, context) => {
  const command = program
    .command('release')
    .description('set fields (--set) or whole files (--file) of a tenant-environment');
  addExamples(
    command,
    [
      'a new image of one service',
      "knowngood release -t acme -e production --set api-gateway:image.tag=v2.1.1 -m 'INC-42' --wait",
    ],
    [
      'look first, in a repository here',
      'knowngood release --repo . -t acme -e production --set web:replicas=4 --dry-run',
    ],
    [
      'a whole file from here',
      'knowngood release -t acme -e staging --file tenants/acme/staging/web/values.yaml=values.yaml',
    ],
  );
  addReleaseOptions(addScopeOptions(command));
  addCarryOutOptions(command)
    .addOption(outputOption())
    .action(async (options: ReleaseOptions) => {
      const place = await placeOf(context, options);
      const released = await readReleased(context, options);
      if (place.where === 'server') {
        refuseOptions(place, options, [...repositoryOptions, ...commitOptions, 'allowDelete']);
        return releaseHub(context, place.context, { options, released });
      }
      refuseOptions(place, options, requestOptions);
      using progress = startProgress(context.terminal, 'Reading the repository…', true);
      const open = openOptions({ ...options, repo: place.repo }, context.terminal, progress.show);
      await using opened = await openBranch(open);
      const { tenant, environment } = options;
      const preview = await previewRelease(opened, {
        changes: changesOf(released),
        ...(tenant === undefined ? {} : { tenant }),
        ...(environment === undefined ? {} : { environment }),
      });
      progress[Symbol.dispose]();
      noteOpened(context.terminal, opened);
      noteAhead(context.terminal, opened);
      await carryOut(context, { opened, open, preview, options });
    });
};

const addReleaseOptions = (command: Command): Command =>
  command
    .addOption(
      repeatedOption(
        '--set <setting>',
        'SERVICE:FIELD=VALUE, such as web:image.tag=v2; repeatable; no SERVICE: with -s, or for a field of the tenant-environment itself',
        readSetting,
      ),
    )
    .addOption(repeatedOption('--unset <field>', 'SERVICE:FIELD that goes; repeatable', readField))
    .addOption(repeatedOption('--file <file>', 'PATH=LOCALFILE: a whole file; repeatable', readFile))
    .addOption(repeatedOption('--remove <path>', 'a file of the repository that goes; repeatable'));

/** What was typed, with the files read. */
async function readReleased(
  context: CommandContext,
  { set = [], unset = [], file = [], remove = [], service: usual }: ReleaseOptions,
): Promise<Released> {
  const of = ({ service = usual, field }: TypedField) => ({ service: service ?? null, field });
  const files: { readonly path: string; readonly content: string | null }[] = [];
  for (const { path, from } of file)
    files.push({ path, content: await readNamedFile(context, from === '-' ? './-' : from) });
  return {
    fields: [
      ...set.map((setting) => ({ ...of(setting), text: setting.text })),
      ...unset.map((field) => ({ ...of(field), remove: true as const })),
    ],
    files: [...files, ...remove.map((path) => ({ path, content: null }))],
  };
}

const changesOf = ({ fields = [], files = [] }: Released): readonly ReleaseChange[] => [
  ...fields.map(({ service, field, text = '', remove }): ReleaseChange => ({
    kind: 'field',
    service: service ?? undefined,
    field,
    wished: remove ? { kind: 'absent' } : { kind: 'typed', text },
  })),
  ...files.map(({ path, content }): ReleaseChange => ({ kind: 'file', path, text: content ?? undefined })),
];
