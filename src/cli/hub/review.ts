import type { Request } from '../../contract/request.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { askYes } from '../confirm.ts';
import { addExamples } from '../examples.ts';
import { exitCode } from '../exit-code.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import { ofWirePlan } from '../plan-view.ts';
import { printable } from '../printable.ts';
import type { AddCommand, CommandContext } from '../program.ts';
import { ServerRefusal } from '../server-refusal.ts';
import { errorStyle } from '../style.ts';
import { type WaitOptions, awaitRequest } from './await-request.ts';
import { type Connection, connect } from './connect.ts';
import { planOf } from './requests.ts';
import { reportRequest } from './request-outcome.ts';
import { requestText } from './request-text.ts';
import { type ServerOptions, addServerChoice } from './server-options.ts';
import { addWaitOptions } from './wait-options.ts';

interface ApproveOptions extends ServerOptions, WaitOptions {
  readonly comment?: string;
  readonly digest?: string;
  readonly yes?: boolean;
  readonly output?: OutputFormat;
}

/** `knowngood approve ID`: shows what is approved, asks, and approves exactly that. */
export const addApprove: AddCommand = (program, context) => {
  const command = program
    .command('approve')
    .description('approve a request of somebody else, after showing what it changes')
    .argument('<id>', 'the request, from: knowngood requests --waiting');
  addExamples(
    command,
    ['look at it, then say yes or no', 'knowngood approve rbk-01JD…'],
    ['what was looked at elsewhere, and nothing else', 'knowngood approve rbk-01JD… --digest sha256:… --yes'],
  );
  addWaitOptions(addServerChoice(command))
    .option('--comment <text>', 'what to say about it')
    .option('--digest <digest>', 'the digest of the plan that was looked at; another plan is refused')
    .option('-y, --yes', 'do not ask')
    .addOption(outputOption('name'))
    .action(async (id: string, options: ApproveOptions) => {
      const { terminal } = context;
      const connection = await connect(context, options);
      const { client } = connection;
      const request = await client.call('getRequest', { params: { id } });
      if (!isDecided(options, request) && !(await isWanted(context, connection, request))) {
        terminal.stderr.write('Nothing was changed.\n');
        return context.finish(exitCode.interrupted);
      }
      const { digest = request.digest, comment } = options;
      const voted = await explained(context, request, options.output, () =>
        client.call('approveRequest', { params: { id }, body: { digest, comment } }),
      );
      const end = options.wait ? await awaitRequest(context, client, voted, options) : voted;
      return reportRequest(context, end, { output: options.output, waited: options.wait });
    });
};

/** Nothing to ask: it was said already, a program reads the answer, or the server will say No whatever the answer. */
const isDecided = ({ yes, output }: ApproveOptions, { actions }: Request): boolean =>
  yes === true ||
  output === 'json' ||
  output === 'yaml' ||
  actions.some(({ action, allowed }) => action === 'approve' && !allowed);

async function isWanted(
  { terminal, hub }: CommandContext,
  { client, context }: Connection,
  request: Request,
): Promise<boolean> {
  const view = {
    style: errorStyle(terminal),
    columns: terminal.stderrIsTerminal ? terminal.columns : undefined,
    now: hub.clock(),
    server: context.server,
    plan: ofWirePlan(await planOf(client, request)),
  };
  terminal.stderr.write(requestText({ ...request, actions: [] }, view));
  if (!terminal.interactive) throw new Refusal('not_confirmed');
  terminal.stderr.write('\n');
  return askYes(terminal, 'Approve exactly this?');
}

/** A failed execution after a saved approval has a reason of its own, which people read first. */
export async function explained(
  { terminal }: Pick<CommandContext, 'terminal'>,
  { id }: Pick<Request, 'id'>,
  output: OutputFormat | undefined,
  act: () => Promise<Request>,
): Promise<Request> {
  try {
    return await act();
  } catch (error) {
    const reason = error instanceof ServerRefusal ? error.details['reason'] : undefined;
    if (typeof reason === 'string' && output !== 'json') {
      terminal.stderr.write(
        `note: ${printable(reason)}\nnote: to try again: knowngood execute ${printable(id)}\n`,
      );
    }
    throw error;
  }
}

interface RejectOptions extends ServerOptions {
  readonly comment: string;
  readonly output?: OutputFormat;
}

/** `knowngood reject ID --comment WHY`: ends a pending request. */
export const addReject: AddCommand = (program, context) => {
  const command = program
    .command('reject')
    .description('reject a pending request')
    .argument('<id>', 'the request, from: knowngood requests --waiting');
  addExamples(command, [
    'with a reason for whoever asked',
    'knowngood reject rbk-01JD… --comment "wrong tenant"',
  ]);
  addServerChoice(command)
    .requiredOption('--comment <text>', 'why')
    .addOption(outputOption('name'))
    .action(async (id: string, { comment, output, ...options }: RejectOptions) => {
      const { client } = await connect(context, options);
      const { digest } = await client.call('getRequest', { params: { id } });
      const rejected = await client.call('rejectRequest', { params: { id }, body: { digest, comment } });
      reportRequest(context, rejected, { output, wanted: 'rejected' });
    });
};
