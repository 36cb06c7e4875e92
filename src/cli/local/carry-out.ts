import { commitChange, refuseUnready } from '../../app/commit-change.ts';
import { type OpenOptions, type OpenedBranch, reopenBranch } from '../../app/open-branch.ts';
import type { ChangePreview } from '../../app/preview-rollback.ts';
import { pushCommit, requireUpstream } from '../../app/push-commit.ts';
import { renderPreview } from '../../app/render/render-preview.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { RenderedChange } from '../../domain/rendered/rendered-change.ts';
import { askYes } from '../confirm.ts';
import { exitCode } from '../exit-code.ts';
import type { PlanOutcome } from '../plan-json.ts';
import type { WaitOptions } from '../hub/await-request.ts';
import { printable } from '../printable.ts';
import type { CommandContext } from '../program.ts';
import { startProgress } from '../progress.ts';
import { renderedText } from '../rendered-text.ts';
import { errorStyle } from '../style.ts';
import type { Terminal } from '../terminal.ts';
import { type Outcome, type ReportOptions, previewText, reportOutcome } from './report-outcome.ts';

/** What a person decided beside the plan itself. */
export interface CarryOutOptions extends ReportOptions, WaitOptions {
  readonly message?: string;
  readonly dryRun?: boolean;
  readonly dryRunServer?: boolean;
  readonly yes?: boolean;
  readonly push?: boolean;
  readonly render?: boolean;
  readonly allowDelete?: boolean;
  readonly signWith?: string;
  readonly breakGlass?: boolean;
}

/** A preview on the screen, about to become a commit or not. */
export interface Decision {
  readonly opened: OpenedBranch;
  readonly open: OpenOptions;
  readonly preview: ChangePreview;
  readonly options: CarryOutOptions;
  /** The objects that would change, where they were asked for. */
  readonly rendered?: RenderedChange | undefined;
}

/** Shows a preview, asks where somebody can answer, commits, pushes where asked, and prints what came of it. */
export async function carryOut(context: CommandContext, asked: Decision): Promise<void> {
  const { terminal } = context;
  const { preview, opened, options } = asked;
  if (options.push) requireUpstream(opened);
  const rendered = options.render ? await render(terminal, asked) : undefined;
  const decision = { ...asked, rendered };
  const report = (result: Omit<Outcome, 'preview' | 'opened'>, on = opened): void =>
    reportOutcome(terminal, { opened: on, preview, rendered, ...result }, options);
  const early = earlyOutcome(preview.plan, options);
  if (early) {
    report({ outcome: early, shown: false });
    if (early === 'refused') refuseUnready(preview.plan, { allowDelete: true });
    return;
  }
  const shown = !options.yes && !(options.output === 'json' || options.output === 'yaml');
  if (shown && !(await isWanted(terminal, decision))) {
    terminal.stderr.write('Nothing was changed.\n');
    context.finish(exitCode.interrupted);
    return;
  }
  const { commit, on } = await makeCommit(terminal, decision);
  if (commit === undefined) {
    report({ outcome: 'unchanged', shown });
    return;
  }
  const failure = options.push ? await push(terminal, on, commit) : undefined;
  report({ outcome: 'committed', commit, pushed: options.push === true && !failure, shown }, on);
  if (failure) throw failure.error;
}

function earlyOutcome(plan: Plan, options: CarryOutOptions): PlanOutcome | undefined {
  if (plan.refused.length > 0) return 'refused';
  if (plan.edits.length === 0) return 'unchanged';
  return options.dryRun ? 'dry-run' : undefined;
}

/** Shows the preview and asks. Throws when nobody can answer, or when the answer could not be yes. */
async function isWanted(
  terminal: Terminal,
  { preview, opened, options, rendered }: Decision,
): Promise<boolean> {
  const { stderr, stderrIsTerminal, columns, interactive } = terminal;
  stderr.write(previewText(preview, errorStyle(terminal), stderrIsTerminal ? columns : undefined));
  if (rendered) stderr.write(renderedText(rendered, errorStyle(terminal)));
  refuseUnready(preview.plan, { allowDelete: options.allowDelete ?? false });
  if (!interactive) throw new Refusal('not_confirmed');
  const { name, upstream } = opened.branch;
  const pushed = options.push && upstream ? ` and push it to ${printable(upstream.remote)}` : '';
  stderr.write('\n');
  return askYes(terminal, `Commit this to ${printable(name)}${pushed}?`);
}

async function render(terminal: Terminal, { opened, preview }: Decision): Promise<RenderedChange> {
  using _progress = startProgress(terminal, 'Rendering…');
  return await renderPreview(opened, preview);
}

async function makeCommit(terminal: Terminal, { opened, open, preview, options }: Decision) {
  using _progress = startProgress(terminal, 'Committing…');
  return await commitChange(opened, preview, {
    justification: options.message ?? 'none given',
    subject: preview.plan.kind === 'undo' ? preview.about?.subject : undefined,
    allowDelete: options.allowDelete ?? false,
    signingKey: options.signWith,
    now: Date.now(),
    reopen: () => reopenBranch(opened, open),
    replan: preview.replan,
  });
}

/** Pushes. A failure is handed back: the commit is made, and that is told first. */
async function push(terminal: Terminal, opened: OpenedBranch, commit: string) {
  using progress = startProgress(terminal, 'Pushing…', true);
  try {
    await pushCommit(opened, commit, { interactive: terminal.interactive, onProgress: progress.show });
  } catch (error) {
    return { error };
  }
  return undefined;
}
