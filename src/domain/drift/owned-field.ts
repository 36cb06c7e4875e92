import { bracketText, keyStep } from '../../tree/fields/address.ts';
import type { FieldValue } from '../../tree/fields/change.ts';

/** One step into an object as the API server writes them in `managedFields`. */
export type OwnedStep =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'item'; readonly keys: Readonly<Record<string, FieldValue>> }
  | { readonly kind: 'member'; readonly value: FieldValue }
  | { readonly kind: 'index'; readonly at: number };

/** A field that somebody owns. `presence`: that it is there, not what is in it. */
export interface OwnedField {
  readonly steps: readonly OwnedStep[];
  readonly presence: boolean;
}

/** No object of Kubernetes is as deep; what is below is not looked at. */
const deepest = 64;

/** Every field that one entry of `managedFields` (its `fieldsV1`) names. What cannot be read is left out. */
export function ownedFields(fieldsV1: unknown): readonly OwnedField[] {
  const found: OwnedField[] = [];
  const walk = (set: unknown, steps: readonly OwnedStep[]): void => {
    if (!isMap(set) || steps.length > deepest) return;
    const entries = Object.entries(set);
    if (entries.length === 0 && steps.length > 0) found.push({ steps, presence: false });
    for (const [key, below] of entries) {
      const step = readStep(key);
      if (key === '.') found.push({ steps, presence: true });
      else if (step) walk(below, [...steps, step]);
    }
  };
  walk(fieldsV1, []);
  return found;
}

/** Tells maps from everything else that JSON has. */
export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readStep(key: string): OwnedStep | undefined {
  const rest = key.slice(2);
  switch (key.slice(0, 2)) {
    case 'f:':
      return { kind: 'field', name: rest };
    case 'i:':
      return /^\d{1,9}$/.test(rest) ? { kind: 'index', at: Number(rest) } : undefined;
    case 'k:': {
      const keys = readJson(rest);
      return isMap(keys) ? { kind: 'item', keys } : undefined;
    }
    case 'v:': {
      const value = readJson(rest);
      return value === undefined ? undefined : { kind: 'member', value };
    }
    default:
      return undefined;
  }
}

function readJson(text: string): FieldValue | undefined {
  try {
    return JSON.parse(text) as FieldValue;
  } catch {
    return undefined;
  }
}

function stepText(step: OwnedStep): string {
  if (step.kind === 'field') return keyStep(step.name);
  if (step.kind === 'index') return String(step.at);
  if (step.kind === 'member') return `[${bracketText(plain(step.value))}]`;
  const keys = Object.entries(step.keys).map(([key, value]) => `${key}=${bracketText(plain(value))}`);
  return `[${keys.join(',')}]`;
}

const plain = (value: FieldValue): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The field as people and programs keep it: `#/spec/template/spec/containers/[name=app]/image`. */
export const ownedAddress = (steps: readonly OwnedStep[]): string =>
  `#${steps.map((step) => `/${stepText(step)}`).join('')}`;
