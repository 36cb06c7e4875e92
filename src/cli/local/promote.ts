import { type Command, InvalidArgumentError } from 'commander';
import { openBranch } from '../../app/open-branch.ts';
import { previewPromotion } from '../../app/preview-release.ts';
import { type CarriedKind, carriedKinds } from '../../domain/plan/carried-kinds.ts';
import { addExamples } from '../examples.ts';
import { placeOf, refuseOptions } from '../hub/place-of.ts';
import { promoteHub } from '../hub/release-hub.ts';
import { outputOption } from '../output-option.ts';
import type { AddCommand } from '../program.ts';
import { startProgress } from '../progress.ts';
import { repeatedOption } from '../repeated-option.ts';
import { type CarryOutOptions, carryOut } from './carry-out.ts';
import { addCarryOutOptions, commitOptions, requestOptions } from './carry-out-options.ts';
import { noteAhead, noteOpened } from './note-opened.ts';
import { type ScopeOptions, addTenantOptions, openOptions, repositoryOptions } from './scope-options.ts';

interface PromoteOptions extends Omit<ScopeOptions, 'environment' | 'service'>, CarryOutOptions {
  readonly from: string;
  readonly to: string;
  readonly service?: readonly string[];
  readonly only?: readonly CarriedKind[];
  readonly keep?: readonly string[];
}

function readKind(text: string): CarriedKind {
  const kind = carriedKinds.find((one) => one === text);
  if (kind === undefined) throw new InvalidArgumentError(`It must be one of ${carriedKinds.join(', ')}.`);
  return kind;
}

/** `knowngood promote`: carry services from an environment to a later one of the same tenant. */
export const addPromote: AddCommand = (program, context) => {
  const command = program
    .command('promote')
    .description('carry image, chart version, values and variables of services to a later environment');
  addPromoteExamples(command);
  addPromoteOptions(addTenantOptions(command));
  addCarryOutOptions(command)
    .addOption(outputOption())
    .action(async (options: PromoteOptions) => {
      const place = await placeOf(context, options);
      const { from, to, tenant } = options;
      const [services, carry, keep] = [options.service ?? [], options.only ?? [], options.keep ?? []];
      if (place.where === 'server') {
        refuseOptions(place, options, [...repositoryOptions, ...commitOptions, 'allowDelete']);
        const carried = { from, to, services: [...services], carry: [...carry], keep: [...keep] };
        return promoteHub(context, place.context, { options, carried });
      }
      refuseOptions(place, options, requestOptions);
      using progress = startProgress(context.terminal, 'Reading the repository…', true);
      const { service: _services, ...rest } = options;
      const open = openOptions({ ...rest, repo: place.repo }, context.terminal, progress.show);
      await using opened = await openBranch(open);
      const named = tenant === undefined ? {} : { tenant };
      const preview = await previewPromotion(opened, { ...named, from, to, services, carry, keep });
      progress[Symbol.dispose]();
      noteOpened(context.terminal, opened);
      noteAhead(context.terminal, opened);
      await carryOut(context, { opened, open, preview, options });
    });
};

const addPromoteExamples = (command: Command): Command =>
  addExamples(
    command,
    [
      'what would be carried, and what stays',
      'knowngood promote -t acme --from staging --to production -s web --dry-run',
    ],
    [
      'two services, as a request',
      "knowngood promote -t acme --from staging --to production -s web -s api -m 'Sprint 12' --wait",
    ],
    [
      'only the images of all services, in a repository here',
      'knowngood promote --repo . -t acme --from staging --to production --only image',
    ],
  );

const addPromoteOptions = (command: Command): Command =>
  command
    .requiredOption('--from <environment>', 'the earlier environment')
    .requiredOption('--to <environment>', 'the later environment, by the order in knowngood.yaml')
    .addOption(repeatedOption('-s, --service <name>', 'a service; repeatable (default: all of them)'))
    .addOption(
      repeatedOption('--only <kind>', `carry this alone: ${carriedKinds.join(', ')}; repeatable`, readKind),
    )
    .addOption(
      repeatedOption('--keep <pattern>', 'leave these as they are, such as "**#/values/**"; repeatable'),
    );
