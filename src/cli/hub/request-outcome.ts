import type { Request } from '../../contract/request.ts';
import type { OutputFormat } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { CommandContext } from '../program.ts';
import { outputStyle } from '../style.ts';
import { approvalsText } from './outlook-lines.ts';
import { stateText } from './request-text.ts';
import { codeAfterWait, codeOfState, shortId, verificationText, whereText } from './request-words.ts';

/** What is known to come next, in words. */
function nextText(request: Request): string {
  const { state, approvers, commit, id, error } = request;
  switch (state) {
    case 'pending':
      return `waiting for ${approvalsText(request, approvers)}; they can: knowngood approve ${id}`;
    case 'approved':
      return `to carry it out: knowngood execute ${id}`;
    case 'completed':
      return `commit ${shortId(commit)}; to take it back: knowngood undo ${shortId(commit)}`;
    case 'failed':
      return `${error?.message ?? 'it failed'}${error?.retryable ? `; to try again: knowngood execute ${id}` : ''}`;
    default:
      return '';
  }
}

/** How it is told. */
interface Reporting {
  readonly output: OutputFormat | undefined;
  readonly wanted?: Request['state'];
  /** It was waited for: then 0 says that its clusters proved it, where there are any. */
  readonly waited?: boolean | undefined;
}

/**
 * Prints on stdout what became of a request by a command, and chooses the exit code: 8 while it waits for approval,
 * 1 where nothing came of it. `wanted` is the end that the command was for.
 */
export function reportRequest(
  { terminal, finish }: Pick<CommandContext, 'terminal' | 'finish'>,
  request: Request,
  { output, wanted, waited }: Reporting,
): void {
  finish(waited ? codeAfterWait(request) : codeOfState(request.state, wanted));
  if (output === 'json' || output === 'yaml') return printValue(terminal, request, output);
  if (output === 'name') return void terminal.stdout.write(`${printable(request.id)}\n`);
  const style = outputStyle(terminal);
  const next = nextText(request);
  const state = stateText(request.state, style);
  terminal.stdout.write(`${printable(request.id)} ${state}: ${printable(whereText(request))}\n`);
  for (const line of [verificationText(request), next].filter((text) => text !== ''))
    terminal.stdout.write(`  ${printable(line)}\n`);
  return undefined;
}
