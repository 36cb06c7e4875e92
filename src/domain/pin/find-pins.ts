import { changedFields } from '../../tree/fields/changes.ts';
import type { FieldValue } from '../../tree/fields/change.ts';
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
    if (!only || second || only.before !== undefined || only.after === undefined) return [];
    return [{ ...mark, address: only.address, name: only.short, value: only.after, line: index + 1 }];
  });
}
