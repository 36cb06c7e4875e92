import { LineCounter, type Node, parseAllDocuments } from 'yaml';
import type { Refusal } from '../domain/refusal/refusal.ts';
import { limits, textProblem } from '../tree/fields/limits.ts';
import { deliveryFault } from './variable.ts';

/** One document of a YAML file that holds something. */
export interface YamlDocument {
  readonly root: Node;
  readonly file: YamlFile;
}

/** A parsed file, and how to say what is wrong at an offset in it. */
export interface YamlFile {
  readonly path: string;
  readonly text: string;
  readonly documents: readonly YamlDocument[];
  readonly lineAt: (offset: number | undefined) => number;
  readonly fault: (offset: number | undefined, reason: string) => Refusal;
}

/** The documents of a file that are not empty. Throws delivery_invalid at the line that is no YAML. */
export function readYamlFile(path: string, text: string): YamlFile {
  const problem = text.trim() === '' ? undefined : textProblem(text);
  if (problem !== undefined) throw deliveryFault({ file: path, line: 1 }, problem);
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: true, version: '1.2' });
  const lineAt = (offset: number | undefined): number => Math.max(1, lines.linePos(offset ?? 0).line);
  const fault = (offset: number | undefined, reason: string): Refusal =>
    deliveryFault({ file: path, line: lineAt(offset) }, reason);
  const documents: YamlDocument[] = [];
  const file: YamlFile = { path, text, documents, lineAt, fault };
  // The library answers an empty stream with something that is no list.
  if (!Array.isArray(parsed)) return file;
  if (parsed.length > limits.documents)
    throw fault(0, `holds more than ${String(limits.documents)} documents`);
  for (const { errors, contents } of parsed) {
    const [error] = errors;
    if (error) throw fault(error.pos[0], error.message.replace(/ at line \d+[^]*$/, ''));
    if (contents !== null && !isEmpty(contents, text)) documents.push({ root: contents, file });
  }
  return file;
}

/** Nothing but comments between two marks. */
function isEmpty({ range }: Node, text: string): boolean {
  return range === null || range === undefined || text.slice(range[0], range[1]).trim() === '';
}
