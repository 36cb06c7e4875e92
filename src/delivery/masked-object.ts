import type { FieldValue } from '../tree/fields/change.ts';
import { isMapping } from '../tree/fields/is-mapping.ts';
import type { ManifestValue } from './manifest-set.ts';

/** Parts of an object that hold secret values: those of a Secret, and whatever SOPS has sealed. */
const secretParts = ['data', 'stringData', 'sops'];
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

const isSecret = ({ kind, sops }: ManifestValue): boolean => kind === 'Secret' || sops !== undefined;

/**
 * An object without its secret values. `other` is the same object on the other side of a change: a value that differs
 * there says so, and nothing of itself.
 */
export function maskedObject(
  value: ManifestValue,
  other: ManifestValue | undefined,
  word: string,
): ManifestValue {
  if (!isSecret(value) && (other === undefined || !isSecret(other))) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      if (secretParts.includes(key)) return [key, maskedPart(part, other?.[key], word)];
      return [key, key === 'metadata' ? withoutCopy(part) : part];
    }),
  );
}

function maskedPart(part: FieldValue, other: FieldValue | undefined, word: string): FieldValue {
  const maskOf = (one: FieldValue, two: FieldValue | undefined): string =>
    two === undefined || JSON.stringify(one) === JSON.stringify(two) ? '(secret)' : `(secret, ${word})`;
  if (!isMapping(part)) return maskOf(part, other);
  const there = isMapping(other) ? other : {};
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, maskOf(value, there[key])]));
}

/** kubectl keeps a copy of the whole object in an annotation. */
function withoutCopy(metadata: FieldValue): FieldValue {
  if (!isMapping(metadata) || !isMapping(metadata['annotations'])) return metadata;
  const { annotations } = metadata;
  if (annotations[lastApplied] === undefined) return metadata;
  return { ...metadata, annotations: { ...annotations, [lastApplied]: '(secret)' } };
}
