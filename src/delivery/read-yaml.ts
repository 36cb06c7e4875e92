import { type Node, type Pair, type Scalar, isAlias, isMap, isScalar, isSeq, visit } from 'yaml';
import { invariant } from '../std/invariant.ts';
import { limits } from '../tree/fields/limits.ts';
import type { FieldValue } from '../tree/fields/change.ts';
import { fillText } from './effective-variables.ts';
import type { Placeholder } from './placeholder.ts';
import type { At, VariableValue } from './variable.ts';
import type { YamlDocument, YamlFile } from './yaml-file.ts';

/** A value of a YAML file with the place where it is written, its placeholders filled. */
export type ReadValue = ReadScalar | ReadSecret | ReadList | ReadMapping;

export interface ReadScalar {
  readonly kind: 'scalar';
  readonly at: At;
  readonly value: string | number | boolean | null;
  /** As it is written, so that `1.10` stays `1.10`. */
  readonly text: string;
}

/** What a placeholder stood for that names a secret variable. */
export interface ReadSecret {
  readonly kind: 'secret';
  readonly at: At;
  readonly name: string;
  readonly key: string;
}

export interface ReadList {
  readonly kind: 'list';
  readonly at: At;
  readonly items: readonly ReadValue[];
}

export interface ReadEntry {
  readonly at: At;
  readonly value: ReadValue;
}

export interface ReadMapping {
  readonly kind: 'mapping';
  readonly at: At;
  readonly entries: ReadonlyMap<string, ReadEntry>;
}

/** Gives the value of a placeholder, or throws a fault that names the place. */
export type Fill = (placeholder: Placeholder, at: At) => VariableValue;

interface Reading {
  readonly file: YamlFile;
  readonly fill: Fill;
  readonly root: Node;
  /** Found when the first alias asks for them. */
  anchors?: ReadonlyMap<string, readonly Node[]>;
  depth: number;
  left: number;
}

/** Reads a document, fills its placeholders and writes its aliases out. Throws delivery_invalid with file and line. */
export const readYaml = ({ root, file }: YamlDocument, fill: Fill): ReadValue =>
  readNode(root, { file, fill, root, depth: 0, left: limits.unfolded });

const offsetOf = (node: Node | null): number | undefined => node?.range?.[0];

function readNode(node: Node | null, reading: Reading): ReadValue {
  const { file } = reading;
  const offset = offsetOf(node);
  const at = { file: file.path, line: file.lineAt(offset) };
  reading.left -= 1;
  if (reading.left < 0 || reading.depth > limits.depth)
    throw file.fault(offset, 'is nested too deeply, or too large once its aliases are written out');
  if (node === null) return { kind: 'scalar', at, value: null, text: '' };
  reading.depth += 1;
  try {
    if (isAlias(node)) return readNode(anchorOf(node.source, reading, offset), reading);
    if (isMap<Node, Node | null>(node)) return readMapping(node.items, reading, { at, offset });
    if (isSeq<Node | null>(node))
      return { kind: 'list', at, items: node.items.map((item) => readNode(item, reading)) };
    invariant(isScalar(node), 'YAML has aliases, mappings, sequences and scalars');
    return readScalar(node, reading, at);
  } finally {
    reading.depth -= 1;
  }
}

/** The anchored node above an alias; where a name is given twice, the nearest. */
function anchorOf(name: string, reading: Reading, offset = 0): Node {
  reading.anchors ??= anchorsIn(reading.root);
  const found = reading.anchors.get(name)?.findLast((node) => (offsetOf(node) ?? 0) < offset);
  if (!found) throw reading.file.fault(offset, `the alias *${name} has no anchor before it`);
  return found;
}

function anchorsIn(root: Node): ReadonlyMap<string, readonly Node[]> {
  const found = new Map<string, Node[]>();
  const note = (_key: unknown, node: Node): void => {
    if (isAlias(node) || node.anchor === undefined) return;
    const same = found.get(node.anchor);
    if (same) same.push(node);
    else found.set(node.anchor, [node]);
  };
  visit(root, { Node: note });
  return found;
}

interface Mapping {
  readonly at: At;
  readonly offset: number | undefined;
}

