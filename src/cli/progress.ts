import { printable } from './printable.ts';
import { cut } from './table.ts';
import type { Terminal } from './terminal.ts';

/** A line on stderr that replaces itself while something takes time. Nothing is shown where stderr is no terminal. */
export interface Progress extends Disposable {
  readonly show: (text: string) => void;
}

const WAIT_MS = 400;

/**
 * Starts a progress line that appears only once the work has taken a moment. Disposing clears it. Git or ssh may ask
 * for a password while a remote is reached: with `remote` nothing is drawn over that question, until the first `show`.
 */
export function startProgress(terminal: Terminal, text: string, remote = false): Progress {
  if (!terminal.stderrIsTerminal) return { show: () => undefined, [Symbol.dispose]: () => undefined };
  let latest = text;
  let shown = false;
  const draw = () => {
    shown = true;
    terminal.stderr.write(`\r\u001B[2K${cut(printable(latest), terminal.columns - 1)}`);
  };
  let timer = remote && terminal.interactive ? undefined : setTimeout(draw, WAIT_MS);
  return {
    show: (next) => {
      latest = next.trim() || latest;
      timer ??= setTimeout(draw, WAIT_MS);
      if (shown) draw();
    },
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      if (shown) terminal.stderr.write('\r\u001B[2K');
    },
  };
}
