import type { KubeObject } from './drift.ts';
import { type OwnedStep, isMap } from './owned-field.ts';
import { isSecretValue } from './secret-value.ts';

/** No object of Kubernetes is as deep; what is below is not looked at. */
const deepest = 64;

/** Every text and number of an object that must not be shown, as `isSecretValue` finds them. */
export function secretTexts(object: KubeObject): readonly string[] {
  const found = new Set(secretsIn(object['kind'], object, []));
  return [...found].filter((text) => text !== '' && text !== object['kind'] && text !== object['apiVersion']);
}

/** True when a value at these steps of an object of a kind must not be shown, or anything in it. */
export const holdsSecret = (kind: unknown, value: unknown, steps: readonly OwnedStep[]): boolean =>
  isSecretValue(kind, steps) || secretsIn(kind, value, steps).next().done !== true;

function* secretsIn(kind: unknown, value: unknown, steps: readonly OwnedStep[]): Generator<string> {
  if (steps.length > deepest) return;
  if (isText(value) && isSecretValue(kind, steps)) yield String(value);
  if (Array.isArray(value))
    for (const [at, item] of value.entries()) yield* secretsIn(kind, item, [...steps, itemStep(item, at)]);
  else if (isMap(value))
    for (const [name, below] of namedIn(value, steps))
      yield* secretsIn(kind, below, [...steps, { kind: 'field', name }]);
}

/** What names an item is no secret of it. */
const namedIn = (map: Readonly<Record<string, unknown>>, steps: readonly OwnedStep[]) =>
  Object.entries(map).filter(([name]) => steps.at(-1)?.kind !== 'item' || name !== 'name');

const isText = (value: unknown): value is string | number => ['string', 'number'].includes(typeof value);

function itemStep(item: unknown, at: number): OwnedStep {
  const name = isMap(item) ? item['name'] : undefined;
  return typeof name === 'string' ? { kind: 'item', keys: { name } } : { kind: 'index', at };
}

/** True when words quote one of these texts, as it is or as JSON and Go write it between quotes. */
export const quotesSecret = (words: string, texts: readonly string[]): boolean =>
  texts.some((text) => words.includes(text) || words.includes(JSON.stringify(text).slice(1, -1)));
