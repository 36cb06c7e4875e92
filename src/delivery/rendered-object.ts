import { type Tags, isMap, isSeq, parseDocument } from 'yaml';
import type { FieldValue } from '../tree/fields/change.ts';
import { isMapping } from '../tree/fields/is-mapping.ts';
import { mostAliases } from './alias-bomb.ts';
import { type ManifestValue } from './manifest-set.ts';

/** The documents of a stream of YAML, as they are written, without those that are empty. */
export const splitDocuments = (text: string): readonly string[] =>
  text
    .split(/^---(?:[ \t].*)?$/m)
    .map((part) => part.replaceAll('\r\n', '\n'))
    .filter((part) => part.split('\n').some((line) => !/^\s*(?:#.*)?$/.test(line)));

/** Kubernetes reads YAML 1.1 as Go does: `0644` is a number and `yes` a truth, but a date stays a text. */
const withoutDates = (tags: Tags): Tags =>
  tags.filter(
    (tag) =>
      typeof tag === 'string' ||
      !('tag' in tag) ||
      (tag.tag !== 'tag:yaml.org,2002:timestamp' && !isSixty(tag)),
  );
const isSixty = (tag: object): boolean => 'format' in tag && tag.format === 'TIME';

const deepest = 100;

/**
 * The Kubernetes objects of a document, those of a List one by one; nothing for a document that is no object. Throws an
 * error with a reason for what is no YAML, or too large once its aliases are written out.
 */
export function objectsOf(document: string): readonly ManifestValue[] {
  const parsed = parseDocument(document, {
    version: '1.1',
    merge: true,
    uniqueKeys: false,
    customTags: withoutDates,
  });
  const [error] = parsed.errors;
  if (error) throw new Error(error.message.split('\n')[0]);
  if (!isMap(parsed.contents) && !isSeq(parsed.contents)) return [];
  const value = plainValue(parsed.toJS({ maxAliasCount: mostAliases }), 0);
  return objectsIn(value);
}

function objectsIn(value: FieldValue | undefined): readonly ManifestValue[] {
  if (!isMapping(value) || typeof value['kind'] !== 'string' || typeof value['apiVersion'] !== 'string')
    return [];
  const { items } = value;
  if (value['kind'].endsWith('List') && Array.isArray(items))
    return (items as readonly FieldValue[]).flatMap(objectsIn);
  return isMapping(value['metadata']) ? [value] : [];
}

function plainValue(value: unknown, depth: number): FieldValue {
  if (depth > deepest) throw new Error('is nested too deeply');
  if (Array.isArray(value)) return value.map((item) => plainValue(item, depth + 1));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainValue(item, depth + 1)]));
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
