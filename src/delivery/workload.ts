import type { FieldValue } from '../tree/fields/change.ts';
import { isMapping } from '../tree/fields/is-mapping.ts';
import { type Manifest, type ManifestValue, groupOf, kindOf, nameOf } from './manifest-set.ts';
import type { ServiceFile, ServiceImage } from './service-file.ts';
import { type At, deliveryFault } from './variable.ts';

const scaled = new Set(['apps/Deployment', 'apps/StatefulSet', 'apps/ReplicaSet', 'argoproj.io/Rollout']);

/** Where the pod of each kind of workload is; a kind of another group may look otherwise. */
const podPaths: Readonly<Record<string, readonly string[]>> = {
  'apps/Deployment': ['spec', 'template', 'spec'],
  'apps/StatefulSet': ['spec', 'template', 'spec'],
  'apps/DaemonSet': ['spec', 'template', 'spec'],
  'apps/ReplicaSet': ['spec', 'template', 'spec'],
  'argoproj.io/Rollout': ['spec', 'template', 'spec'],
  'batch/Job': ['spec', 'template', 'spec'],
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  '/Pod': ['spec'],
};

const kindAndGroup = (value: ManifestValue): string => `${groupOf(value)}/${kindOf(value)}`;

/** A container's variable: a text, or what `valueFrom` says. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value: string | ManifestValue;
}

export const imageText = ({ repository, tag, digest }: ServiceImage): string =>
  `${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;

const imageName = (image: string): string => image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');

/** Gives every container of the image its new text. Throws at the image when no container has it. */
export function setImage(manifests: readonly Manifest[], image: ServiceImage): readonly Manifest[] {
  let count = 0;
  const text = imageText(image);
  const change = (value: FieldValue, key: string): FieldValue => {
    if (Array.isArray(value)) return (value as readonly FieldValue[]).map((item) => change(item, key));
    if (!isMapping(value)) return value;
    const own = value['image'];
    const found = /^(?:c|initC|ephemeralC)ontainers$/.test(key) && typeof own === 'string';
    const hit = found && imageName(own) === image.name;
    count += Number(hit);
    const entries = Object.entries(value).map(([name, item]) => [name, change(item, name)] as const);
    return Object.fromEntries(hit ? [...entries, ['image', text] as const] : entries);
  };
  const changed = manifests.map((manifest) => ({
    ...manifest,
    value: change(manifest.value, '') as ManifestValue,
  }));
  if (count > 0) return changed;
  throw deliveryFault(image.at, `no container has the image ${image.name}; name it with image.name`);
}

interface Wish extends Pick<ServiceFile, 'replicas'> {
  readonly at: At;
  /** The name of the service, and of its workload where it is said. */
  readonly service: string;
  readonly workload: string | undefined;
  readonly image: ServiceImage | undefined;
  readonly resources: FieldValue | undefined;
  readonly variables: readonly EnvironmentVariable[];
}

/** Sets replicas, and resources and variables of the container of the service. Throws when it is not clear which. */
export function setWorkload(manifests: readonly Manifest[], wish: Wish): readonly Manifest[] {
  const { replicas, resources, variables } = wish;
  const inPod = resources !== undefined || variables.length > 0;
  const scaledOne = replicas && chooseWorkload(manifests, wish, scaled);
  const podOne = inPod ? chooseWorkload(manifests, wish, new Set(Object.keys(podPaths))) : undefined;
  return manifests.map((manifest) => {
    let { value } = manifest;
    if (replicas && manifest === scaledOne)
      value = setAt(value, ['spec'], (spec) => ({ ...spec, replicas: replicas.count }));
    if (manifest === podOne)
      value = setAt(value, podPaths[kindAndGroup(value)] ?? [], (pod) => setContainer(pod, wish, manifest));
    return value === manifest.value ? manifest : { ...manifest, value };
  });
}

function chooseWorkload(manifests: readonly Manifest[], wish: Wish, kinds: ReadonlySet<string>): Manifest {
  const all = manifests.filter(({ value }) => kinds.has(kindAndGroup(value)));
  const name = wish.workload ?? wish.service;
  const named = all.filter(({ value }) => nameOf(value) === name);
  const found = wish.workload === undefined && all.length === 1 ? all : named;
  const [only, second] = found;
  if (only && !second) return only;
  const names = all.map(({ value }) => `${kindOf(value)} ${nameOf(value)}`).join(', ');
  const which = names === '' ? 'there is none' : `there are: ${names}`;
  throw deliveryFault(
    wish.at,
    `no single workload is named ${name}; name one with binding.workload (${which})`,
  );
}

function setAt(
  value: ManifestValue,
  [first, ...rest]: readonly string[],
  change: (inner: ManifestValue) => ManifestValue,
): ManifestValue {
  if (first === undefined) return change(value);
  const inner = value[first];
  return { ...value, [first]: setAt(isMapping(inner) ? inner : {}, rest, change) };
}

function setContainer(pod: ManifestValue, wish: Wish, manifest: Manifest): ManifestValue {
  const containers = Array.isArray(pod['containers']) ? (pod['containers'] as readonly FieldValue[]) : [];
  const all = containers.filter(isMapping);
  const text = wish.image && imageText(wish.image);
  const own = all.filter(({ image }) => text !== undefined && image === text);
  const named = all.filter(({ name }) => name === wish.service);
  const [chosen, second] = own.length === 1 ? own : all.length === 1 ? all : named;
  if (!chosen || second)
    throw deliveryFault(
      wish.at,
      `it is not clear which container of ${nameOf(manifest.value)} is the service; one has to have its image`,
    );
  const resources = wish.resources === undefined ? {} : { resources: wish.resources };
  const env = wish.variables.length === 0 ? {} : { env: mergeEnv(chosen['env'], wish.variables) };
  const changed = { ...chosen, ...resources, ...env };
  return { ...pod, containers: containers.map((container) => (container === chosen ? changed : container)) };
}

function mergeEnv(present: FieldValue | undefined, variables: readonly EnvironmentVariable[]): FieldValue {
  const before = Array.isArray(present) ? (present as readonly FieldValue[]) : [];
  const entries = new Map(variables.map((variable) => [variable.name, entryOf(variable)]));
  const kept = before.map((item) => {
    const name = isMapping(item) ? item['name'] : undefined;
    const own = typeof name === 'string' ? entries.get(name) : undefined;
    if (own === undefined || typeof name !== 'string') return item;
    entries.delete(name);
    return own;
  });
  return [...kept, ...entries.values()];
}

const entryOf = ({ name, value }: EnvironmentVariable): FieldValue =>
  typeof value === 'string' ? { name, value } : { name, valueFrom: value };
