import { type Command, Option } from 'commander';
import type { CallInput } from '../../contract/client.ts';
import type { ResultOf } from '../../contract/operations.ts';
import { nudges } from '../../domain/policy/policy.ts';
import { addExamples } from '../examples.ts';
import { countOption } from '../limit-option.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { AddCommand, CommandContext } from '../program.ts';
import { connect, projectOf } from './connect.ts';
import { type Column, printFacts, printList } from './print-list.ts';
import { readDocument } from './read-document.ts';
import { type ServerOptions, addServerOptions } from './server-options.ts';

type Version = ResultOf<'getPolicy'>;
type Policy = Version['policy'];

interface Output {
  readonly output?: OutputFormat;
}

/** `knowngood policy`: what each environment asks for before a change of it is carried out. */
export const addPolicy: AddCommand = (program, context) => {
  const command = program.command('policy').description('show and change the approval policies of a project');
  addList(command, context);
  addGet(command, context);
  addSet(command, context);
};

const columns: readonly Column<Version>[] = [
  { title: 'ENVIRONMENT', cell: ({ environment }) => environment },
  { title: 'APPROVALS', cell: ({ policy }) => String(policy.approvals) },
  { title: 'EXECUTION', cell: ({ policy }) => policy.execution },
  { title: 'EXPIRES', cell: ({ policy }) => `${policy.expiryHours}h` },
  { title: 'PUSHES', cell: ({ policy }) => (policy.pushProtection ? 'protected' : 'allowed') },
  { title: 'FREEZES', cell: ({ policy }) => policy.freezeWindows.map(({ name }) => name).join(', ') },
  { title: 'VERSION', cell: ({ version }) => String(version) },
];

function addList(command: Command, context: CommandContext): void {
  const list = command
    .command('list', { isDefault: true })
    .description('list the policy of every environment');
  addExamples(list, ['what needs approval', 'knowngood policy -p shop']);
  addServerOptions(list)
    .addOption(outputOption('name'))
    .action(async ({ output, ...options }: ServerOptions & Output) => {
      const connection = await connect(context, options);
      const params = { slug: projectOf(connection) };
      const { items } = await connection.client.call('listPolicies', { params });
      printList(context.terminal, items, {
        output,
        columns,
        nameOf: ({ environment }) => environment,
        none: 'The project has no environment yet; push to it first',
      });
    });
}

const eligibleText = ({ people, groups }: Policy['eligible'][number]): string =>
  [...people, ...groups.map((group) => `group ${group}`)].join(' or ');

const nudgeTexts = {
  none: 'clusters find it themselves',
  refresh: 'Argo CD is asked to look at Git',
  sync: 'Argo CD is asked to look at Git, and to sync what it does not sync by itself',
} as const;

function printPolicy({ terminal }: CommandContext, version: Version, output: OutputFormat | undefined): void {
  if (output === 'json' || output === 'yaml') return printValue(terminal, version, output);
  const { policy, changedBy, changedAt } = version;
  const { breakGlass } = policy;
  return printFacts(terminal, [
    ['Environment', version.environment],
    ['Version', version.version],
    ['Changed by', changedBy && `${changedBy.email ?? changedBy.name}, ${changedAt ?? ''}`],
    ['Approvals', policy.approvals],
    ['Approvers', policy.eligible.map(eligibleText).join('; and ') || 'whoever may approve'],
    ['Own approval', policy.selfApproval ? 'counts' : 'does not count'],
    ['Execution', policy.execution],
    ['Expires after', `${policy.expiryHours} hours`],
    ['Freezes', policy.freezeWindows.map(({ name, from, to }) => `${name} (${from} to ${to})`).join('; ')],
    ['In a freeze', policy.rollbackExempt ? 'rollbacks run' : 'nothing runs'],
    [
      'Break-glass',
      breakGlass.roles.length === 0
        ? 'nobody'
        : `${breakGlass.roles.join(', ')}: ${breakGlass.minutes} minutes, reviewed within ${breakGlass.reviewDays} days`,
    ],
    ['Direct pushes', policy.pushProtection ? 'refused' : 'allowed'],
    ['Pushes to shared', policy.sharedPushProtection ? 'refused' : 'allowed'],
    ['Changer waits', `${policy.changerWaitHours} hours before approving`],
    ['After a commit', nudgeTexts[policy.nudge]],
  ]);
}

