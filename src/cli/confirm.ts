import { confirm, isCancel } from '@clack/prompts';
import type { Terminal } from './terminal.ts';

/** Asks a yes-or-no question on the terminal; No and Ctrl-C are both no. */
export async function askYes(terminal: Terminal, question: string): Promise<boolean> {
  const answer = await confirm({
    message: question,
    initialValue: false,
    input: terminal.stdin,
    output: terminal.stderr,
  });
  return !isCancel(answer) && answer;
}
