import type { WireDryRun } from '../../contract/dry-run.ts';
import type { Plan, Preview } from '../../contract/plan.ts';
import type { Rendered } from '../../contract/rendered.ts';
import type { Request } from '../../contract/request.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { RenderedChange } from '../../domain/rendered/rendered-change.ts';
import { askLine } from '../ask.ts';
import { askYes } from '../confirm.ts';
import { exitCode } from '../exit-code.ts';
import { type PlanOutcome, planJson } from '../plan-json.ts';
import { type PlanSubject, planText } from '../plan-text.ts';
import { ofWirePlan } from '../plan-view.ts';
import { printValue } from '../print.ts';
import { ofWireRendered } from '../of-wire-rendered.ts';
import { printable } from '../printable.ts';
import type { CommandContext } from '../program.ts';
import { startProgress } from '../progress.ts';
import { renderedText } from '../rendered-text.ts';
import { ServerRefusal } from '../server-refusal.ts';
import { type Style, errorStyle, outputStyle } from '../style.ts';
import { type WaitOptions, awaitRequest } from './await-request.ts';
import { type Connection, projectOf } from './connect.ts';
import { dryRunText } from './dry-run-text.ts';
import { describeRevision } from './hub-scope.ts';
import { approvalsText, outlookLines } from './outlook-lines.ts';
import { reportRequest } from './request-outcome.ts';
import { codeAfterWait, codeOfState } from './request-words.ts';

/** What a person decided beside the plan itself. */
export interface SubmitOptions extends WaitOptions {
  readonly message?: string;
  readonly dryRun?: boolean;
  readonly dryRunServer?: boolean;
  readonly yes?: boolean;
  readonly breakGlass?: boolean;
  readonly output?: 'json' | 'yaml' | 'wide';
  readonly render?: boolean;
}

/** A wish, in the two forms in which a server takes it. */
export interface Wish {
  readonly options: SubmitOptions;
  readonly preview: (justification: string | undefined) => Promise<Preview>;
  /** The objects that it would change: it takes seconds, so it is asked only where that is wanted. */
  readonly render: () => Promise<Rendered>;
  /** What the clusters would say to them. */
  readonly askClusters: () => Promise<WireDryRun>;
  readonly submit: (plan: Plan, justification: string | undefined) => Promise<Request>;
}

/** Shows a preview, asks where somebody can answer, submits what was shown, and prints what came of it. */
export async function submitPlan(context: CommandContext, connection: Connection, wish: Wish): Promise<void> {
  const { terminal, finish } = context;
  const { options } = wish;
  const preview = await look(context, wish);
  const { plan } = preview;
  const about =
    plan.target === null ? undefined : await describeRevision(connection, context.hub, plan.target);
  const rendered = options.render ? await renderOn(context, wish) : undefined;
  const asks = options.dryRunServer && !plan.empty;
  const clusters = asks ? await askClustersOn(context, wish) : undefined;
  const shown = { preview, about, options, rendered, clusters };
  const isDry = options.dryRun === true || options.dryRunServer === true;
  const early = plan.empty ? 'unchanged' : isDry ? 'dry-run' : undefined;
  if (early) return reportPreview(terminal, shown, early);
  const asked = !options.yes && !isForPrograms(options);
  if (asked)
    terminal.stderr.write(previewText(shown, errorStyle(terminal), widthOf(terminal, 'stderrIsTerminal')));
  demandSubmittable(preview, options);
  const answer = asked ? await ask(context, shown, connection) : { justification: options.message };
  if (!answer) {
    terminal.stderr.write('Nothing was changed.\n');
    return finish(exitCode.interrupted);
  }
  const submitted = await send(context, wish, { plan, ...answer });
  if (options.wait && submitted.state === 'pending')
    terminal.stderr.write(
      `${submitted.id} is waiting for ${approvalsText(submitted, submitted.approvers)}\n`,
    );
  const request = options.wait
    ? await awaitRequest(context, connection.client, submitted, options)
    : submitted;
  if (!isForPrograms(options))
    return reportRequest(context, request, { output: undefined, waited: options.wait });
  finish(options.wait ? codeAfterWait(request) : codeOfState(request.state));
  const result = { digest: plan.digest, outcome: outcomeOf(request), commit: request.commit ?? undefined };
  return printValue(
    terminal,
    { ...planJson(ofWirePlan(plan), { ...result, pushed: false }), request },
    options.output,
  );
}

const isForPrograms = <T extends SubmitOptions>(
  options: T,
): options is T & { readonly output: 'json' | 'yaml' } =>
  options.output === 'json' || options.output === 'yaml';