function addGet(command: Command, context: CommandContext): void {
  const get = command
    .command('get')
    .description('show the policy of an environment')
    .argument('<environment>', 'the environment');
  addExamples(
    get,
    ['what production asks for', 'knowngood policy get production'],
    ['into a file, to edit it', 'knowngood policy get production -o yaml > policy.yaml'],
  );
  addServerOptions(get)
    .addOption(outputOption())
    .action(async (environment: string, { output, ...options }: ServerOptions & Output) => {
      const connection = await connect(context, options);
      const params = { slug: projectOf(connection), environment };
      printPolicy(context, await connection.client.call('getPolicy', { params }), output);
    });
}

interface SetOptions extends ServerOptions, Output {
  readonly file?: string;
  readonly approvals?: number;
  readonly execution?: Policy['execution'];
  readonly expiryHours?: number;
  readonly selfApproval?: boolean;
  readonly pushProtection?: boolean;
  readonly nudge?: Policy['nudge'];
}

function addSet(command: Command, context: CommandContext): void {
  const set = command
    .command('set')
    .description('change the policy of an environment; what is not named stays')
    .argument('<environment>', 'the environment');
  addExamples(
    set,
    ['two approvals in production', 'knowngood policy set production --approvals 2'],
    ['all of it, edited in a file', 'knowngood policy set production -f policy.yaml'],
  );
  addServerOptions(set)
    .option('-f, --file <file>', 'the whole policy as YAML or JSON, as get -o yaml prints it; - is stdin')
    .addOption(countOption('--approvals <number>', 'how many approvals a request needs').conflicts('file'))
    .option('--no-approvals', 'requests need no approval')
    .addOption(
      new Option('--execution <how>', 'automatic: with the last approval').choices(['automatic', 'manual']),
    )
    .addOption(countOption('--expiry-hours <number>', 'when a request that waits expires'))
    .option('--self-approval', 'the own approval counts')
    .option('--no-self-approval', 'the own approval does not count')
    .option('--push-protection', 'refuse direct pushes to its paths')
    .option('--no-push-protection', 'allow direct pushes to its paths')
    .addOption(
      new Option(
        '--nudge <what>',
        'what agents are asked for after a commit: none, refresh, or sync too where Argo CD does not by itself',
      ).choices(nudges),
    )
    .addOption(outputOption())
    .action(async (environment: string, options: SetOptions) => {
      const connection = await connect(context, options);
      const params = { slug: projectOf(connection), environment };
      const present = await connection.client.call('getPolicy', { params });
      const body = await wanted(context, present, options);
      const changed = await connection.client.call('changePolicy', { params, body });
      if (options.output === undefined || options.output === 'wide')
        context.terminal.stderr.write(
          `The policy of ${printable(environment)} is now version ${changed.version}\n`,
        );
      else printPolicy(context, changed, options.output);
    });
}

type Wanted = CallInput<'changePolicy'>['body'];

/** The next policy: that of the file, or the present one with what was named. */
async function wanted(
  context: CommandContext,
  { policy, version }: Version,
  options: SetOptions,
): Promise<Wanted> {
  const { file, execution, expiryHours, selfApproval, pushProtection, nudge } = options;
  // `--no-approvals` says false.
  const approvals = (options.approvals as number | false | undefined) === false ? 0 : options.approvals;
  const named = { approvals, execution, expiryHours, selfApproval, pushProtection, nudge };
  const parts = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
  if (file === undefined) return { policy: { ...policy, ...parts }, version };
  const read = (await readDocument(context, file)) as Partial<Version> & Policy;
  // As `get` prints it, with what is around it; the server says what is wrong with the rest.
  return read.policy === undefined
    ? { policy: { ...read, ...parts }, version }
    : { policy: { ...read.policy, ...parts }, version: read.version ?? version };
}
