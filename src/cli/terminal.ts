import type { Readable, Writable } from 'node:stream';

/**
 * Room `cli`: commands, their words and what they print. It must never know Git objects, the process or its
 * environment variables but through this value, which `bin` makes from the real process and tests make by hand.
 *
 * After a reader has gone (`history | head`) writes to `stdout` are dropped; long loops may stop when
 * `stdout.writable` turns false.
 */
export interface Terminal {
  readonly stdin: Readable;
  /** Data: what a person or a program asked for. */
  readonly stdout: Writable;
  /** Everything else: progress, previews before a question, errors. */
  readonly stderr: Writable;
  /** Somebody is there to answer a question: stdin and stderr are a terminal. */
  readonly interactive: boolean;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  /** Width of the terminal in characters. */
  readonly columns: number;
  /** Colours may be used on stdout: it is a terminal and nobody objected. */
  readonly colour: boolean;
  /** The same for stderr. */
  readonly errorColour: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path that relative paths start from. */
  readonly cwd: string;
}
