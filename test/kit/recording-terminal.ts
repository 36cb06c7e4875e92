import { Readable, Writable } from 'node:stream';
import type { Terminal } from '../../src/cli/terminal.ts';

/** A terminal for commands run inside the test's own process; it remembers what was written. */
export interface RecordingTerminal extends Terminal {
  readonly output: () => string;
  readonly errors: () => string;
}

/** Not interactive, 80 columns, no colour, empty environment, unless told otherwise; `input` is what stdin holds. */
export function recordingTerminal(
  overrides: Partial<Terminal> & { readonly input?: string } = {},
): RecordingTerminal {
  const recorder = () => {
    const chunks: string[] = [];
    const stream = new Writable({
      decodeStrings: false,
      write(chunk, _, done) {
        chunks.push(String(chunk));
        done();
      },
    });
    return { stream, text: () => chunks.join('') };
  };
  const stdout = recorder();
  const stderr = recorder();
  const { input, ...rest } = overrides;
  return {
    stdin: Readable.from(input === undefined ? [] : [input]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    interactive: false,
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    columns: 80,
    colour: false,
    errorColour: false,
    env: {},
    cwd: process.cwd(),
    ...rest,
    output: stdout.text,
    errors: stderr.text,
  };
}
