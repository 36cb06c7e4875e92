import { formatAddress } from './address.ts';
import { alignChildren, alignDocuments } from './align.ts';
import { readText } from './field-text.ts';
import { collection, type FieldChild } from './node.ts';
import { createInterner } from './node-builder.ts';
import { shortForm } from './short-form.ts';

/** One field that a text has: its canonical address, the form people type, and whether keys can be added to it. */
export interface ListedField {
  readonly address: string;
  readonly short: string;
  readonly map: boolean;
}

/** Either every field, or why the file can only be written whole. */
export type FieldList =
  | { readonly kind: 'fields'; readonly fields: readonly ListedField[] }
  | { readonly kind: 'opaque'; readonly reason: string };

/** Every field of a text, each before what it holds, the documents themselves first. Never throws. */
export function listFields(text: string): FieldList {
  const result = readText(text, createInterner());
  if (result.kind === 'opaque') return result;
  const documents = alignDocuments(result.read, result.read);
  if (!documents) return { kind: 'opaque', reason: 'two documents of the file have one name' };
  const fields: ListedField[] = [];
  for (const { step, after } of documents) if (after) list(fields, step, [], after.root);
  return { kind: 'fields', fields };
}

function list(fields: ListedField[], mark: string, steps: readonly string[], field: FieldChild): void {
  const isMap = collection(field.node)?.kind === 'map';
  fields.push({ address: formatAddress({ mark, steps }), short: shortForm(mark, steps), map: isMap });
  // What an alias stands for belongs to its anchor, and is listed there.
  if (field.node.kind === 'alias') return;
  for (const { step, after } of alignChildren(field, field) ?? [])
    if (after) list(fields, mark, [...steps, step], after);
}
