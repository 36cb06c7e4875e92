import { createInterface } from 'node:readline';
import type { Terminal } from './terminal.ts';

/** Asks a yes-or-no question on the terminal. Anything but `y` or `yes` is no: Enter, Ctrl-C and Ctrl-D too. */
export function askYes({ stdin, stderr }: Terminal, question: string): Promise<boolean> {
  const asking = createInterface({ input: stdin, output: stderr, terminal: true, historySize: 0 });
  return new Promise((resolve) => {
    // Ctrl-C and Ctrl-D leave the cursor behind the question.
    const stop = (): void => {
      asking.off('close', stop);
      asking.close();
      stderr.write('\n');
      resolve(false);
    };
    asking.once('SIGINT', stop);
    asking.once('close', stop);
    asking.question(`${question} [y/N] `, (answer) => {
      asking.off('close', stop);
      asking.close();
      resolve(/^\s*y(es)?\s*$/i.test(answer));
    });
  });
}