interface Shown {
  readonly preview: Preview;
  readonly about: PlanSubject | undefined;
  readonly options: SubmitOptions;
  readonly rendered: RenderedChange | undefined;
  readonly clusters: WireDryRun | undefined;
}

const outcomeOf = ({ state }: Request): PlanOutcome => (state === 'completed' ? 'committed' : state);

const widthOf = (
  terminal: CommandContext['terminal'],
  stream: 'stdoutIsTerminal' | 'stderrIsTerminal',
): number | undefined => (terminal[stream] ? terminal.columns : undefined);

async function look({ terminal }: CommandContext, { preview, options }: Wish): Promise<Preview> {
  using _progress = startProgress(terminal, 'Planning…');
  return await preview(options.message);
}

async function renderOn({ terminal }: CommandContext, { render }: Wish): Promise<RenderedChange> {
  using _progress = startProgress(terminal, 'Rendering…');
  return ofWireRendered(await render());
}

async function askClustersOn({ terminal }: CommandContext, { askClusters }: Wish): Promise<WireDryRun> {
  using _progress = startProgress(terminal, 'Asking the clusters…');
  return await askClusters();
}

async function send(
  { terminal }: CommandContext,
  { submit }: Wish,
  { plan, justification }: { readonly plan: Plan; readonly justification: string | undefined },
): Promise<Request> {
  using _progress = startProgress(terminal, 'Submitting…');
  return await submit(plan, justification);
}

function previewText(
  { preview, about, options, rendered, clusters }: Shown,
  style: Style,
  columns: number | undefined,
): string {
  const plan = planText(ofWirePlan(preview.plan, preview.regeneration), about, { style, columns });
  const digest = options.output === 'wide' ? [`Digest: ${preview.plan.digest}`] : [];
  const objects = `${rendered ? renderedText(rendered, style) : ''}${clusters ? dryRunText(clusters, style) : ''}`;
  return `${plan}\n${[...outlookLines(preview, style), ...digest].join('\n')}\n${objects}`;
}

/** Prints a preview that goes no further. */
function reportPreview(
  terminal: CommandContext['terminal'],
  shown: Shown,
  outcome: 'unchanged' | 'dry-run',
): void {
  const { preview, options, rendered, clusters } = shown;
  if (isForPrograms(options)) {
    const { plan: wire, regeneration, ...outlook } = preview;
    const result = { digest: wire.digest, outcome, commit: undefined, pushed: false } as const;
    printValue(
      terminal,
      {
        ...planJson(ofWirePlan(wire, regeneration), result),
        outlook,
        request: null,
        ...(rendered ? { rendered } : {}),
        ...(clusters ? { serverDryRun: clusters } : {}),
      },
      options.output,
    );
    return;
  }
  terminal.stdout.write(previewText(shown, outputStyle(terminal), widthOf(terminal, 'stdoutIsTerminal')));
  if (outcome === 'dry-run')
    terminal.stdout.write('\nDry run: nothing was changed. Without --dry-run this is submitted.\n');
}

/** Throws what the server would say no with, and when approvals would be bypassed unsaid, or not although said. */
function demandSubmittable(
  { outcome, reason, reasonCode }: Preview,
  { breakGlass = false }: SubmitOptions,
): void {
  if (outcome === 'refused')
    throw new ServerRefusal({
      code: reasonCode ?? '',
      message: reason ?? 'the server would refuse it',
      status: 409,
      details: {},
    });
  if (outcome === 'break_glass' && !breakGlass) throw new Refusal('break_glass_unsaid');
  if (outcome !== 'break_glass' && breakGlass) throw new Refusal('break_glass_absent');
}

/** Asks why, where that was not said, and whether. Nothing when the answer is no. Throws when nobody can answer. */
async function ask(
  { terminal }: CommandContext,
  { preview, options }: Shown,
  connection: Connection,
): Promise<{ readonly justification: string | undefined } | undefined> {
  if (!terminal.interactive) throw new Refusal('not_confirmed');
  terminal.stderr.write('\n');
  const justification = options.message ?? (await askLine(terminal, 'Why? '))?.trim();
  if (justification === undefined) return undefined;
  const where = `${printable(projectOf(connection))} at ${printable(connection.context.server)}`;
  const question = preview.outcome === 'awaits_approval' ? 'Submit this to' : 'Carry this out in';
  const yes = await askYes(terminal, `${question} ${where}?`);
  return yes ? { justification: justification === '' ? undefined : justification } : undefined;
}
