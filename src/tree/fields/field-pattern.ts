import { formatAddress, parseAddress, parseIdentityStep, unescapeStep } from './address.ts';
import { alignChildren, alignDocuments } from './align.ts';
import { readText } from './field-text.ts';
import type { FieldChild } from './node.ts';
import { createInterner } from './node-builder.ts';

/** A pattern under way: the positions in its steps that the steps so far may have reached. */
type Reached = ReadonlySet<number>;

// `*` is one step and `**` any number of them; a list item answers to its identity, bracketed or bare.

/** True when a pattern such as `/spec/replicas` names this field, or one that it lies in, in any document. */
export function matchesFieldPattern(pattern: string, address: string): boolean {
  const wanted = stepsOf(pattern);
  const parsed = parseAddress(address);
  if (!wanted || parsed.kind === 'malformed') return false;
  let reached = start(wanted);
  if (reached.has(wanted.length)) return true;
  for (const step of parsed.address.steps) {
    reached = advance(wanted, reached, step);
    if (reached.has(wanted.length)) return true;
  }
  return false;
}

/** The addresses of all fields in a text that a pattern names; a field that is named hides those inside it. */
export function fieldsMatching(text: string, pattern: string): readonly string[] {
  const wanted = stepsOf(pattern);
  const read = readText(text, createInterner());
  if (!wanted || read.kind === 'opaque') return [];
  const found: string[] = [];
  for (const { step, after } of alignDocuments(read.read, read.read) ?? [])
    if (after) collect({ wanted, mark: step, found }, after.root, [], start(wanted));
  return found;
}

interface Collecting {
  readonly wanted: readonly string[];
  readonly mark: string;
  readonly found: string[];
}

function collect(
  collecting: Collecting,
  field: FieldChild,
  steps: readonly string[],
  reached: Reached,
): void {
  const { wanted, mark, found } = collecting;
  if (reached.has(wanted.length)) {
    found.push(formatAddress({ mark, steps }));
    return;
  }
  if (reached.size === 0) return;
  for (const { step, after } of alignChildren(field, field) ?? [])
    if (after) collect(collecting, after, [...steps, step], advance(wanted, reached, step));
}

const stepsOf = (pattern: string): readonly string[] | undefined =>
  pattern.startsWith('/') && pattern.length <= 1024 ? pattern.slice(1).split('/') : undefined;

const start = (wanted: readonly string[]): Reached => closure(wanted, [0]);

function advance(wanted: readonly string[], reached: Reached, step: string): Reached {
  const next = [...reached].flatMap((at) => {
    const part = wanted[at];
    if (part === '**') return [at];
    return part !== undefined && fits(part, step) ? [at + 1] : [];
  });
  return closure(wanted, next);
}

/** `**` may stand for no step at all. */
function closure(wanted: readonly string[], positions: readonly number[]): Reached {
  const all = new Set<number>();
  for (const position of positions) {
    all.add(position);
    for (let at = position; wanted[at] === '**'; at += 1) all.add(at + 1);
  }
  return all;
}

function fits(part: string, step: string): boolean {
  if (part === '*' || part === step) return true;
  const identity = parseIdentityStep(step);
  const text = unescapeStep(part);
  if (!identity) return text === unescapeStep(step);
  return identity.text === text || (identity.fields.length === 1 && identity.fields[0]?.[1] === text);
}
