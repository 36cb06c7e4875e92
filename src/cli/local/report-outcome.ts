import type { OpenedBranch } from '../../app/open-branch.ts';
import type { ChangePreview, CommitSummary } from '../../app/preview-rollback.ts';
import type { RenderedChange } from '../../domain/rendered/rendered-change.ts';
import { age } from '../age.ts';
import { type PlanOutcome, planJson } from '../plan-json.ts';
import { type PlanSubject, planText } from '../plan-text.ts';
import { ofPlan } from '../plan-view.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import { renderedText } from '../rendered-text.ts';
import { shellWord } from '../shell-word.ts';
import { type Style, outputStyle } from '../style.ts';
import type { Terminal } from '../terminal.ts';

/** What decides how an outcome is printed, as it was typed. */
export interface ReportOptions {
  readonly repo?: string;
  readonly branch?: string;
  readonly output?: 'json' | 'yaml' | 'wide';
}

/** What came of a preview. `shown` says that the person has seen it before being asked. */
export interface Outcome {
  readonly opened: OpenedBranch;
  readonly preview: ChangePreview;
  readonly rendered?: RenderedChange | undefined;
  readonly outcome: PlanOutcome;
  readonly commit?: string | undefined;
  readonly pushed?: boolean;
  readonly shown: boolean;
}

/** The commit that a plan is about, with its age now. */
export const describedTarget = ({ about }: { readonly about: CommitSummary }): PlanSubject => ({
  ...about,
  age: age(about.at, Date.now() / 1000),
});

/** The preview as text, for a terminal of that width or for a file. */
export function previewText(
  { about, plan, regeneration }: ChangePreview,
  style: Style,
  columns: number | undefined,
): string {
  const target = about && describedTarget({ about });
  return planText(ofPlan(plan, regeneration), target, { style, columns });
}

/** Prints on stdout what came of a rollback, an undo or a release, and how to go on from there. */
export function reportOutcome(terminal: Terminal, outcome: Outcome, options: ReportOptions): void {
  const { preview, opened, commit, pushed = false, rendered } = outcome;
  const { stdout, stdoutIsTerminal, columns } = terminal;
  if (options.output === 'json' || options.output === 'yaml') {
    const result = { digest: preview.digest, outcome: outcome.outcome, commit, pushed };
    // The branch may have moved after the preview, without touching what is planned.
    const plan = { ...preview.plan, base: opened.base.revision };
    const value = planJson(ofPlan(plan, preview.regeneration), result);
    printValue(terminal, rendered ? { ...value, rendered } : value, options.output);
    return;
  }
  const style = outputStyle(terminal);
  if (!outcome.shown) {
    stdout.write(previewText(preview, style, stdoutIsTerminal ? columns : undefined));
    if (rendered) stdout.write(renderedText(rendered, style));
  }
  if (options.output === 'wide') stdout.write(`\nDigest: ${preview.digest}\n`);
  const branch = printable(opened.branch.name);
  if (outcome.outcome === 'dry-run')
    stdout.write(`\nDry run: nothing was changed. Without --dry-run this is committed to ${branch}.\n`);
  if (commit === undefined) return;
  const upstream = opened.branch.upstream;
  const where = pushed && upstream ? ` and pushed to ${printable(upstream.remote)}` : '';
  stdout.write(`\nCommitted ${style.heading(commit.slice(0, 8))} to ${branch}${where}.\n`);
  for (const line of nextSteps(outcome, options)) stdout.write(`${style.faint(line)}\n`);
}

/** The commands that publish a new commit and take it back, ready to be pasted where the first one was typed. */
function nextSteps({ opened, commit = '', pushed = false }: Outcome, options: ReportOptions): string[] {
  const { name, upstream } = opened.branch;
  const repo = shellWord(options.repo ?? '.');
  const named = options.branch === undefined ? '' : ` --branch ${shellWord(options.branch)}`;
  const push = pushed ? ' --push' : '';
  const back = `  to take it back: knowngood undo ${commit.slice(0, 8)} --repo ${repo}${named}${push}`;
  if (!upstream || pushed) return [back];
  const there = upstream.ref.replace(/^refs\/heads\//, '');
  const refs = there === name ? shellWord(name) : shellWord(`${name}:${there}`);
  return [`  to publish it:   git -C ${repo} push ${shellWord(upstream.remote)} ${refs}`, back];
}
