import { askLine } from './ask.ts';
import type { Terminal } from './terminal.ts';

/** Asks a yes-or-no question on the terminal. Anything but `y` or `yes` is no: Enter, Ctrl-C and Ctrl-D too. */
export async function askYes(terminal: Terminal, question: string): Promise<boolean> {
  const answer = await askLine(terminal, `${question} [y/N] `);
  return answer !== undefined && /^\s*y(es)?\s*$/i.test(answer);
}
