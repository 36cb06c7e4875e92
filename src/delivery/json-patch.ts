import { unescapeStep } from '../tree/fields/address.ts';
import type { FieldValue } from '../tree/fields/change.ts';
import { isMapping } from '../tree/fields/is-mapping.ts';

/** Why a JSON patch is not applied: what it asks for is not read here. */
export class UnreadPatch extends Error {}

/**
 * Applies a JSON patch (RFC 6902) as kustomize does. Tests are taken to hold. Throws `UnreadPatch` for operations that
 * copy or move, and for paths that are not there.
 */
export function jsonPatch(value: FieldValue, patch: readonly FieldValue[]): FieldValue {
  return patch.reduce((now, operation) => {
    const { op, path, value: given } = isMapping(operation) ? operation : {};
    if (op === 'test') return now;
    if (typeof path !== 'string' || (op !== 'add' && op !== 'replace' && op !== 'remove'))
      throw new UnreadPatch('a patch copies or moves values');
    const steps = path.split('/').slice(1).map(unescapeStep);
    return change(now, steps, { op, given: given ?? null });
  }, value);
}

interface Operation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly given: FieldValue;
}

function change(value: FieldValue | undefined, steps: readonly string[], operation: Operation): FieldValue {
  const [step, ...rest] = steps;
  if (step === undefined) return operation.given;
  if (isMapping(value)) return changeMapping(value, [step, ...rest], operation);
  if (!Array.isArray(value)) throw new UnreadPatch(`a patch is for ${step}, which is not there`);
  const items = value as readonly FieldValue[];
  const { op, given } = operation;
  const index = step === '-' ? items.length : Number(step);
  const end = op === 'add' && rest.length === 0 ? items.length : items.length - 1;
  if (!Number.isInteger(index) || index < 0 || index > end)
    throw new UnreadPatch(`a patch is for item ${step}, which is not there`);
  if (rest.length > 0) return items.with(index, change(items[index], rest, operation));
  if (op === 'add') return items.toSpliced(index, 0, given);
  return op === 'remove' ? items.toSpliced(index, 1) : items.with(index, given);
}

function changeMapping(
  value: Readonly<Record<string, FieldValue>>,
  [step, ...rest]: readonly [string, ...string[]],
  operation: Operation,
): FieldValue {
  const entries = new Map(Object.entries(value));
  if (rest.length > 0) entries.set(step, change(entries.get(step), rest, operation));
  else if (operation.op === 'remove') entries.delete(step);
  else entries.set(step, operation.given);
  return Object.fromEntries(entries);
}
