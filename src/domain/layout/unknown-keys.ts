import { type Document, LineCounter, type Node, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { suggestion } from '../../std/nearest.ts';
import { Refusal } from '../refusal/refusal.ts';

/** A key or an index on the way to a value. */
export type KeyPath = readonly (string | number)[];

/** `:3` for a key that stands in the third line; nothing where no line is known. */
export type LineOf = (path: KeyPath) => string;

/** A document of YAML, and in which lines its keys stand. */
export interface LocatedDocument {
  readonly document: Document.Parsed;
  readonly lineOf: LineOf;
}

/** Parses a text of one document; its errors are in the document. */
export function parseLocated(text: string): LocatedDocument {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { prettyErrors: true, lineCounter });
  const lineOf: LineOf = (path) => {
    const offset = offsetOf(document, path);
    return offset === undefined ? '' : `:${lineCounter.linePos(offset).line}`;
  };
  return { document, lineOf };
}

function offsetOf(document: Document, path: KeyPath): number | undefined {
  let at: unknown = document.contents;
  let offset: number | undefined;
  for (const step of path) {
    const node: unknown = isAlias(at) ? at.resolve(document) : at;
    if (isSeq(node)) at = node.items[Number(step)];
    else if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
      offset = (pair?.key as Node | undefined)?.range?.[0];
      at = pair?.value;
    } else return undefined;
  }
  return offset;
}

/** Where a mapping of knowngood.yaml stands, and which keys it may have. */
export interface KnownKeys {
  readonly path: KeyPath;
  readonly known: readonly string[];
  /** What follows the key in the message, such as ` in argocd`. */
  readonly where: string;
}

/** Throws project_invalid for the first key that is none of ours, with its line and the nearest known one. */
export function refuseUnknownKeys(value: object, { path, known, where }: KnownKeys, lineOf: LineOf): void {
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const reason = `unknown key ${unknown}${where}${suggestion(unknown, known)}`;
  throw new Refusal('project_invalid', { line: lineOf([...path, unknown]), reason });
}
