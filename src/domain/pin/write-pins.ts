import { changedFields } from '../../tree/fields/changes.ts';
import { spliceFields } from '../../tree/fields/splice.ts';
import type { PinEntry, Unpinned } from './pin.ts';
import { pinMark, readPinMark } from './pin-mark.ts';

/** The text of one file with pins in it, and those that it cannot take. */
export interface WrittenPins {
  readonly text: string | undefined;
  readonly written: readonly PinEntry[];
  readonly unpinned: readonly Unpinned[];
}

/**
 * Writes pins of the rollback to `target` into the text of a file, or into a new one; every other byte is kept. A pin
 * that cannot be told from other fields afterwards is not written.
 */
export function writePins(text: string | undefined, pins: readonly PinEntry[], target: string): WrittenPins {
  let now = text;
  const written: PinEntry[] = [];
  const unpinned: Unpinned[] = [];
  for (const pin of pins) {
    const next = writePin(now, pin, target);
    if (next.kind === 'text') {
      now = next.text;
      written.push(pin);
    } else unpinned.push({ service: pin.service, name: pin.name, reason: next.reason });
  }
  return { text: now, written, unpinned };
}

type Outcome =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'refused'; readonly reason: string };

function writePin(text: string | undefined, pin: PinEntry, target: string): Outcome {
  const entry = `${pin.entry} ${pinMark({ target, shared: pin.shared })}\n`;
  if (text === undefined || isEmpty(text)) return { kind: 'text', text: after(text ?? '', entry) };
  const result = spliceFields(text, entry, [placeOf(text, entry, pin)]);
  if (result.kind === 'refused') {
    const reason = result.refusals[0]?.reason ?? 'it cannot be edited';
    return { kind: 'refused', reason: `${pin.file}: ${reason}` };
  }
  const marks = (of: string): number => of.split('\n').filter((line) => readPinMark(line)).length;
  if (marks(result.text) > marks(text)) return result;
  return { kind: 'refused', reason: `${pin.file} has no place for a comment; write one entry per line` };
}

/** The address of the outermost layer of a pin that the text lacks: a list of entries may not be there at all. */
function placeOf(text: string, entry: string, { address }: PinEntry): string {
  const found = changedFields(text, entry);
  if (found.kind === 'opaque') return address;
  const lacking = found.changes.filter(({ before }) => before === undefined || before === null);
  return (
    lacking.find((one) => address === one.address || address.startsWith(`${one.address}/`))?.address ??
    address
  );
}

/** Nothing but comments and empty lines. */
const isEmpty = (text: string): boolean => text.split('\n').every((line) => /^\s*(?:#.*)?$/.test(line));

const after = (text: string, entry: string): string =>
  text === '' || text.endsWith('\n') ? `${text}${entry}` : `${text}\n${entry}`;

/** Whether two texts of a file say the same, apart from comments. */
export function saysTheSame(one: string | undefined, other: string | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined) return false;
  const found = changedFields(one, other);
  return found.kind === 'fields' && found.changes.length === 0;
}
