import type { FieldValue } from '../../tree/fields/change.ts';
import { isMap } from './owned-field.ts';
import { sameQuantity } from './quantity.ts';

/** Fields whose values, or the values below, are quantities wherever they stand. */
const quantityFields = new Set([
  'limits',
  'requests',
  'capacity',
  'hard',
  'overhead',
  'podFixed',
  'sizeLimit',
  'divisor',
  'averageValue',
]);

/** True when values below these names of fields are sizes and not texts. Labels and annotations never are. */
export const holdsQuantities = (names: readonly string[]): boolean =>
  names[0] === 'spec' && names.slice(-3).some((name) => quantityFields.has(name));

/**
 * True when two values of one field mean the same: absent and null do, and sizes of one amount do. The order of keys
 * has no meaning, that of a list has. `names`: the fields on the way.
 */
export function sameValue(
  one: FieldValue | undefined,
  other: FieldValue | undefined,
  names: readonly string[],
): boolean {
  if (one === undefined || one === null) return other === undefined || other === null;
  if (other === undefined || other === null) return false;
  if (isList(one) && isList(other))
    return one.length === other.length && one.every((item, at) => sameValue(item, other[at], names));
  if (isMap(one) && isMap(other)) {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...keys].every((key) => sameValue(ownValue(one, key), ownValue(other, key), [...names, key]));
  }
  return one === other || (holdsQuantities(names) && sameQuantity(one, other));
}

const isList = (value: FieldValue): value is readonly FieldValue[] => Array.isArray(value);

/** The value under a key, and nothing that every object inherits. */
export const ownValue = (map: Readonly<Record<string, unknown>>, key: string): FieldValue | undefined =>
  Object.hasOwn(map, key) ? (map[key] as FieldValue) : undefined;
