import { formatAddress } from './address.ts';
import { alignChildren, alignDocuments } from './align.ts';
import type { FieldChange, FieldChanges } from './change.ts';
import { readText } from './field-text.ts';
import type { FieldChild } from './node.ts';
import { createInterner } from './node-builder.ts';
import { isSecretField, isSecretObject } from './secret.ts';
import { shortForm } from './short-form.ts';
import { valueOf } from './value.ts';

/** The fields that differ between the present text of a file and the text gone back to. Never throws. */
export function changedFields(before: string, after: string): FieldChanges {
  if (before === after) return { kind: 'fields', changes: [] };
  const intern = createInterner();
  const [a, b] = [readText(before, intern), readText(after, intern)];
  if (a.kind === 'opaque') return a;
  if (b.kind === 'opaque') return { kind: 'opaque', reason: `in the text gone back to, ${b.reason}` };
  const documents = alignDocuments(a.read, b.read);
  if (!documents)
    return {
      kind: 'opaque',
      reason: 'the documents of the file cannot be paired: their names, number or order changed',
    };
  const changes: FieldChange[] = [];
  for (const { step, before, after } of documents)
    compare({ mark: step, sealed: [before, after].some((side) => side?.sealed), changes }, [], {
      before: before?.root,
      after: after?.root,
    });
  return { kind: 'fields', changes };
}

interface Comparing {
  readonly mark: string;
  readonly sealed: boolean;
  /** How many steps lead to the Secret around this. */
  readonly object?: number;
  readonly changes: FieldChange[];
}

interface Sides {
  readonly before: FieldChild | undefined;
  readonly after: FieldChild | undefined;
}

function compare(comparing: Comparing, steps: readonly string[], { before, after }: Sides): void {
  if (before?.node.id === after?.node.id) return;
  const nodes = [before?.node, after?.node];
  const isObject = nodes.some((node) => node !== undefined && isSecretObject(node));
  const here = isObject ? { ...comparing, object: steps.length } : comparing;
  const pairs = before && after && alignChildren(before, after);
  if (!pairs) {
    const address = formatAddress({ mark: comparing.mark, steps });
    comparing.changes.push({
      address,
      short: shortForm(comparing.mark, steps),
      before: before && valueOf(before.node),
      after: after && valueOf(after.node),
      secret: isSecretField({ sealed: here.sealed, steps, object: here.object, nodes }),
    });
    return;
  }
  for (const { step, before, after } of pairs) compare(here, [...steps, step], { before, after });
}
