import type { Refusal } from '../domain/refusal/refusal.ts';
import { type Placeholder, type TextPart, readPlaceholders } from './placeholder.ts';
import {
  type At,
  type PlainValue,
  type Variable,
  type VariableScope,
  type VariableValue,
  deliveryFault,
  variableScopes,
} from './variable.ts';

/** The variables that one service sees, by scope. A scope that has no file is left out. */
export type VariableSets = Readonly<Partial<Record<VariableScope, ReadonlyMap<string, Variable>>>>;

/** The value that counts, placeholders in it filled, and the variable that gave it. */
export interface EffectiveVariable {
  readonly value: VariableValue;
  readonly origin: Variable;
}

/** Answers placeholders for one service. Each variable is worked out once. */
export interface Variables {
  /** Throws delivery_invalid at `at` for an unknown key or a cycle. */
  readonly resolve: (placeholder: Placeholder, at: At) => EffectiveVariable;
  /** Every key that some scope sets, with its effective value, sorted by key. */
  readonly all: () => readonly EffectiveVariable[];
}

/** How the nearest scope wins, and how variables that speak of others are filled. */
export function effectiveVariables(sets: VariableSets): Variables {
  const known = new Map<Variable, VariableValue>();
  const find = ({ key, scope }: Placeholder): Variable | undefined => {
    const scopes = scope === undefined ? variableScopes : [scope];
    return scopes.map((name) => sets[name]?.get(key)).find((variable) => variable !== undefined);
  };
  const fill = (variable: Variable, path: readonly Variable[]): VariableValue => {
    const done = known.get(variable);
    if (done) return done;
    if (path.includes(variable)) throw cycle([...path.slice(path.indexOf(variable)), variable]);
    const value = fillValue(variable, (inner) => {
      const next = find(inner) ?? unknownKey(inner, variable);
      return fill(next, [...path, variable]);
    });
    known.set(variable, value);
    return value;
  };
  return {
    resolve: (placeholder, at) => {
      const origin = find(placeholder) ?? unknownKey(placeholder, at);
      return { origin, value: fill(origin, []) };
    },
    all: () => {
      const keys = new Set(variableScopes.flatMap((scope) => [...(sets[scope]?.keys() ?? [])]));
      return [...keys].toSorted().flatMap((key) => {
        const origin = find({ key, scope: undefined, source: key });
        return origin ? [{ origin, value: fill(origin, []) }] : [];
      });
    },
  };
}

function unknownKey({ source, key, scope }: Placeholder, at: At): never {
  const where = scope === undefined ? 'is set in no scope' : `is not set in the scope ${scope}`;
  throw deliveryFault(at, `${source}: ${key} ${where}`);
}

function cycle(path: readonly Variable[]): Refusal {
  const [first] = path;
  const at = { file: first?.file ?? '', line: first?.line ?? 1 };
  return deliveryFault(at, `variables go round in a circle: ${path.map(({ key }) => key).join(' → ')}`);
}

function fillValue(variable: Variable, resolve: (placeholder: Placeholder) => VariableValue): VariableValue {
  const { value } = variable;
  if (value.kind === 'secret' || typeof value.value !== 'string') return value;
  return fillText(value.value, variable, resolve);
}

/**
 * Fills a text. A text that is one placeholder and nothing else takes the variable's value with its type; any other
 * stays a text, and no secret can be part of it. Throws delivery_invalid at `at`.
 */
export function fillText(
  text: string,
  at: At,
  resolve: (placeholder: Placeholder) => VariableValue,
): VariableValue {
  const { parts, malformed } = readPlaceholders(text);
  if (malformed !== undefined)
    throw deliveryFault(at, `${malformed} is no placeholder; write {{hq.var.KEY}}`);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && typeof only !== 'string') return resolve(only);
  const filled = parts.map((part) => partText(part, at, resolve)).join('');
  return { kind: 'plain', value: filled, text: filled };
}

function partText(
  part: TextPart,
  at: At,
  resolve: (placeholder: Placeholder) => VariableValue,
): PlainValue['text'] {
  if (typeof part === 'string') return part;
  const value = resolve(part);
  if (value.kind === 'plain') return value.text;
  throw deliveryFault(at, `${part.source} is a secret and cannot be part of a text; let it stand alone`);
}
