import { isMapping } from '../../tree/fields/is-mapping.ts';
import {
  bracketText,
  formatAddress,
  keyStep,
  parseAddress,
  unescapeStep,
} from '../../tree/fields/address.ts';
import { changedFields } from '../../tree/fields/changes.ts';
import type { FieldChange, FieldValue } from '../../tree/fields/change.ts';
import { readText } from '../../tree/fields/field-text.ts';
import { createInterner } from '../../tree/fields/node-builder.ts';
import { shortForm } from '../../tree/fields/short-form.ts';
import { valueOf } from '../../tree/fields/value.ts';
import { type PinMark, readPinMark } from './pin-mark.ts';

/** A pin as a file holds it. */
export interface FoundPin extends PinMark {
  /** In the file: `#/LOG_LEVEL`. */
  readonly address: string;
  /** The short form people type. */
  readonly name: string;
  readonly value: FieldValue;
  /** Counts from 1. */
  readonly line: number;
}

/** Pins of one file that are looked for; a file with more is none of ours. */
const mostPins = 500;

/** The pins in the text of a file: fields on a line with the comment, whose removal takes them away. */
export function findPins(text: string): readonly FoundPin[] {
  if (!text.includes('# knowngood pin:')) return [];
  const lines = text.split('\n');
  const marked = lines.flatMap((line, index) => {
    const mark = readPinMark(line);
    return mark ? [{ index, mark }] : [];
  });
  return marked.slice(0, mostPins).flatMap(({ index, mark }) => {
    const rest = lines.toSpliced(index, 1).join('\n');
    const found = changedFields(/^[ \t]*[^#\s]/m.test(rest) ? rest : '{}\n', text);
    const [only, second] = found.kind === 'fields' ? found.changes : [];
    if (!only || second || only.after === undefined) return [];
    const place =
      only.before === undefined ? placeOf(only) : only.before === null ? emptied(text, only) : undefined;
    return place ? [{ ...mark, ...place, line: index + 1 }] : [];
  });
}

type Place = Pick<FoundPin, 'address' | 'name' | 'value'>;

const placeOf = ({ address, short, after }: FieldChange): Place => ({
  address,
  name: short,
  value: after ?? null,
});

/**
 * Without its only entry a key says nothing, so both go away together, with all keys above that hold nothing else. What
 * it is called is the entry itself.
 */
function emptied(text: string, { address, after = null }: FieldChange): Place | undefined {
  const parsed = parseAddress(address);
  if (parsed.kind === 'malformed') return undefined;
  const { mark, steps } = parsed.address;
  const entry = entryIn(steps, after);
  if (entry.steps.length === steps.length) return undefined;
  const root = onlyDocument(text);
  const alone = steps.findIndex((_, depth) =>
    isAlone(root, steps.slice(0, depth + 1), steps.slice(depth + 1)),
  );
  const outer = steps.slice(0, alone < 0 ? steps.length : alone + 1);
  return {
    address: formatAddress({ mark, steps: outer }),
    name: shortForm(mark, entry.steps),
    value: entry.value,
  };
}

function onlyDocument(text: string): FieldValue | undefined {
  const result = readText(text, createInterner());
  const [only, second] = result.kind === 'read' ? result.read.documents : [];
  return only && !second ? valueOf(only.root.node) : undefined;
}

/** Whether what stands at `path` holds nothing but one key below the other, along `rest`. */
function isAlone(root: FieldValue | undefined, path: readonly string[], rest: readonly string[]): boolean {
  let value = root;
  for (const step of path) value = isMapping(value) ? value[unescapeStep(step)] : undefined;
  for (const step of rest) {
    if (!isMapping(value) || Object.keys(value).length !== 1) return false;
    value = value[unescapeStep(step)];
  }
  return value !== undefined;
}

interface Entry {
  readonly steps: readonly string[];
  readonly value: FieldValue;
}

/** The one entry of a value that holds one alone: a named item of a list, or the innermost key. */
function entryIn(steps: readonly string[], value: FieldValue): Entry {
  if (Array.isArray(value)) {
    const [only, second] = value as readonly FieldValue[];
    const name = isMapping(only) ? only['name'] : undefined;
    if (only === undefined || second !== undefined || typeof name !== 'string') return { steps, value };
    return { steps: [...steps, `[name=${bracketText(name)}]`], value: only };
  }
  const [only, second] = isMapping(value) ? Object.entries(value) : [];
  return only && !second ? entryIn([...steps, keyStep(only[0])], only[1]) : { steps, value };
}
