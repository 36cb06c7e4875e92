import type { CommandContext } from '../program.ts';
import { ago } from './ago.ts';

/** Says on stderr when a report was made: what it lists was true then, and perhaps not now. */
export function tellAge(
  { terminal, hub }: CommandContext,
  { reportedAt }: { readonly reportedAt: string | null },
  what: string,
): void {
  const age = reportedAt === null ? 'nothing was reported yet' : `as reported ${ago(hub, reportedAt)} ago`;
  terminal.stderr.write(`${what}, ${age}\n`);
}
