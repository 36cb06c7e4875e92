import { Writable } from 'node:stream';
import { createInterface } from 'node:readline';
import type { Terminal } from './terminal.ts';

/** Asks for one line on the terminal. `undefined` when Ctrl-C or Ctrl-D was the answer, or nobody needs one any more. */
export const askLine = (
  terminal: Terminal,
  question: string,
  signal?: AbortSignal,
): Promise<string | undefined> => ask(terminal, question, { output: terminal.stderr, signal });

/** The same for a secret: what is typed is not shown. */
export async function askSecret(terminal: Terminal, question: string): Promise<string | undefined> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const asked = ask(terminal, '', { output: nowhere });
  // Only now does the terminal show no keys: who is fast may begin to type as soon as the question is there.
  terminal.stderr.write(question);
  const answer = await asked;
  // The Enter was not shown either. After Ctrl-C the line is ended already.
  if (answer !== undefined) terminal.stderr.write('\n');
  return answer;
}

interface Asking {
  readonly output: Terminal['stderr'];
  readonly signal?: AbortSignal | undefined;
}

function ask(
  { stdin, stderr }: Terminal,
  question: string,
  { output, signal }: Asking,
): Promise<string | undefined> {
  const asking = createInterface({ input: stdin, output, terminal: true, historySize: 0 });
  return new Promise((resolve) => {
    // Ctrl-C and Ctrl-D leave the cursor behind the question.
    const stop = (): void => {
      asking.off('close', stop);
      asking.close();
      stderr.write('\n');
      resolve(undefined);
    };
    asking.once('SIGINT', stop);
    signal?.addEventListener('abort', stop, { once: true });
    asking.once('close', stop);
    asking.question(question, (answer) => {
      asking.off('close', stop);
      signal?.removeEventListener('abort', stop);
      asking.close();
      resolve(answer);
    });
  });
}
