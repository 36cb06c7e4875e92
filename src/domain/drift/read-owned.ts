import type { FieldValue } from '../../tree/fields/change.ts';
import { type OwnedStep, isMap } from './owned-field.ts';
import { ownValue, sameValue } from './same-value.ts';

/** The value of an object at these steps; undefined when it has none. Items of lists are found by their keys. */
export function readOwned(object: unknown, steps: readonly OwnedStep[]): FieldValue | undefined {
  let value = object as FieldValue | undefined;
  for (const step of steps) value = stepInto(value, step);
  return value;
}

function stepInto(value: FieldValue | undefined, step: OwnedStep): FieldValue | undefined {
  if (step.kind === 'field') return isMap(value) ? ownValue(value, step.name) : undefined;
  if (!Array.isArray(value)) return undefined;
  const list: readonly FieldValue[] = value;
  if (step.kind === 'index') return list[step.at];
  if (step.kind === 'member') return list.find((item) => sameValue(item, step.value, []));
  return list.find((item) => isMap(item) && hasKeys(item, step.keys));
}

// The server names ports by number and protocol, and fills in the protocol that most people leave out.
const keyDefaults: Readonly<Record<string, FieldValue>> = { protocol: 'TCP' };

const hasKeys = (
  item: Readonly<Record<string, unknown>>,
  keys: Readonly<Record<string, FieldValue>>,
): boolean =>
  Object.entries(keys).every(([key, wanted]) =>
    sameValue(ownValue(item, key) ?? keyDefaults[key], wanted, []),
  );
