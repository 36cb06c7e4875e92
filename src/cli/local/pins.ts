import { Argument, type Command } from 'commander';
import { chooseScope, requireLayout } from '../../app/choose-scope.ts';
import { type ListedPin, listPins } from '../../app/list-pins.ts';
import { openBranch } from '../../app/open-branch.ts';
import { previewRelease } from '../../app/preview-release.ts';
import { utc } from '../age.ts';
import { addExamples } from '../examples.ts';
import { type Pin, printPins, readPinsHub, removePinsHub, unpinned } from '../hub/pins-hub.ts';
import { placeOf, refuseOptions } from '../hub/place-of.ts';
import { outputOption } from '../output-option.ts';
import type { AddCommand, CommandContext } from '../program.ts';
import { startProgress } from '../progress.ts';
import { type TypedField, readField } from '../release-words.ts';
import { type CarryOutOptions, carryOut } from './carry-out.ts';
import { addCarryOutOptions, commitOptions, requestOptions } from './carry-out-options.ts';
import { noteAhead, noteOpened } from './note-opened.ts';
import { type ScopeOptions, addScopeOptions, openOptions, repositoryOptions } from './scope-options.ts';

/** `knowngood pins`: fields that rollbacks hold at what shared files said. */
export const addPins: AddCommand = (program, context) => {
  const command = program
    .command('pins')
    .description('list and remove pins: fields that a rollback holds at what a shared file said then');
  addList(command, context);
  addRemove(command, context);
};

const pinOf = ({ address, sharedNow, since, ...pin }: ListedPin): Pin => ({
  ...pin,
  address: `${pin.file}${address}`,
  sharedNow: sharedNow ?? null,
  since: since ? { commit: since.commit, at: utc(since.at) } : null,
});

type ListOptions = Omit<ScopeOptions, 'output'> & { readonly output?: 'json' | 'yaml' | 'wide' | 'name' };

function addList(command: Command, context: CommandContext): void {
  const list = command.command('list', { isDefault: true }).description('list the pins of a branch as it is');
  addExamples(
    list,
    ['all of a repository here', 'knowngood pins --repo .'],
    ['with the commits that brought them', 'knowngood pins -p shop -t acme -e production -o wide'],
  );
  addScopeOptions(list)
    .addOption(outputOption('name'))
    .action(async ({ output, ...options }: ListOptions) => {
      const place = await placeOf(context, options);
      if (place.where === 'server') {
        refuseOptions(place, options, repositoryOptions);
        return printPins(context, await readPinsHub(context, place.context, options), output);
      }
      using progress = startProgress(context.terminal, 'Reading the repository…', true);
      await using opened = await openBranch(
        openOptions({ ...options, repo: place.repo }, context.terminal, progress.show),
      );
      const pins = await listPins({ ...opened, layout: requireLayout(opened) }, options);
      progress[Symbol.dispose]();
      noteOpened(context.terminal, opened);
      return printPins(context, pins.map(pinOf), output);
    });
}

type RemoveOptions = ScopeOptions & CarryOutOptions;

const collect = (text: string, before: readonly TypedField[] | undefined): readonly TypedField[] => [
  ...(before ?? []),
  readField(text),
];

function addRemove(command: Command, context: CommandContext): void {
  const remove = command
    .command('remove')
    .description('take pins away, so that the shared value counts again; a release like any other')
    .addArgument(
      new Argument('<pins...>', 'SERVICE:NAME, from: knowngood pins, or SERVICE:FILE#ADDRESS').argParser(
        collect,
      ),
    );
  addExamples(remove, [
    'after the shared value was mended',
    "knowngood pins remove -t acme -e production api-gateway:LOG_LEVEL -m 'INC-42'",
  ]);
  addCarryOutOptions(addScopeOptions(remove))
    .addOption(outputOption())
    .action(async (named: readonly TypedField[], options: RemoveOptions) => {
      const place = await placeOf(context, options);
      if (place.where === 'server') {
        refuseOptions(place, options, [...repositoryOptions, ...commitOptions, 'allowDelete']);
        return removePinsHub(context, place.context, { options, named });
      }
      refuseOptions(place, options, requestOptions);
      return removeHere(context, { options, repo: place.repo, named });
    });
}

interface Removal {
  readonly options: RemoveOptions;
  readonly repo: string;
  readonly named: readonly TypedField[];
}

async function removeHere(context: CommandContext, { options, repo, named }: Removal): Promise<void> {
  const { terminal } = context;
  using progress = startProgress(terminal, 'Reading the repository…', true);
  const open = openOptions({ ...options, repo }, terminal, progress.show);
  await using opened = await openBranch(open);
  const { tenant, environment } = await chooseScope(opened, options);
  const where = { tenant, environment };
  const pins = await listPins({ ...opened, layout: requireLayout(opened) }, where);
  const { fields = [] } = unpinned(pins.map(pinOf), named, { ...options, ...where });
  const preview = await previewRelease(opened, {
    ...where,
    changes: fields.map(({ service, field }) => ({
      kind: 'field',
      service: service ?? undefined,
      field,
      wished: { kind: 'absent' },
    })),
  });
  progress[Symbol.dispose]();
  noteOpened(terminal, opened);
  noteAhead(terminal, opened);
  await carryOut(context, { opened, open, preview, options });
}
