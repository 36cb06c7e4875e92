import { keyStep } from '../tree/fields/address.ts';
import type { FieldValue } from '../tree/fields/change.ts';
import { isMapping } from '../tree/fields/is-mapping.ts';
import { shortForm } from '../tree/fields/short-form.ts';
import { writeKey, writeValue } from '../tree/fields/wished-value.ts';
import { layerValues } from './helm-values.ts';

/** Values of a chart, and where they are said. */
export interface ValuesLayer {
  readonly file: string;
  readonly value: FieldValue;
}

/** The layers of a release, the last one wins, now and with the shared files of the target. */
export interface ValuesSides {
  readonly after: readonly ValuesLayer[];
  readonly past: readonly ValuesLayer[];
  /** Which layer of `after` is the service's own and takes a pin. */
  readonly own: number;
}

/** A value that the own layer has to hold. */
export interface ValueNeed {
  readonly keys: readonly string[];
  readonly value: string | number | boolean;
  readonly now: FieldValue | undefined;
  /** The file that said so at the target. */
  readonly shared: string;
}

/** What the own layer has to hold, and what it cannot. */
export interface ValuesNeeds {
  readonly values: readonly ValueNeed[];
  readonly unheld: readonly { readonly name: string; readonly reason: string }[];
}

const imageKeys = new Set(['registry', 'repository', 'name', 'tag', 'digest', 'sha']);

/** Whether keys name what charts call an image, a part of one, or a number of replicas. */
function matters(keys: readonly string[]): boolean {
  const [last = '', parent = ''] = keys.toReversed();
  return (
    last === 'replicaCount' ||
    last === 'replicas' ||
    /(?:^i|I)mage(?:Tag|Name|Digest|Repository)?$/.test(last) ||
    (/(?:^i|I)mage$/.test(parent) && imageKeys.has(last))
  );
}

/** The images and replicas that a release has no more as it had them with the shared files of the target. */
export function valuesNeeds({ after, past, own }: ValuesSides): ValuesNeeds {
  const [now, then] = [merged(after), merged(past)];
  const values: ValueNeed[] = [];
  const unheld: { readonly name: string; readonly reason: string }[] = [];
  for (const { keys, value } of leavesOf(then, [])) {
    const current = valueAt(now, keys);
    if (JSON.stringify(current) === JSON.stringify(value)) continue;
    const name = nameOfKeys(keys);
    const held = after.with(own, {
      file: '',
      value: layerValues(after[own]?.value ?? {}, nested(keys, value)),
    });
    if (valueAt(merged(held), keys) === value)
      values.push({ keys, value, now: current, shared: originOf(past, keys) });
    else
      unheld.push({
        name,
        reason: `${originOf(after.slice(own + 1), keys)} counts more than its own values`,
      });
  }
  for (const { keys } of leavesOf(now, []))
    if (valueAt(then, keys) === undefined)
      unheld.push({ name: nameOfKeys(keys), reason: 'nothing said it then, and values take nothing away' });
  return { values, unheld: [...unheld, ...changedLists(now, then, [])] };
}

/** What people call a value: `image.tag`. */
export const nameOfKeys = (keys: readonly string[]): string => shortForm('', keys.map(keyStep));

const style = { json: false, quote: undefined } as const;

/** The lines of YAML that hold one value below its keys. */
export const valueEntry = (keys: readonly string[], value: FieldValue): string =>
  keys
    .map((key, depth) => `${'  '.repeat(depth)}${writeKey(key, style)}:`)
    .join('\n')
    .concat(` ${writeValue(value, style)}`);

const merged = (layers: readonly ValuesLayer[]): FieldValue =>
  layers.map(({ value }) => value).reduce(layerValues, {});

const nested = (keys: readonly string[], value: FieldValue): FieldValue =>
  keys.reduceRight<FieldValue>((inner, key) => ({ [key]: inner }), value);

const valueAt = (value: FieldValue | undefined, keys: readonly string[]): FieldValue | undefined =>
  keys.reduce<FieldValue | undefined>(
    (inner, key) => (isMapping(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    value,
  );

const originOf = (layers: readonly ValuesLayer[], keys: readonly string[]): string =>
  layers.findLast(({ value }) => valueAt(value, keys) !== undefined)?.file ?? '';

interface Leaf {
  readonly keys: readonly string[];
  readonly value: string | number | boolean;
}

function leavesOf(value: FieldValue, keys: readonly string[]): readonly Leaf[] {
  if (isMapping(value)) return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...keys, key]));
  return value === null || typeof value === 'object' || !matters(keys) ? [] : [{ keys, value }];
}

/** Lists are replaced whole, so a value in one is held by no key. */
function changedLists(
  now: FieldValue | undefined,
  then: FieldValue | undefined,
  keys: readonly string[],
): readonly { readonly name: string; readonly reason: string }[] {
  if (isMapping(now) && isMapping(then))
    return Object.keys(then).flatMap((key) => changedLists(now[key], then[key], [...keys, key]));
  if (!Array.isArray(now) || !Array.isArray(then) || imagesIn(now) === imagesIn(then)) return [];
  return [{ name: nameOfKeys(keys), reason: 'it is a list, which is replaced whole' }];
}

const imagesIn = (list: readonly FieldValue[]): string =>
  JSON.stringify(list.flatMap((item, index) => leavesOf(item, [String(index)])));
