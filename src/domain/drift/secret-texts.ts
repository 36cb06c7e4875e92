import type { FieldValue } from '../../tree/fields/change.ts';
import type { KubeObject } from './drift.ts';
import { type OwnedStep, isMap } from './owned-field.ts';
import { isSecretValue } from './secret-value.ts';

/** No object of Kubernetes is as deep; what is below is not looked at. */
const deepest = 64;

/** Every text and number of an object that must not be shown, as `isSecretValue` finds them. */
export function secretTexts(object: KubeObject): readonly string[] {
  const found = new Set<string>();
  const walk = (value: FieldValue | undefined, steps: readonly OwnedStep[]): void => {
    if (steps.length > deepest) return;
    if (isText(value) && isSecretValue(object['kind'], steps)) found.add(String(value));
    if (Array.isArray(value))
      (value as readonly FieldValue[]).forEach((item, at) => walk(item, [...steps, itemStep(item, at)]));
    else if (isMap(value))
      for (const [name, below] of namedIn(value, steps)) walk(below, [...steps, { kind: 'field', name }]);
  };
  walk(object, []);
  return [...found].filter((text) => text !== '' && text !== object['kind'] && text !== object['apiVersion']);
}

/** What names an item is no secret of it. */
const namedIn = (map: Readonly<Record<string, unknown>>, steps: readonly OwnedStep[]) =>
  (Object.entries(map) as [string, FieldValue][]).filter(
    ([name]) => steps.at(-1)?.kind !== 'item' || name !== 'name',
  );

const isText = (value: unknown): value is string | number => ['string', 'number'].includes(typeof value);

function itemStep(item: FieldValue, at: number): OwnedStep {
  const name = isMap(item) ? item['name'] : undefined;
  return typeof name === 'string' ? { kind: 'item', keys: { name } } : { kind: 'index', at };
}

/** True when words quote one of these texts, as it is or as JSON and Go write it between quotes. */
export const quotesSecret = (words: string, texts: readonly string[]): boolean =>
  texts.some((text) => words.includes(text) || words.includes(JSON.stringify(text).slice(1, -1)));
