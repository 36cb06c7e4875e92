import { commitChange } from '../../app/commit-change.ts';
import { type OpenOptions, type OpenedBranch, reopenBranch } from '../../app/open-branch.ts';
import type { RollbackPreview } from '../../app/preview-rollback.ts';
import { pushCommit } from '../../app/push-commit.ts';
import type { Plan } from '../../domain/plan.ts';
import { Refusal } from '../../domain/refusal.ts';
import { age } from '../age.ts';
import { askYes } from '../confirm.ts';
import { exitCode } from '../exit-code.ts';
import { type PlanOutcome, planJson } from '../plan-json.ts';
import { planText } from '../plan-text.ts';
import { printValue } from '../print.ts';
import type { CommandContext } from '../program.ts';
import { startProgress } from '../progress.ts';
import { type Style, errorStyle, outputStyle } from '../style.ts';

/** What a person decided beside the plan itself. */
export interface CarryOutOptions {
  readonly message?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly push?: boolean;
  readonly allowDelete?: boolean;
  readonly signWith?: string;
  readonly output?: 'json' | 'yaml' | 'wide';
}

/** A preview on the screen, about to become a commit or not. */
export interface Decision {
  readonly opened: OpenedBranch;
  readonly open: OpenOptions;
  readonly preview: RollbackPreview;
  readonly options: CarryOutOptions;
}

const forPrograms = ({ output }: CarryOutOptions): 'json' | 'yaml' | undefined =>
  output === 'json' || output === 'yaml' ? output : undefined;

/** Shows a preview, asks where somebody can answer, commits, pushes where asked, and prints what came of it. */
export async function carryOut(context: CommandContext, decision: Decision): Promise<void> {
  const { terminal } = context;
  const { preview, options } = decision;
  const early = earlyOutcome(preview.plan, options);
  if (early) {
    report(context, decision, { outcome: early });
    if (early === 'refused') throw refused(preview.plan);
    return;
  }
  if (terminal.interactive && !options.yes) {
    terminal.stderr.write(previewText(decision, errorStyle(terminal)));
    if (!(await askYes(terminal, question(decision)))) {
      terminal.stderr.write('Nothing was changed.\n');
      context.finish(exitCode.interrupted);
      return;
    }
  } else if (!options.yes && forPrograms(options) === undefined) {
    terminal.stderr.write(previewText(decision, errorStyle(terminal)));
    throw new Refusal('not_confirmed');
  }
  const { commit } = await makeCommit(context, decision);
  if (commit === undefined) {
    report(context, decision, { outcome: 'unchanged' });
    return;
  }
  if (options.push) await push(context, decision, commit);
  report(context, decision, { outcome: 'committed', commit });
}

function earlyOutcome(plan: Plan, options: CarryOutOptions): PlanOutcome | undefined {
  if (plan.refused.length > 0) return 'refused';
  if (plan.edits.length === 0) return 'unchanged';
  return options.dryRun ? 'dry-run' : undefined;
}

function refused({ refused: list }: Plan): Refusal {
  const text = list.map(({ address, reason }) => `${address} (${reason})`).join('; ');
  return new Refusal('fields_refused', { list: text }, { refused: list });
}

const question = ({ opened, options }: Decision): string =>
  options.push
    ? `Commit this to ${opened.branch.name} and push it?`
    : `Commit this to ${opened.branch.name}?`;

function previewText({ preview }: Decision, style: Style): string {
  const { about, plan } = preview;
  const subject = { ...about, age: age(about.at, Date.now() / 1000) };
  return planText(plan, subject, style);
}

async function makeCommit({ terminal }: CommandContext, decision: Decision) {
  const { opened, open, preview, options } = decision;
  using _progress = startProgress(terminal, 'Committing…');
  return await commitChange(opened, preview, {
    justification: options.message ?? 'none given',
    subject: preview.plan.kind === 'undo' ? preview.about.subject : undefined,
    allowDelete: options.allowDelete ?? false,
    signingKey: options.signWith,
    now: Date.now(),
    reopen: () => reopenBranch(opened, open),
    replan: preview.replan,
  });
}

async function push({ terminal }: CommandContext, { opened }: Decision, commit: string): Promise<void> {
  using progress = startProgress(terminal, 'Pushing…');
  await pushCommit(opened, commit, progress.show);
}

interface Report {
  readonly outcome: PlanOutcome;
  readonly commit?: string;
}

function report({ terminal }: CommandContext, decision: Decision, { outcome, commit }: Report): void {
  const { preview, options, opened } = decision;
  const pushed = commit !== undefined && (options.push ?? false);
  const format = forPrograms(options);
  if (format) {
    const result = { digest: preview.digest, outcome, commit, pushed };
    printValue(terminal, planJson(preview.plan, result), format);
    return;
  }
  const style = outputStyle(terminal);
  const shown = commit !== undefined && terminal.interactive && !options.yes;
  if (!shown) terminal.stdout.write(previewText(decision, style));
  if (options.output === 'wide') terminal.stdout.write(`Digest: ${preview.digest}\n`);
  if (outcome === 'dry-run') terminal.stdout.write('Dry run: nothing was changed.\n');
  if (commit === undefined) return;
  const { branch } = opened;
  terminal.stdout.write(
    `Committed ${style.heading(commit.slice(0, 8))} to ${branch.name}${pushed ? ' and pushed it' : ''}.\n`,
  );
  if (!pushed && branch.upstream) {
    terminal.stdout.write(style.faint(`To publish it: git push ${branch.upstream.remote} ${branch.name}\n`));
  }
  terminal.stdout.write(
    style.faint(`To take it back: knowngood undo ${commit.slice(0, 8)} --repo ${decision.open.path}\n`),
  );
}
