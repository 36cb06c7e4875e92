import { readText, type FieldText } from './field-text.ts';
import type { Interner } from './node-builder.ts';
import { collectionKey } from './node-builder.ts';

/** Why an edited text does not say what it must, or undefined when it does. `expected` is the id of all documents. */
export function problemWith(
  text: string,
  expected: number,
  { current, intern }: { readonly current: FieldText; readonly intern: Interner },
): string | undefined {
  const result = readText(text, intern);
  if (result.kind === 'opaque') return `the file would break: ${result.reason}`;
  const documents = result.read.documents.map(({ root }) => ({ keyId: 0, id: root.node.id }));
  if (intern(collectionKey('list', undefined, documents)) === expected) return undefined;
  return hasAlias(current.text)
    ? 'the value is shared through an anchor and its aliases, so other fields would change too'
    : 'other fields would change too, or the value would not be the one chosen';
}

const hasAlias = (text: string): boolean => /(?:^|[\s[{,])\*\S/m.test(text);
