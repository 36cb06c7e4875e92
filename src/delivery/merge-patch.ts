import type { FieldValue } from '../tree/fields/change.ts';
import { type Mapping, isMapping } from '../tree/fields/is-mapping.ts';

const isList = (value: FieldValue | undefined): value is readonly FieldValue[] => Array.isArray(value);

/** Lists whose items Kubernetes tells apart by a key; it replaces all others whole. */
const mergeKeys: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  imagePullSecrets: ['name'],
  secrets: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  ports: ['containerPort', 'port'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey'],
};

/** Whether Kubernetes itself defines a kind, and so how its lists are merged. */
export function isBuiltIn(apiVersion: FieldValue | undefined): boolean {
  const group = typeof apiVersion === 'string' && apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return group === '' || (group ?? '').endsWith('.k8s.io') || !(group ?? '').includes('.');
}

/**
 * Applies a strategic merge patch as Kubernetes and kustomize do: mappings are merged, null removes, lists of things
 * with a name are merged by it and others replaced. `undefined` when the patch deletes it all.
 */
export function mergePatch(value: FieldValue, patch: FieldValue): FieldValue | undefined {
  const keyed = isMapping(value) && isBuiltIn(value['apiVersion']);
  return mergeValue(value, patch, { key: '', keyed });
}

interface Place {
  readonly key: string;
  readonly keyed: boolean;
}

function mergeValue(value: FieldValue | undefined, patch: FieldValue, place: Place): FieldValue | undefined {
  if (patch === null) return undefined;
  if (isMapping(patch)) return mergeMapping(value, patch, place);
  if (!isList(patch)) return patch;
  const key = place.keyed ? keyFor(place.key, patch) : undefined;
  return key === undefined || !isList(value)
    ? withoutMarks(patch)
    : mergeList(value, patch, { ...place, by: key });
}

function mergeMapping(
  value: FieldValue | undefined,
  patch: Mapping,
  { keyed }: Place,
): FieldValue | undefined {
  const { $patch: directive, ...rest } = patch;
  if (directive === 'delete') return undefined;
  const before = isMapping(value) && directive !== 'replace' ? value : {};
  const result = new Map(Object.entries(before));
  for (const [key, item] of Object.entries(rest)) {
    const merged = mergeValue(result.get(key), item, { key, keyed });
    if (merged === undefined) result.delete(key);
    else result.set(key, merged);
  }
  return Object.fromEntries(result);
}

function keyFor(name: string, items: readonly FieldValue[]): string | undefined {
  const keys = Object.hasOwn(mergeKeys, name) ? (mergeKeys[name] ?? []) : [];
  return keys.find((key) => items.every((item) => isMapping(item) && Object.hasOwn(item, key)));
}

function mergeList(
  value: readonly FieldValue[],
  patch: readonly FieldValue[],
  place: Place & { readonly by: string },
): FieldValue {
  const nameOf = (item: FieldValue): FieldValue | undefined => (isMapping(item) ? item[place.by] : undefined);
  const present = new Map(value.map((item) => [nameOf(item), item]));
  // In the order of the patch, then what it does not speak of: as kustomize does.
  const merged = patch.flatMap((one) => {
    const result = mergeValue(present.get(nameOf(one)), one, { key: '', keyed: place.keyed });
    return result === undefined ? [] : [result];
  });
  const named = new Set(patch.map(nameOf));
  return [...merged, ...value.filter((item) => !named.has(nameOf(item)))];
}

/** New content, without what only says how it is merged. */
function withoutMarks(value: FieldValue): FieldValue {
  if (isList(value))
    return value.flatMap((item) =>
      isMapping(item) && item['$patch'] === 'delete' ? [] : [withoutMarks(item)],
    );
  if (!isMapping(value)) return value;
  const entries = Object.entries(value).filter(([key, item]) => key !== '$patch' && item !== null);
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutMarks(item)]));
}
