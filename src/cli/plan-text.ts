import { scopeName } from '../domain/plan/scope.ts';
import { changeLines } from './plan-changes.ts';
import { noteLines } from './plan-notes.ts';
import { count } from './count.ts';
import type { PlanView, ShownPlan } from './plan-view.ts';
import { printable } from './printable.ts';
import { cut } from './table.ts';

/** The commit a plan is about, for its heading. */
export interface PlanSubject {
  readonly revision: string;
  /** The rest is absent where a server knows no deployment of it. */
  readonly subject?: string | undefined;
  readonly author?: string | undefined;
  /** How long ago, as `2h`. */
  readonly age?: string | undefined;
}

/** `9bea44ce · 2d ago · jane · Promote …`: a commit in one line, cut to a width. */
export const commitLine = ({ revision, age, author, subject }: PlanSubject, width: number): string =>
  cut(
    [revision.slice(0, 8), age && `${age} ago`, author && printable(author), subject && printable(subject)]
      .filter(Boolean)
      .join(' · '),
    width,
  );

const scopeOf = ({ tenant, environment, service }: ShownPlan): string =>
  tenant === undefined || environment === undefined
    ? [tenant, environment, service].filter((name) => name !== undefined).join(' ')
    : scopeName({ tenant, environment, service });

const modes = { full: 'Full rollback', service: 'Service rollback', field: 'Field rollback' } as const;

function titleOf({ kind, mode, from = '' }: ShownPlan, where: string): string {
  if (kind === 'release') return `Release to ${where}`;
  if (kind === 'promotion') return `Promotion to ${where} from ${printable(from)}`;
  return kind === 'undo' ? `Undo${where && ` in ${where}`}` : `${modes[mode]} of ${where}`;
}

function headLines(
  plan: ShownPlan,
  about: PlanSubject | undefined,
  { style, columns = Infinity }: PlanView,
): string[] {
  const title = style.heading(titleOf(plan, printable(scopeOf(plan))));
  if (!about) return [title];
  const what = plan.kind === 'undo' ? 'commit' : 'to';
  return [title, `  ${what} ${commitLine(about, columns - what.length - 3)}`];
}

function impactLine({ impact, services }: ShownPlan): string {
  const files = services.flatMap((service) => service.files);
  const deleted = files.filter(({ change }) => change === 'deleted').length;
  const parts = [
    [impact.services, 'service'],
    [impact.fields, 'field'],
    [impact.bindings, 'binding'],
    [impact.variables, 'variable'],
    [impact.files, 'file'],
  ] as const;
  return [
    ...parts.filter(([number]) => number > 0).map(([number, word]) => count(number, word)),
    ...(deleted > 0 ? [`${deleted} deleted`] : []),
  ].join(' · ');
}

/** A plan as a person reads it before saying yes, `about` its target if it has one. Ends with a line break. */
export function planText(plan: ShownPlan, about: PlanSubject | undefined, view: PlanView): string {
  const empty = plan.empty && plan.refused.length === 0;
  const head = headLines(plan, about, view);
  const body = empty
    ? ['', 'Nothing to change: it is already so.']
    : [`  ${impactLine(plan)}`, '', ...changeLines(plan, view)];
  return `${[...head, ...body, ...noteLines(plan, view)].join('\n')}\n`;
}
