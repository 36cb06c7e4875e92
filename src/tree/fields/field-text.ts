import { Composer, Schema, type CST, type Document } from 'yaml';
import { textProblem } from './limits.ts';
import { behind, scalarAt, type FieldChild, type FieldNode } from './node.ts';
import { buildNode, UnreadableText, type Interner } from './node-builder.ts';
import { valuePlace } from './syntax.ts';
import { tokensOf } from './tokens.ts';

/** One document of a text. Documents without content carry no fields and are not listed. */
export interface FieldDocument {
  readonly root: FieldChild;
  /** Where its `---` stands, or its first character. */
  readonly start: number;
  readonly headed: boolean;
  /** Names of a Kubernetes object, shortest first; empty when it is none, or when a word would not fit an address. */
  readonly names: readonly string[];
  readonly sealed: boolean;
}

export interface FieldText {
  readonly text: string;
  readonly documents: readonly FieldDocument[];
  /** All documents as one list, so that a document is a field like any other. */
  readonly stream: FieldChild;
}

export type ReadText =
  { readonly kind: 'read'; readonly read: FieldText } | { readonly kind: 'opaque'; readonly reason: string };

// Every scalar stays text here: we compare sources under two schemas ourselves. One schema for all documents, because
// making one costs more than a small document.
const options = {
  schema: new Schema({ schema: 'failsafe', resolveKnownTags: false }),
  keepSourceTokens: true,
  uniqueKeys: false,
  logLevel: 'silent',
} as const;

/** Reads a text into documents with positions, or says why its fields cannot be told apart. Never throws. */
export function readText(text: string, intern: Interner): ReadText {
  const problem = textProblem(text);
  if (problem !== undefined) return opaque(problem);
  const stream = tokensOf(text);
  if (stream.kind === 'problem') return opaque(stream.reason);
  try {
    const documents = buildDocuments(text, stream.tokens, intern);
    if (documents.length === 0) return opaque('the file has no content');
    if (documents.some(({ root }) => behind(root.node).kind === 'scalar'))
      return opaque('the file is plain text, not fields');
    return { kind: 'read', read: { text, documents, stream: streamOf(text, documents) } };
  } catch (error) {
    if (error instanceof UnreadableText) return opaque(explain(text, error.message));
    throw error;
  }
}

function streamOf(text: string, documents: readonly FieldDocument[]): FieldChild {
  const end = text.length;
  const children = documents.map(({ root }) => root);
  const weight = children.reduce((sum, { node }) => sum + node.weight, 1);
  const node = {
    kind: 'list',
    flow: false,
    children,
    atomic: false,
    id: -1,
    weight,
    start: 0,
    end,
    anchor: undefined,
    tag: undefined,
  } as const;
  return {
    key: '',
    keyId: 0,
    node,
    place: { start: 0, mark: 0, valueStart: 0, valueEnd: end, marked: true },
  };
}

const opaque = (reason: string): ReadText => ({ kind: 'opaque', reason });

function explain(text: string, reason: string): string {
  return text.includes('{{') ? `the file is a template ({{ … }}), not YAML by itself: ${reason}` : reason;
}

function buildDocuments(text: string, tokens: readonly CST.Token[], intern: Interner): FieldDocument[] {
  const sources = tokens.filter((token) => token.type === 'document');
  const composed = [...new Composer(options).compose(tokens)];
  const documents: FieldDocument[] = [];
  for (const [index, document] of composed.entries()) {
    const error = document.errors[0];
    if (error)
      throw new UnreadableText(`not valid YAML: ${error.message} (line ${lineOf(text, error.pos[0])})`);
    const source = sources[index];
    if (!source) throw new UnreadableText('a document could not be matched with its source');
    if (source.value) documents.push(buildDocument(text, source, document, intern));
  }
  return documents;
}

function buildDocument(
  text: string,
  source: CST.Document,
  document: Document,
  intern: Interner,
): FieldDocument {
  const building = { text, intern, anchors: new Map() };
  const node = buildNode(building, document.contents);
  const header = source.start.find((part) => part.type === 'doc-start');
  const behindHeader = source.start.filter((part) => part !== header);
  const place = valuePlace(source.value?.offset ?? node.start, behindHeader, source, node.end);
  const root = {
    key: '',
    keyId: 0,
    node,
    place: { ...place, mark: place.valueStart, start: place.valueStart, marked: true },
  };
  const kind = scalarAt(node, ['kind']);
  const sealed = scalarAt(node, ['sops', 'mac']) !== undefined;
  return {
    root,
    start: header?.offset ?? source.offset,
    headed: header !== undefined,
    names: namesOf(kind, node),
    sealed,
  };
}

/** `Kind/name`, then with the namespace, then with the API group: enough to tell a Role from its namesake. */
function namesOf(kind: string | undefined, node: FieldNode): readonly string[] {
  const name = scalarAt(node, ['metadata', 'name']);
  if (kind === undefined || name === undefined) return [];
  const namespace = scalarAt(node, ['metadata', 'namespace']) ?? '-';
  const group = (scalarAt(node, ['apiVersion']) ?? '').split('/', 2);
  const fullKind = group.length === 2 ? `${kind}.${group[0]}` : kind;
  const names = [`${kind}/${name}`, `${kind}/${namespace}/${name}`, `${fullKind}/${namespace}/${name}`];
  return names.every((one) => /^[A-Za-z0-9.:_-]+(?:\/[A-Za-z0-9.:_-]+){1,2}$/.test(one)) ? names : [];
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
