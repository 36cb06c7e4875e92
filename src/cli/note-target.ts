import { count } from './count.ts';
import { type PlanSubject, commitLine } from './plan-text.ts';
import type { ShownPlan } from './plan-view.ts';
import type { Terminal } from './terminal.ts';

/** Says on stderr which revision things are compared with, and what the comparison leaves out. */
export function noteTarget(
  { stderr, stderrIsTerminal, columns }: Terminal,
  about: PlanSubject,
  plan: Pick<ShownPlan, 'mode' | 'shared'>,
): void {
  const width = stderrIsTerminal ? columns : Infinity;
  stderr.write(`compared with: ${commitLine(about, width - 16)}\n`);
  const left = plan.shared.filter(({ included }) => !included).length;
  if (left > 0 && plan.mode !== 'field')
    stderr.write(
      `left out: ${count(left, 'shared change')} (--include-shared takes ${left === 1 ? 'it' : 'them'} in)\n`,
    );
}
