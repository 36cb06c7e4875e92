import { parseAddress, unescapeStep } from './address.ts';
import { alignDocuments } from './align.ts';
import type { FieldRefusal, SpliceResult } from './change.ts';
import { childAt, pathOf } from './edit-plan.ts';
import { readText, type FieldText } from './field-text.ts';
import { flowText } from './flow-text.ts';
import { behind, collection, type FieldChild, type FieldNode } from './node.ts';
import { createInterner } from './node-builder.ts';
import { spliceFields } from './splice.ts';
import { type Wished, type WritingStyle, wishedValue, writeKey, writeValue } from './wished-value.ts';

/** One field, by its address inside the file, and what it is to become. */
export interface FieldWish {
  readonly address: string;
  readonly wished: Wished;
}

/**
 * The text with exactly these fields as wished, every other byte kept. A key that is not there is added where the
 * mapping around it is; quotes that stand round a value stay. All or nothing, and proven like any splice. Never throws.
 */
export function setFields(current: string, wishes: readonly FieldWish[]): SpliceResult {
  const addresses = wishes.map(({ address }) => address);
  const result = readText(current, createInterner());
  if (result.kind === 'opaque')
    return {
      kind: 'refused',
      refusals: addresses.map((address) => ({ address, reason: result.reason })),
    };
  const json = /^\s*[{[]/.test(current);
  const changes: Changes = {
    read: result.read,
    json,
    values: new Map(),
    removed: new Set(),
    added: new Map(),
  };
  const refusals: FieldRefusal[] = [];
  for (const { address, wished } of wishes) {
    const reason = note(changes, address, wished);
    if (reason !== undefined) refusals.push({ address, reason });
  }
  if (refusals.length > 0) return { kind: 'refused', refusals };
  return spliceFields(current, targetOf(changes), addresses);
}

/** What is to become of the fields of one text. `added` holds new entries of a mapping, as they are written. */
interface Changes {
  readonly read: FieldText;
  readonly json: boolean;
  readonly values: Map<FieldChild, string>;
  readonly removed: Set<FieldChild>;
  readonly added: Map<FieldNode, string[]>;
}

/** Notes one wish; returns why it cannot be. */
function note(changes: Changes, address: string, wished: Wished): string | undefined {
  const parsed = parseAddress(address);
  if (parsed.kind === 'malformed') return parsed.reason;
  const { mark, steps } = parsed.address;
  const documents = alignDocuments(changes.read, changes.read) ?? [];
  const document = documents.find(({ step }) => step === mark)?.after;
  if (!document) return 'the file has no such document';
  let parent = document.root;
  if (steps.length === 0) return 'it is the whole document; send the whole file';
  for (const [index, step] of steps.slice(0, -1).entries()) {
    const next = childAt(parent, step);
    if (!next) return `the file does not have ${pathOf([mark, ...steps.slice(0, index + 1)])}`;
    parent = next;
  }
  return noteChild(changes, parent, steps.at(-1) ?? '', wished);
}

function noteChild(changes: Changes, parent: FieldChild, step: string, wished: Wished): string | undefined {
  const { read, json, values, removed, added } = changes;
  const child = childAt(parent, step);
  const value = wishedValue(wished, child?.node);
  if (child && value === undefined) removed.add(child);
  else if (child && value !== undefined)
    values.set(child, writeValue(value, styleOf(read.text, child.node, json)));
  else if (value !== undefined) {
    if (collection(parent.node)?.kind !== 'map')
      return 'only a mapping takes a new key; set the whole list instead';
    const style = { json, quote: undefined };
    const entry = `${writeKey(unescapeStep(step), style)}: ${writeValue(value, style)}`;
    const real = behind(parent.node);
    added.set(real, [...(added.get(real) ?? []), entry]);
  } else return 'the file does not have it';
  return undefined;
}

function styleOf(text: string, node: FieldNode, json: boolean): WritingStyle {
  const real = behind(node);
  const first = real.kind === 'scalar' && real.style === 'quoted' ? text[real.start] : undefined;
  return { json, quote: first === '"' || first === "'" ? first : undefined };
}

/** A text that says the same with the wishes in it, one line for each document; only the wished parts are taken over. */
const targetOf = (changes: Changes): string =>
  changes.read.documents.map(({ root }) => `---\n${written(changes, root.node)}\n`).join('');

function written(changes: Changes, node: FieldNode): string {
  const real = behind(node);
  const { text } = changes.read;
  if (real.kind === 'scalar') return flowText(text, real);
  const kept = real.children.filter((child) => !changes.removed.has(child));
  const parts = kept.map((child) => {
    const value = changes.values.get(child) ?? written(changes, child.node);
    return real.kind === 'map' ? `${keyText(text, child)}: ${value}` : value;
  });
  const all = [...parts, ...(changes.added.get(real) ?? [])].join(', ');
  return real.kind === 'map' ? `{${all}}` : `[${all}]`;
}

const keyText = (text: string, { place: { start, mark, marked } }: FieldChild): string =>
  text.slice(start, marked ? mark - 1 : mark).trim();
