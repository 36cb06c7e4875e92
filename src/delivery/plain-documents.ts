import type { FieldValue } from '../tree/fields/change.ts';
import { readText } from '../tree/fields/field-text.ts';
import { createInterner } from '../tree/fields/node-builder.ts';
import { valueOf } from '../tree/fields/value.ts';
import { deliveryFault } from './variable.ts';

/**
 * The documents of a file of YAML or JSON as plain values, as somebody else wrote them: nothing is filled in or
 * checked. Throws delivery_invalid for what cannot be read.
 */
export function plainDocuments(path: string, text: string): readonly FieldValue[] {
  if (text.split('\n').every((line) => /^\s*(?:#.*|---\s*)?$/.test(line))) return [];
  const result = readText(text, createInterner());
  if (result.kind === 'opaque') throw deliveryFault({ file: path, line: 1 }, result.reason);
  return result.read.documents.map(({ root }) => valueOf(root.node));
}
