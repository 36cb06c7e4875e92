import { Document, visit } from 'yaml';
import type { Terminal } from './terminal.ts';

// JSON escapes C0 and lone surrogates of its own; the rest of what acts on a terminal it prints as it is.
const acting = /[\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const escaped = (text: string): string =>
  text.replaceAll(acting, (found) => `\\u${(found.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);

/** Text with characters that only double quotes can hold as escapes. */
const needsQuotes = /[^\P{Cc}\n\t]|[\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

function yamlText(value: unknown): string {
  const document = new Document(value);
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && needsQuotes.test(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({ lineWidth: 0 });
}

/**
 * Prints a value for programs: indented JSON, or YAML. What would act on a terminal is written as escapes, which both
 * formats read back as what it was.
 */
export function printValue(terminal: Terminal, value: unknown, format: 'json' | 'yaml'): void {
  const text = format === 'json' ? `${JSON.stringify(value, undefined, 2)}\n` : yamlText(value);
  terminal.stdout.write(escaped(text));
}
