import { alignDocuments } from './align.ts';
import { readText } from './field-text.ts';
import { createInterner } from './node-builder.ts';

/**
 * An address that tells its document by number, from 0 on, with the mark that this document has in a change between two
 * texts: `@1#/spec` is `@Deployment/api#/spec`. As it is where the number means two documents, or none. Never throws.
 */
export function markedAddress(address: string, before: string, after: string): string {
  const [typed, number] = /^@(0|[1-9]\d{0,8})(?=#)/.exec(address) ?? [];
  if (typed === undefined) return address;
  const intern = createInterner();
  const [a, b] = [readText(before, intern), readText(after, intern)];
  if (a.kind === 'opaque' || b.kind === 'opaque') return address;
  const [one, other] = [a.read.documents[Number(number)], b.read.documents[Number(number)]];
  if (!one && !other) return address;
  // A document that stands elsewhere in the other text is one that the number does not tell.
  const pair = alignDocuments(a.read, b.read)?.find(({ before, after }) => before === one && after === other);
  return pair ? `${pair.step}${address.slice(typed.length)}` : address;
}
