import type { RenderedObject } from '../domain/rendered/rendered-change.ts';
import type { FieldValue } from '../tree/fields/change.ts';
import { isMapping } from '../tree/fields/is-mapping.ts';
import { type ManifestValue, identityOf, kindOf, shownName } from './manifest-set.ts';
import { maskedObject } from './masked-object.ts';
import { printYaml } from './print-yaml.ts';
import { objectsOf } from './rendered-object.ts';

/** The objects of a service that differ, and how many do not. */
export interface ComparedObjects {
  readonly objects: readonly RenderedObject[];
  readonly unchanged: number;
  /** Those that would be applied anew, unmasked: never to be shown. */
  readonly wanted: readonly ManifestValue[];
  /** Those that differ, unmasked: for hazards, never to be shown. */
  readonly before: readonly ManifestValue[];
  readonly after: readonly ManifestValue[];
  /** Those that stay and tell something about others: what scales them, and secrets whose values are elsewhere. */
  readonly beside: readonly ManifestValue[];
}

/** Characters of an object that are shown; more would be no preview. */
const longestObject = 65_536;

/**
 * Compares the documents of two renderings. Documents with the same text are not even parsed. Throws an error with a
 * reason when one of the others is no YAML.
 */
export function compareRendered(before: readonly string[], after: readonly string[]): ComparedObjects {
  const [was, is] = [new Set(before), new Set(after)];
  const both = after.filter((text) => was.has(text));
  const [removed, added] = [keyed(before, is), keyed(after, was)];
  const beside = both
    .filter((text) => /HorizontalPodAutoscaler|ExternalSecret/.test(text))
    .flatMap(objectsOf);
  const objects: RenderedObject[] = [];
  const wanted: ManifestValue[] = [];
  let unchanged = both.filter(isObject).length;
  for (const key of [...new Set([...removed.keys(), ...added.keys()])].toSorted()) {
    const [old, young] = [removed.get(key), added.get(key)];
    if (old && young && JSON.stringify(sorted(old)) === JSON.stringify(sorted(young))) unchanged += 1;
    else {
      objects.push(objectChange(old, young));
      if (young) wanted.push(young);
    }
  }
  return { objects, unchanged, wanted, before: [...removed.values()], after: [...added.values()], beside };
}

/** Without parsing it. */
const isObject = (text: string): boolean =>
  /^\s*\{?["']?kind["']?\s*:/m.test(text) && /["']?metadata["']?\s*:/.test(text);

function keyed(texts: readonly string[], except: ReadonlySet<string>): ReadonlyMap<string, ManifestValue> {
  const different = texts.filter((text) => !except.has(text));
  return new Map(
    different.flatMap(objectsOf).map((value) => [`${identityOf(value)} ${shownName(value)}`, value]),
  );
}

function objectChange(before: ManifestValue | undefined, after: ManifestValue | undefined): RenderedObject {
  const value = after ?? before ?? {};
  const texts = {
    before: before && printYaml(maskedObject(before, after, 'as it is now')),
    after: after && printYaml(maskedObject(after, before, 'another')),
  };
  const hidden = (texts.before ?? '').length > longestObject || (texts.after ?? '').length > longestObject;
  const { metadata, apiVersion } = value;
  const namespace = isMapping(metadata) ? metadata['namespace'] : undefined;
  return {
    change: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
    apiVersion: typeof apiVersion === 'string' ? apiVersion : '',
    kind: kindOf(value),
    namespace: typeof namespace === 'string' && namespace !== '' ? namespace : undefined,
    name: shownName(value),
    ...(hidden ? { before: undefined, after: undefined } : texts),
    hidden,
  };
}

/** The order of keys means nothing. */
function sorted(value: FieldValue): FieldValue {
  if (Array.isArray(value)) return (value as readonly FieldValue[]).map(sorted);
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((key) => [key, sorted(value[key] ?? null)]),
  );
}
