import type { KubeObject } from '../domain/drift/drift.ts';
import {
  type Part,
  countAt,
  flagAt,
  momentAt,
  nameAt,
  partAt,
  partsAt,
  proseAt,
  textAt,
} from './field-at.ts';
import type { SentApplication } from './sent.ts';

/** Where a source of Flux comes from, by `Kind/namespace/name`. */
export type FluxSources = ReadonlyMap<string, string>;

/** The addresses of these GitRepositories, OCIRepositories, HelmRepositories and Buckets. */
export const fluxSources = (objects: readonly KubeObject[]): FluxSources =>
  new Map(
    objects.map((object) => [
      keyOf(
        textAt(object, 'kind'),
        textAt(object, 'metadata', 'namespace'),
        textAt(object, 'metadata', 'name'),
      ),
      nameAt(object, 'spec', 'url') || nameAt(object, 'spec', 'endpoint'),
    ]),
  );

const keyOf = (...parts: readonly string[]): string => parts.join('/');

/** A Kustomization of Flux in the words of Argo CD, which the protocol speaks. */
export const readKustomization = (object: KubeObject, sources: FluxSources): SentApplication => ({
  ...readCommon(object),
  ...sourceOf(object, partAt(object, 'spec', 'sourceRef'), sources),
  path: nameAt(object, 'spec', 'path').replace(/^\.\//, ''),
  sourceType: 'Kustomize',
  liveRevision: commitOf(textAt(object, 'status', 'lastAppliedRevision')),
  targetRevision: branchOf(textAt(object, 'status', 'lastAttemptedRevision')),
  destinationNamespace: nameAt(object, 'spec', 'targetNamespace'),
  resourceCount: partsAt(object, 'status', 'inventory', 'entries').length,
  syncPolicy: { automated: !flagAt(object, 'spec', 'suspend'), prune: flagAt(object, 'spec', 'prune') },
  history: [],
});

/** A HelmRelease of Flux in the words of Argo CD. Its revision is that of the chart. */
export function readHelmRelease(object: KubeObject, sources: FluxSources): SentApplication {
  const chart = partAt(object, 'spec', 'chart', 'spec');
  const ref = 'sourceRef' in chart ? partAt(chart, 'sourceRef') : partAt(object, 'spec', 'chartRef');
  const history = partsAt(object, 'status', 'history');
  return {
    ...readCommon(object),
    ...sourceOf(object, ref, sources),
    path: nameAt(chart, 'chart'),
    sourceType: 'Helm',
    liveRevision: nameAt(history[0], 'chartVersion') || nameAt(object, 'status', 'lastAppliedRevision'),
    targetRevision: nameAt(chart, 'version'),
    destinationNamespace:
      nameAt(object, 'spec', 'targetNamespace') || nameAt(object, 'metadata', 'namespace'),
    syncPolicy: { automated: !flagAt(object, 'spec', 'suspend') },
    history: history
      .slice(0, 1000)
      .toReversed()
      .map((release) => ({
        id: countAt(release, 'version'),
        revision: nameAt(release, 'chartVersion'),
        deployedAt: momentAt(release, 'lastDeployed'),
      })),
  };
}

function sourceOf(object: KubeObject, ref: Part, sources: FluxSources): Pick<SentApplication, 'repoUrl'> {
  const namespace = textAt(ref, 'namespace') || textAt(object, 'metadata', 'namespace');
  return { repoUrl: sources.get(keyOf(textAt(ref, 'kind'), namespace, textAt(ref, 'name'))) ?? '' };
}

function readCommon(object: KubeObject): SentApplication {
  const status = partAt(object, 'status');
  const conditions = partsAt(status, 'conditions').slice(0, 100);
  const ready = conditions.find((condition) => condition['type'] === 'Ready') ?? {};
  const stalled = conditions.some(({ type, status: value }) => type === 'Stalled' && value === 'True');
  const seen = countAt(status, 'observedGeneration') >= countAt(object, 'metadata', 'generation');
  return {
    name: nameAt(object, 'metadata', 'name'),
    namespace: nameAt(object, 'metadata', 'namespace'),
    project: 'flux',
    ...wordsOf(object, { ready, seen, stalled }),
    reconciledAt: momentAt(ready, 'lastTransitionTime'),
    lastSyncedAt: ready['status'] === 'True' ? momentAt(ready, 'lastTransitionTime') : undefined,
    conditions: conditions.map((condition) => ({
      type: nameAt(condition, 'type'),
      message: proseAt(condition, 'message'),
      lastTransitionAt: momentAt(condition, 'lastTransitionTime'),
    })),
  };
}

interface Facts {
  readonly ready: Part;
  readonly seen: boolean;
  readonly stalled: boolean;
}

/** Flux says `Ready` for both: that it applied the newest revision, and that what it applied is healthy. */
function wordsOf(
  object: KubeObject,
  { ready, seen, stalled }: Facts,
): Pick<SentApplication, 'syncStatus' | 'healthStatus'> {
  const { status, reason } = ready;
  const applied = textAt(object, 'status', 'lastAppliedRevision');
  const newest = applied === textAt(object, 'status', 'lastAttemptedRevision');
  if (flagAt(object, 'spec', 'suspend'))
    return { syncStatus: newest ? 'Synced' : 'OutOfSync', healthStatus: 'Suspended' };
  if (status === undefined) return { syncStatus: 'Unknown', healthStatus: 'Unknown' };
  if (!seen || status === 'Unknown')
    return { syncStatus: newest ? 'Synced' : 'OutOfSync', healthStatus: 'Progressing' };
  if (status === 'True') return { syncStatus: 'Synced', healthStatus: 'Healthy' };
  const unhealthy = stalled || reason === 'HealthCheckFailed' || newest;
  return { syncStatus: newest ? 'Synced' : 'OutOfSync', healthStatus: unhealthy ? 'Degraded' : 'Unknown' };
}

/** The commit of `main@sha1:…`, and what cannot be taken apart as it is. */
const commitOf = (revision: string): string =>
  /(?:^|[:/])([0-9a-f]{40})$/.exec(revision)?.[1] ?? revision.slice(0, 512);

const branchOf = (revision: string): string => /^(.+)@[a-z0-9]+:/.exec(revision)?.[1]?.slice(0, 512) ?? '';