const lone = /^\{\{\s*hq\b[^{}]*\}\}/;

function readMapping(
  items: readonly Pair<Node, Node | null>[],
  reading: Reading,
  { at, offset }: Mapping,
): ReadMapping {
  const { file } = reading;
  const found = lone.exec(file.text.slice(offset, (offset ?? 0) + 200))?.[0];
  if (found !== undefined)
    throw file.fault(offset, `YAML reads ${found} as a mapping; write "${found}", in quotes`);
  const entries = new Map<string, ReadEntry>();
  const merged = new Map<string, ReadEntry>();
  for (const { key, value } of items) {
    const name = keyOf(key, file);
    const keyAt = { file: file.path, line: file.lineAt(offsetOf(key)) };
    const read = readNode(value, reading);
    if (name === '<<' && isScalar(key) && key.type === 'PLAIN') mergeInto(merged, read, file);
    else entries.set(name, { at: keyAt, value: read });
  }
  const rest = [...merged].filter(([name]) => !entries.has(name));
  return { kind: 'mapping', at, entries: rest.length === 0 ? entries : new Map([...rest, ...entries]) };
}

function keyOf(key: Node, file: YamlFile): string {
  if (isScalar(key) && typeof key.value === 'string' && key.value.isWellFormed()) {
    if (/\{\{\s*hq\b/.test(key.value)) throw file.fault(offsetOf(key), 'a placeholder cannot be in a key');
    return key.value;
  }
  // `8080: http` in the data of a ConfigMap: a number that is meant as a name.
  if (isScalar(key) && typeof key.value === 'number' && key.source !== undefined) return key.source;
  throw file.fault(offsetOf(key), 'a key has to be a text; put it in quotes');
}

/** What `<<` brings in; of several mappings the first counts. */
function mergeInto(merged: Map<string, ReadEntry>, value: ReadValue, file: YamlFile): void {
  for (const source of value.kind === 'list' ? value.items : [value]) {
    if (source.kind !== 'mapping')
      throw file.fault(0, `line ${value.at.line}: << takes a mapping or a list of mappings`);
    for (const [name, entry] of source.entries) if (!merged.has(name)) merged.set(name, entry);
  }
}

/** Plain scalars that Kubernetes reads as something else than YAML 1.2 does. */
const ambiguous =
  /^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF|[-+]?0[0-7_]+|0o[0-7]+|[-+]?0b[01_]+)$/;

function readScalar(node: Scalar, { file, fill }: Reading, at: At): ReadScalar | ReadSecret {
  const offset = offsetOf(node);
  const { value } = node;
  if (node.type === 'PLAIN' && node.tag === undefined && ambiguous.test(node.source ?? ''))
    throw file.fault(offset, `${node.source ?? ''} is not text to every reader of YAML; put it in quotes`);
  if (value === null || typeof value === 'boolean')
    return { kind: 'scalar', at, value, text: value === null ? '' : String(value) };
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
      throw file.fault(
        offset,
        `${node.source ?? ''} is a number that cannot be kept exactly; put it in quotes`,
      );
    return { kind: 'scalar', at, value, text: node.source ?? String(value) };
  }
  if (typeof value !== 'string') throw file.fault(offset, 'is neither text, number, true, false nor null');
  const filled = fillText(value, at, (placeholder) => fill(placeholder, at));
  if (filled.kind === 'secret') return { ...filled, at };
  if (typeof filled.value === 'string' && !filled.value.isWellFormed())
    throw file.fault(offset, 'holds half of a character, which cannot be written');
  return { kind: 'scalar', at, value: filled.value, text: filled.text };
}

/** The value without its places. A secret is what Kubernetes takes under `valueFrom`. */
export function valueOfRead(read: ReadValue): FieldValue {
  switch (read.kind) {
    case 'scalar':
      return read.value;
    case 'secret':
      return { secretKeyRef: { name: read.name, key: read.key } };
    case 'list':
      return read.items.map(valueOfRead);
    default:
      return Object.fromEntries([...read.entries].map(([key, { value }]) => [key, valueOfRead(value)]));
  }
}
