import type { DriftQuestion, FieldDrift, KubeObject, ObjectDrift } from './drift.ts';
import { type OwnedField, type OwnedStep, isMap, ownedAddress, ownedFields } from './owned-field.ts';
import { readOwned } from './read-owned.ts';
import { sameValue } from './same-value.ts';
import { holdsSecret } from './secret-texts.ts';

/**
 * How an object differs from what is wanted, in the fields that we own and nowhere else; undefined when it does not.
 * Both sides went through the same server, so defaults and what admission adds are on both.
 */
export function findDrift(question: DriftQuestion): ObjectDrift | undefined {
  const { live, applied } = question;
  if (live === undefined) return applied && { what: 'missing' };
  if (applied === undefined) return isExtra(live) ? { what: 'extra' } : undefined;
  const fields = [...changedFields(question, { live, applied })];
  return fields.length === 0 ? undefined : { what: 'changed', fields };
}

/** What a controller made for an object of ours comes and goes with it, and what is going is no surprise. */
function isExtra(live: KubeObject): boolean {
  const { ownerReferences, deletionTimestamp, annotations } = metadataOf(live);
  if (Array.isArray(ownerReferences) && ownerReferences.length > 0) return false;
  const options = isMap(annotations) ? annotations['argocd.argoproj.io/compare-options'] : undefined;
  return deletionTimestamp === undefined && !/IgnoreExtraneous/.test(JSON.stringify(options));
}

const metadataOf = (object: KubeObject): Readonly<Record<string, unknown>> =>
  isMap(object['metadata']) ? object['metadata'] : {};

type Sides = { readonly live: KubeObject; readonly applied: KubeObject };

function* changedFields(question: DriftQuestion, { live, applied }: Sides): Generator<FieldDrift> {
  const wantedFields = appliedFields(question.manager, applied);
  const dropped = droppedFields(question, new Set(wantedFields.map(keyOf)));
  const ours = new Map<string, OwnedField>();
  for (const field of [...wantedFields, ...liveFields(question, live), ...dropped.values()])
    ours.set(keyOf(field), field);
  const reported: string[] = [];
  // Sorted, whatever holds a field comes before it: one line for a removed item, not one for each of its fields.
  for (const [key, { steps, presence }] of [...ours.entries()].sort(byKey)) {
    const address = ownedAddress(steps);
    if (reported.some((above) => address === above || address.startsWith(`${above}/`))) continue;
    if (isNobodysDrift(question, steps)) continue;
    const wanted = dropped.has(key) ? undefined : readOwned(applied, steps);
    const present = readOwned(live, steps);
    const same = presence
      ? (wanted === undefined) === (present === undefined)
      : sameValue(wanted, present, namesOf(steps));
    if (same) continue;
    reported.push(address);
    const secret = [wanted, present].some((value) => holdsSecret(applied['kind'], value, steps));
    yield { address, wanted, live: present, secret };
  }
}

/** A presence comes before what is in it. */
const keyOf = ({ steps, presence }: OwnedField): string => `${ownedAddress(steps)}${presence ? ' ' : ''}`;

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : Number(a > b);

const namesOf = (steps: readonly OwnedStep[]): readonly string[] =>
  steps.flatMap((step) => (step.kind === 'field' ? [step.name] : []));

const entriesOf = (object: KubeObject): readonly Readonly<Record<string, unknown>>[] => {
  const entries = metadataOf(object)['managedFields'];
  return Array.isArray(entries) ? entries.filter(isMap) : [];
};

const appliedFields = (manager: string, applied: KubeObject): readonly OwnedField[] =>
  entriesOf(applied)
    .filter((entry) => entry['manager'] === manager && entry['operation'] === 'Apply')
    .flatMap((entry) => ownedFields(entry['fieldsV1']));

/** What is wanted no more. A dry run leaves it where it is, because it belongs to another manager. */
function droppedFields(
  { before }: DriftQuestion,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, OwnedField> {
  const then = before ? appliedFields(before.manager, before.object) : [];
  const gone = then.map((field) => [keyOf(field), field] as const).filter(([key]) => !wanted.has(key));
  // What holds a wanted field stays.
  const isHeld = ({ steps }: OwnedField): boolean =>
    [...wanted].some((key) => key.startsWith(`${ownedAddress(steps)}/`));
  return new Map(gone.filter(([, field]) => !isHeld(field)));
}

const liveFields = ({ owners }: DriftQuestion, live: KubeObject): readonly OwnedField[] =>
  entriesOf(live)
    .filter(({ manager, subresource }) => owners.includes(String(manager)) && subresource === undefined)
    .flatMap((entry) => ownedFields(entry['fieldsV1']));

const unowned = [
  '#/status',
  // Bookkeeping of the tools that apply.
  '#/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration',
  '#/metadata/annotations/argocd.argoproj.io~1tracking-id',
];

/** Fields that differ by design: written by the cluster, by an autoscaler, or excused by the person who deploys. */
function isNobodysDrift(question: DriftQuestion, steps: readonly OwnedStep[]): boolean {
  const address = ownedAddress(steps);
  if (unowned.some((prefix) => isAtOrBelow(address, prefix))) return true;
  if (address.endsWith('/clientConfig/caBundle')) return true;
  if (address === '#/spec/replicas' && isAutoscaled(question)) return true;
  return question.ignored.some((pointer) => isAtOrBelow(address, `#${pointer}`));
}

const isAtOrBelow = (address: string, prefix: string): boolean =>
  address === prefix || address.startsWith(`${prefix}/`);

/** The controller of autoscalers writes through the subresource `scale`; a person who runs `kubectl scale` does, too. */
const isAutoscaled = ({ autoscaled, live }: DriftQuestion): boolean =>
  autoscaled ||
  entriesOf(live ?? {}).some(
    ({ manager, subresource }) => subresource === 'scale' && manager === 'kube-controller-manager',
  );
