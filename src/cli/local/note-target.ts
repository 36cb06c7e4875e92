import type { RollbackPreview } from '../../app/preview-rollback.ts';
import { age } from '../age.ts';
import { commitLine } from '../plan-text.ts';
import { count } from '../count.ts';
import type { Terminal } from '../terminal.ts';

/** Says on stderr which revision things are compared with, and what the comparison leaves out. */
export function noteTarget({ stderr, stderrIsTerminal, columns }: Terminal, preview: RollbackPreview): void {
  const { about, plan } = preview;
  const width = stderrIsTerminal ? columns : Infinity;
  const line = commitLine({ ...about, age: age(about.at, Date.now() / 1000) }, width - 16);
  stderr.write(`compared with: ${line}\n`);
  const left = plan.shared.filter(({ included }) => !included).length;
  if (left > 0 && plan.mode !== 'field')
    stderr.write(
      `left out: ${count(left, 'shared change')} (--include-shared takes ${left === 1 ? 'it' : 'them'} in)\n`,
    );
}
