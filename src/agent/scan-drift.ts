import { autoscaledTargets, targetKey } from '../domain/drift/autoscaled-targets.ts';
import type { FieldDrift, KubeObject, ObjectDrift } from '../domain/drift/drift.ts';
import { findDrift } from '../domain/drift/find-drift.ts';
import { partsAt, textAt } from './field-at.ts';
import { type KubeApi, KubeError } from './kube-api.ts';
import type { FindKind } from './kube-kinds.ts';
import { collectionPath, objectPath } from './kube-path.ts';
import { sentField, shownValue } from './sent-field.ts';
import type { SentFinding } from './sent.ts';

/** The field manager of dry runs. Nothing is ever saved under it. */
export const driftManager = 'knowngood-drift';

/** Those who apply what Git says. */
export const owners = ['argocd-controller', 'kubectl-client-side-apply'];

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** The hub takes longer lists, but nobody reads them. */
const mostFields = 100;

/** What a scan works with. */
export interface DriftScan {
  readonly api: KubeApi;
  readonly findKind: FindKind;
  /** Targets of autoscalers, as `targetKey` writes them. */
  readonly autoscaled: ReadonlySet<string>;
  /** RFC 3339. */
  readonly at: string;
}

/** What autoscalers of the cluster look after. */
export async function readAutoscaled(api: KubeApi): Promise<ReadonlySet<string>> {
  const path = collectionPath({ group: 'autoscaling', version: 'v2', plural: 'horizontalpodautoscalers' });
  return autoscaledTargets(await api.list(path));
}

/**
 * The drift, field by field, in all resources of an Argo CD `Application`: each is applied as a dry run the way it was
 * applied last. Resources that carry no note of that, and those that this agent may not patch, are left to
 * `statusDrift`; `asked` has the ids of those that were not.
 */
export async function scanApplication(
  scan: DriftScan,
  application: KubeObject,
): Promise<{ readonly findings: readonly SentFinding[]; readonly asked: ReadonlySet<string> }> {
  const findings: SentFinding[] = [];
  const asked = new Set<string>();
  const home = `${textAt(application, 'metadata', 'namespace')}/${textAt(application, 'metadata', 'name')}`;
  for (const resource of partsAt(application, 'status', 'resources')) {
    const names = [
      textAt(resource, 'group'),
      textAt(resource, 'kind'),
      textAt(resource, 'namespace'),
    ] as const;
    const id = [home, ...names, textAt(resource, 'name')].join('/');
    const drift = await scanResource(scan, {
      group: names[0],
      version: textAt(resource, 'version'),
      kind: names[1],
      namespace: names[2],
      name: textAt(resource, 'name'),
      ignored: ignoredIn(application, names),
    });
    if (drift === 'unknown') continue;
    asked.add(id.slice(0, 512));
    if (drift)
      findings.push({
        ...findingOf(drift),
        id: id.slice(0, 512),
        scope: home,
        detectedAt: scan.at,
        ...namesOf(resource),
      });
  }
  return { findings, asked };
}

const namesOf = (resource: unknown) => ({
  kind: textAt(resource, 'kind'),
  namespace: textAt(resource, 'namespace'),
  name: textAt(resource, 'name'),
});

/** `spec.ignoreDifferences` of an Application, as far as it is plain pointers. */
export function ignoredIn(
  application: KubeObject,
  [group, kind, namespace]: readonly [string, string, string],
): string[] {
  return partsAt(application, 'spec', 'ignoreDifferences')
    .filter(
      (rule) =>
        textAt(rule, 'kind') === kind &&
        textAt(rule, 'group') === group &&
        ['', namespace].includes(textAt(rule, 'namespace')),
    )
    .flatMap(({ jsonPointers }): unknown[] => (Array.isArray(jsonPointers) ? jsonPointers : []))
    .filter((pointer): pointer is string => typeof pointer === 'string');
}

interface Resource {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly ignored: readonly string[];
}

async function scanResource(
  { api, findKind, autoscaled }: DriftScan,
  { group, version, kind, namespace, name, ignored }: Resource,
): Promise<ObjectDrift | 'unknown' | undefined> {
  try {
    const collection = await findKind(group, version, kind);
    if (!collection) return 'unknown';
    const path = objectPath(collection, collection.namespaced ? namespace : '', name);
    const live = await api.get(path);
    const wanted = readWanted(live);
    if (!wanted) return 'unknown';
    const applied = await api.dryRun(path, driftManager, wanted);
    const isTarget = autoscaled.has(targetKey(kind, namespace, name));
    return findDrift({ live, applied, manager: driftManager, owners, autoscaled: isTarget, ignored });
  } catch (error) {
    // Gone, not ours to see, or not ours to ask: Argo CD's own status says what there is to say.
    if (error instanceof KubeError && [403, 404, 405, 409, 422].includes(error.status)) return 'unknown';
    throw error;
  }
}

/** What was applied last, as Argo CD and kubectl note it in the object. */
export function readWanted(live: KubeObject): unknown {
  const note = textAt(live, 'metadata', 'annotations', lastApplied);
  if (note === '') return undefined;
  try {
    return JSON.parse(note) as unknown;
  } catch {
    return undefined;
  }
}

function findingOf(
  drift: ObjectDrift,
): Pick<SentFinding, 'severity' | 'summary' | 'details' | 'desiredVersion' | 'liveVersion'> {
  if (drift.what !== 'changed')
    return { severity: 'high', summary: drift.what, details: { what: drift.what } };
  const fields = drift.fields.slice(0, mostFields);
  const [first] = fields;
  const more = drift.fields.length - 1;
  const image = fields.find(({ address }) => address.endsWith('/image'));
  const changed = image ?? first;
  return {
    severity: image ? 'high' : 'medium',
    summary: changed ? `${fieldText(changed)}${more > 0 ? `, and ${more} more` : ''}` : '',
    desiredVersion: image ? shownValue(image.wanted) : '',
    liveVersion: image ? shownValue(image.live) : '',
    details: { what: 'changed', source: 'dry-run', fields: fields.map(sentField) },
  };
}

const fieldText = ({ address, wanted, live, secret }: FieldDrift): string =>
  secret ? `${address} differs` : `${address} is ${shownValue(live)}, and Git says ${shownValue(wanted)}`;
