import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';
import { Refusal } from '../domain/refusal/refusal.ts';
import { type LogSink, withoutSecrets } from '../http/request-log.ts';

/** The log of a server: one JSON object per line, without what looks like a secret. */
export interface ServerLog {
  readonly sink: LogSink;
  readonly info: (message: string, facts?: Facts) => void;
  /** Also what caused the error, and what caused that. */
  readonly error: (message: string, error: unknown, facts?: Facts) => void;
  readonly close: () => void;
}

type Facts = Readonly<Record<string, unknown>>;

/** Bytes after which a log file becomes `….1`, in place of the one before. */
const longest = 64 * 1024 * 1024;
/** As the lines of requests have them. */
const levels = { debug: 20, info: 30, warn: 40, error: 50, silent: 99 } as const;

/** Opens the log at a path, or stdout for `-`. Lines are written at once: those before a crash count most. */
export function openServerLog(path: string, level: LogSink['level']): ServerLog {
  const { write, close } = path === '-' ? standardOutput : logFile(path);
  const line = (at: 'info' | 'error', facts: Facts): void => {
    if (levels[at] < levels[level]) return;
    const text = JSON.stringify({ level: levels[at], time: Date.now(), pid: process.pid, ...facts });
    write(`${withoutSecrets(text)}\n`);
  };
  return {
    sink: { level, write },
    info: (message, facts) => line('info', { ...facts, msg: message }),
    error: (message, error, facts) => line('error', { ...facts, err: errorFacts(error), msg: message }),
    close,
  };
}

interface Lines {
  readonly write: (line: string) => void;
  readonly close: () => void;
}

const standardOutput: Lines = {
  write: (line) => void process.stdout.write(line),
  close: () => undefined,
};

function logFile(path: string): Lines {
  const open = (): number => {
    try {
      return openSync(path, 'a', 0o600);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Refusal('data_unusable', { path, reason });
    }
  };
  // Undefined after the end: its number may by then be that of another file.
  let file: number | undefined = open();
  let { size } = fstatSync(file);
  const close = (): void => {
    if (file !== undefined) closeSync(file);
    file = undefined;
  };
  const startAnew = (): void => {
    close();
    renameSync(path, `${path}.1`);
    file = open();
    size = 0;
  };
  return {
    write: (line) => {
      if (file === undefined) return;
      try {
        size += writeSync(file, line);
        if (size > longest) startAnew();
      } catch {
        // A full disk must not take the server with it; what matters is in the audit log.
      }
    },
    close,
  };
}

function errorFacts(error: unknown): Facts {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name: type, message, stack, cause } = error;
  return { type, message, stack, ...(cause === undefined ? {} : { cause: errorFacts(cause) }) };
}
