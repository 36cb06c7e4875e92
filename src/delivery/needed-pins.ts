import { Refusal } from '../domain/refusal/refusal.ts';
import type { FieldValue } from '../tree/fields/change.ts';
import { writeKey, writeValue } from '../tree/fields/wished-value.ts';
import { type EffectiveVariable, type VariableSets, effectiveVariables } from './effective-variables.ts';
import { type Placeholder, readPlaceholders } from './placeholder.ts';
import type { Variable, VariableValue } from './variable.ts';

/** A variable that a pin holds. `entry` is its line in a variables file, without a comment. */
export interface NeededVariable {
  readonly key: string;
  readonly value: FieldValue;
  readonly entry: string;
  /** The file that gave the value at the target. */
  readonly shared: string;
  readonly now: FieldValue | undefined;
}

/** What has to be pinned, and what a pin would not change. */
export interface NeededPins {
  readonly variables: readonly NeededVariable[];
  readonly outOfReach: readonly { readonly name: string; readonly reason: string }[];
}

/** The variables of one service: those of the present, and those of the target with what is its own now. */
export interface VariableSides {
  readonly now: VariableSets;
  readonly past: VariableSets;
}

/**
 * Which of the variables that a service asks for do not have the value of the target. Pinned ones have it, filled in;
 * the service's own are none of them.
 */
export function neededPins(asked: readonly Placeholder[], { now, past: earlier }: VariableSides): NeededPins {
  const past = effectiveVariables(earlier);
  const pins = new Map<string, Variable>();
  const variables: NeededVariable[] = [];
  const outOfReach: { readonly name: string; readonly reason: string }[] = [];
  for (let more = true; more;) {
    more = false;
    // A pin may change what others have that speak of its variable.
    const present = effectiveVariables({ ...now, service: new Map([...(now.service ?? []), ...pins]) });
    for (const placeholder of asked) {
      const { key, scope, source } = placeholder;
      const before = valueIn(past, placeholder);
      if (!before || before.origin.scope === 'service') continue;
      // A placeholder that asks one scope by name gets nothing from a pin of the same key.
      if (scope === undefined && pins.has(key)) continue;
      const current = valueIn(present, placeholder);
      if (current && isSame(before.value, current.value)) continue;
      const reason = whyNot(before, { scope, source });
      const noted = outOfReach.some((one) => one.name === key && one.reason === reason);
      if (reason !== undefined && !noted) outOfReach.push({ name: key, reason });
      if (reason !== undefined) continue;
      const line = { key, value: before.value, scope: 'service', file: '', line: 1 } as const;
      pins.set(key, line);
      variables.push(neededOf(key, before, current));
      more = true;
    }
  }
  return { variables: variables.toSorted((a, b) => (a.key < b.key ? -1 : 1)), outOfReach };
}

type Answering = ReturnType<typeof effectiveVariables>;

/** Nothing where no scope sets it, or where variables go round in a circle. */
function valueIn(variables: Answering, placeholder: Placeholder): EffectiveVariable | undefined {
  try {
    return variables.resolve(placeholder, { file: '', line: 1 });
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

const isSame = (one: VariableValue, other: VariableValue): boolean =>
  one.kind === 'secret' || other.kind === 'secret'
    ? textOf(one) === textOf(other)
    : one.text === other.text && typeof one.value === typeof other.value;

function whyNot(
  { value, origin }: EffectiveVariable,
  { scope, source }: Pick<Placeholder, 'scope' | 'source'>,
): string | undefined {
  if (scope !== undefined) return `${source} asks ${origin.file} alone, which stays as it is`;
  if (value.kind === 'secret') return undefined;
  const { parts, malformed } = readPlaceholders(value.text);
  const plain = malformed === undefined && parts.every((part) => typeof part === 'string');
  return plain ? undefined : 'its value would be read as a placeholder';
}

const style = { json: false, quote: undefined } as const;

const neededOf = (
  key: string,
  { value, origin }: EffectiveVariable,
  current: EffectiveVariable | undefined,
): NeededVariable => ({
  key,
  value: fieldOf(value),
  entry: `${writeKey(key, style)}: ${textOf(value)}`,
  shared: origin.file,
  now: current && fieldOf(current.value),
});

const fieldOf = (value: VariableValue): FieldValue =>
  value.kind === 'secret' ? { secretRef: { name: value.name, key: value.key } } : value.value;

/** As a variables file writes it; a number as it was written. */
function textOf(value: VariableValue): string {
  if (value.kind === 'secret')
    return `{ secretRef: { name: ${JSON.stringify(value.name)}, key: ${JSON.stringify(value.key)} } }`;
  return typeof value.value === 'string' ? writeValue(value.value, style) : value.text;
}
