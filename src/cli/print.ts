import { stringify } from 'yaml';
import type { Terminal } from './terminal.ts';

/** Prints a value for programs: indented JSON, or YAML. */
export function printValue(terminal: Terminal, value: unknown, format: 'json' | 'yaml'): void {
  const text =
    format === 'json' ? `${JSON.stringify(value, undefined, 2)}\n` : stringify(value, { lineWidth: 0 });
  terminal.stdout.write(text);
}
