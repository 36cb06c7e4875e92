import type { Hazard, HazardCode } from '../domain/plan/plan.ts';
import type { FieldValue } from '../tree/fields/change.ts';
import { isMapping } from '../tree/fields/is-mapping.ts';
import { deletePolicyOf, isHook } from './hook-hazards.ts';
import { type ManifestValue, identityOf, kindOf, nameOf, titleOf } from './manifest-set.ts';

/** An object of Kubernetes and the generated file it is in. */
export interface GeneratedObject {
  readonly path: string;
  /** The tenant-environment: objects of different ones are different, whatever their names. */
  readonly place: string;
  readonly value: ManifestValue;
}

/** Fields that a cluster refuses to change in an object that is there. */
const immutable: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Deployment: [['spec', 'selector']],
  ReplicaSet: [['spec', 'selector']],
  DaemonSet: [['spec', 'selector']],
  StatefulSet: [
    ['spec', 'selector'],
    ['spec', 'volumeClaimTemplates'],
    ['spec', 'serviceName'],
  ],
  Job: [
    ['spec', 'selector'],
    ['spec', 'template'],
  ],
  Service: [['spec', 'clusterIP']],
  PersistentVolumeClaim: [
    ['spec', 'storageClassName'],
    ['spec', 'accessModes'],
  ],
  RoleBinding: [['roleRef']],
  ClusterRoleBinding: [['roleRef']],
};

/** What says `immutable: true` keeps its data. */
const sealable: ReadonlySet<string> = new Set(['ConfigMap', 'Secret']);
const dataFields = [['data'], ['binaryData'], ['stringData']] as const;

/** A hook is made anew for each sync, unless its policy keeps one that was done. */
const isMadeAnew = ({ value }: GeneratedObject): boolean =>
  isHook(value) && /^$|before-?hook-?creation|hook-?succeeded/i.test(deletePolicyOf(value));

function fixedFieldsOf(was: GeneratedObject): readonly (readonly string[])[] {
  if (isMadeAnew(was)) return [];
  const kind = kindOf(was.value);
  if (sealable.has(kind) && fieldAt(was.value, ['immutable']) === true) return dataFields;
  return immutable[kind] ?? [];
}

function fieldAt(value: FieldValue, path: readonly string[]): FieldValue | undefined {
  let found: FieldValue | undefined = value;
  for (const key of path) found = isMapping(found) ? found[key] : undefined;
  return found;
}

/**
 * What a cluster would lose or refuse when generated objects become others, with what stays `beside` them. Nothing of it
 * stops a rollback.
 */
export function objectHazards(
  before: readonly GeneratedObject[],
  after: readonly GeneratedObject[],
  beside: readonly GeneratedObject[] = [],
): readonly Hazard[] {
  const all = [...after, ...beside];
  const keyOf = ({ place, value }: GeneratedObject): string => `${place} ${identityOf(value)}`;
  const next = new Map(after.map((object) => [keyOf(object), object]));
  return before.flatMap((object) => {
    const now = next.get(keyOf(object));
    if (!now)
      return [hazard('object_goes_away', object, `${titleOf(object.value)} goes away${whatGoesToo(object)}`)];
    return [...changesOf(object, now), ...scalingOf(object, now, all)];
  });
}

const hazard = (code: HazardCode, { path }: GeneratedObject, message: string): Hazard => ({
  code,
  message,
  blocking: false,
  paths: [path],
});

const losses: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: ', and with it its data unless its volume is retained',
  CustomResourceDefinition: ', and with it every object of its kind',
  Application: ', and with it what it manages where it cascades',
  Namespace: ', and with it everything in it',
};
const whatGoesToo = ({ value }: GeneratedObject): string => losses[kindOf(value)] ?? '';

function changesOf(was: GeneratedObject, now: GeneratedObject): readonly Hazard[] {
  const fixed = fixedFieldsOf(was).filter((path) => {
    const [a, b] = [fieldAt(was.value, path), fieldAt(now.value, path)];
    return a !== undefined && b !== undefined && JSON.stringify(a) !== JSON.stringify(b);
  });
  const found = fixed.map((path) =>
    hazard(
      'field_immutable',
      now,
      `${titleOf(now.value)} changes ${path.join('.')}, which a cluster refuses in an object that is there`,
    ),
  );
  const size = ['spec', 'resources', 'requests', 'storage'];
  const [large, small] = [bytesOf(fieldAt(was.value, size)), bytesOf(fieldAt(now.value, size))];
  if (
    kindOf(was.value) === 'PersistentVolumeClaim' &&
    large !== undefined &&
    small !== undefined &&
    small < large
  )
    found.push(
      hazard('volume_shrinks', now, `${titleOf(now.value)} asks for less storage, and volumes only grow`),
    );
  if (
    kindOf(was.value) === 'CustomResourceDefinition' &&
    JSON.stringify(was.value) !== JSON.stringify(now.value)
  )
    found.push(
      hazard('definition_changes', now, `${titleOf(now.value)} changes for every object of its kind`),
    );
  return found;
}

const units: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

function bytesOf(quantity: FieldValue | undefined): number | undefined {
  if (typeof quantity === 'number') return quantity;
  const found = typeof quantity === 'string' ? /^(\d+(?:\.\d+)?)([kMGTP]i?|Ki)?$/.exec(quantity) : null;
  const unit = units[found?.[2] ?? ''];
  return found && unit !== undefined ? Number(found[1]) * unit : undefined;
}

/** Replicas that an autoscaler sets, too. */
function scalingOf(
  was: GeneratedObject,
  now: GeneratedObject,
  all: readonly GeneratedObject[],
): readonly Hazard[] {
  const replicas = ['spec', 'replicas'];
  const [before, after] = [fieldAt(was.value, replicas), fieldAt(now.value, replicas)];
  if (before === after || after === undefined) return [];
  const scaler = all.find(
    ({ place, value }) =>
      place === now.place &&
      kindOf(value) === 'HorizontalPodAutoscaler' &&
      fieldAt(value, ['spec', 'scaleTargetRef', 'kind']) === kindOf(now.value) &&
      fieldAt(value, ['spec', 'scaleTargetRef', 'name']) === nameOf(now.value),
  );
  if (!scaler) return [];
  return [
    hazard(
      'replicas_scaled',
      now,
      `${titleOf(now.value)} sets replicas, which ${titleOf(scaler.value)} sets as well`,
    ),
  ];
}
