import { chooseScope, requireLayout } from '../../app/choose-scope.ts';
import { listVariables } from '../../app/list-variables.ts';
import { openBranch } from '../../app/open-branch.ts';
import { addExamples } from '../examples.ts';
import { placeOf, refuseOptions } from '../hub/place-of.ts';
import { type ShownVariables, printVariables, readVariablesHub } from '../hub/variables-hub.ts';
import { outputOption } from '../output-option.ts';
import type { AddCommand, CommandContext } from '../program.ts';
import { startProgress } from '../progress.ts';
import { noteOpened } from './note-opened.ts';
import { type ScopeOptions, addScopeOptions, openOptions, repositoryOptions } from './scope-options.ts';

type VariablesOptions = Omit<ScopeOptions, 'output'> & {
  readonly output?: 'json' | 'yaml' | 'wide' | 'name';
};

/** `knowngood variables`: what HQ variables are for each service, and where each is set. */
export const addVariables: AddCommand = (program, context) => {
  const command = program
    .command('variables')
    .description('list what HQ variables are for each service, and the scope and file that says so');
  addExamples(
    command,
    ['why does a service have this value?', 'knowngood variables --repo . -t acme -e production -s web'],
    ['with what farther scopes say', 'knowngood variables -p shop -t acme -e production -o wide'],
  );
  addScopeOptions(command)
    .addOption(outputOption('name'))
    .action(async ({ output, ...options }: VariablesOptions) => {
      const place = await placeOf(context, options);
      const view = { output, ofService: options.service !== undefined };
      if (place.where === 'server') {
        refuseOptions(place, options, repositoryOptions);
        return printVariables(context, await readVariablesHub(context, place.context, options), view);
      }
      return printVariables(context, await readHere(context, { ...options, repo: place.repo }), view);
    });
};

async function readHere(
  context: CommandContext,
  options: ScopeOptions & { readonly repo: string },
): Promise<ShownVariables> {
  using progress = startProgress(context.terminal, 'Reading the repository…', true);
  await using opened = await openBranch(openOptions(options, context.terminal, progress.show));
  const layout = requireLayout(opened);
  const { reader, base, project } = opened;
  const { tenant, environment, service } = await chooseScope(opened, options);
  const where = { tenant, environment, service };
  const source = { reader, tree: base.tree, layout, project };
  const { variables, complete } = await listVariables(source, where);
  progress[Symbol.dispose]();
  noteOpened(context.terminal, opened);
  return { items: variables.map((one) => ({ ...one, overrides: [...one.overrides] })), complete };
}
