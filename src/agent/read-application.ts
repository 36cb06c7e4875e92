import type { KubeObject } from '../domain/drift/drift.ts';
import { type Part, countAt, flagAt, momentAt, nameAt, partAt, partsAt, proseAt } from './field-at.ts';
import type { SentApplication } from './sent.ts';

/** An Argo CD `Application` as the hub is told of it: its own words for sync and health, and no judgement of ours. */
export function readApplication(object: KubeObject): SentApplication {
  const [spec, status] = [partAt(object, 'spec'), partAt(object, 'status')];
  const sources = partsAt(spec, 'sources').map(readSource);
  const source = 'source' in spec || sources.length === 0 ? readSource(partAt(spec, 'source')) : sources[0];
  const resources = partsAt(status, 'resources').map(readResource);
  const counted = (hit: (resource: ReturnType<typeof readResource>) => boolean): number =>
    resources.filter(hit).length;
  return {
    name: nameAt(object, 'metadata', 'name'),
    namespace: nameAt(object, 'metadata', 'namespace'),
    project: nameAt(spec, 'project'),
    repoUrl: source?.repoUrl ?? '',
    path: source?.path ?? '',
    targetRevision: source?.targetRevision ?? '',
    syncStatus: nameAt(status, 'sync', 'status'),
    healthStatus: nameAt(status, 'health', 'status'),
    resourceCount: resources.length,
    lastSyncedAt: lastSyncOf(status),
    destinationServer: nameAt(spec, 'destination', 'server') || nameAt(spec, 'destination', 'name'),
    destinationNamespace: nameAt(spec, 'destination', 'namespace'),
    sourceType: nameAt(status, 'sourceType'),
    sources,
    liveRevision: liveRevisionOf(status),
    reconciledAt: momentAt(status, 'reconciledAt'),
    outOfSyncResourceCount: counted(({ syncStatus }) => syncStatus === 'OutOfSync'),
    degradedResourceCount: counted(({ healthStatus }) => healthStatus === 'Degraded'),
    syncPolicy: readPolicy(partAt(spec, 'syncPolicy')),
    operation: readOperation(partAt(status, 'operationState')),
    conditions: partsAt(status, 'conditions')
      .slice(0, 100)
      .map((condition) => ({
        type: nameAt(condition, 'type'),
        message: proseAt(condition, 'message'),
        lastTransitionAt: momentAt(condition, 'lastTransitionTime'),
      })),
    resources: resources.slice(0, 10_000),
    history: partsAt(status, 'history').slice(-1000).map(readDeployment),
  };
}

const readSource = (source: Part) => ({
  repoUrl: nameAt(source, 'repoURL'),
  path: nameAt(source, 'path'),
  chart: nameAt(source, 'chart'),
  targetRevision: nameAt(source, 'targetRevision'),
  ref: nameAt(source, 'ref'),
});

const readResource = (resource: Part) => ({
  group: nameAt(resource, 'group'),
  kind: nameAt(resource, 'kind'),
  namespace: nameAt(resource, 'namespace'),
  name: nameAt(resource, 'name'),
  version: nameAt(resource, 'version'),
  syncStatus: nameAt(resource, 'status'),
  healthStatus: nameAt(resource, 'health', 'status'),
  healthMessage: proseAt(resource, 'health', 'message'),
  hookType: flagAt(resource, 'hook') ? 'Hook' : '',
  requiresPruning: flagAt(resource, 'requiresPruning'),
});

const readDeployment = (deployment: Part) => ({
  id: countAt(deployment, 'id'),
  revision: revisionOf(deployment),
  deployedAt: momentAt(deployment, 'deployedAt'),
});

/** The revision of one source, or the first of several. */
function revisionOf(part: Part): string {
  const { revisions } = part;
  const first: unknown = Array.isArray(revisions) ? revisions[0] : undefined;
  return nameAt(part, 'revision') || nameAt({ first }, 'first');
}

/**
 * What runs. `status.sync.revision` is what the cluster was compared with: only when they are the same does it run, and
 * else what Argo CD applied last.
 */
function liveRevisionOf(status: Part): string {
  if (nameAt(status, 'sync', 'status') === 'Synced') return revisionOf(partAt(status, 'sync'));
  const last = partsAt(status, 'history').at(-1);
  return last ? revisionOf(last) : revisionOf(partAt(status, 'operationState', 'syncResult'));
}

function lastSyncOf(status: Part): string | undefined {
  const state = partAt(status, 'operationState');
  const finished = nameAt(state, 'phase') === 'Succeeded' ? momentAt(state, 'finishedAt') : undefined;
  return finished ?? momentAt(partsAt(status, 'history').at(-1), 'deployedAt');
}

function readPolicy(policy: Part): NonNullable<SentApplication['syncPolicy']> {
  const automated = partAt(policy, 'automated');
  return {
    automated: 'automated' in policy && automated['enabled'] !== false,
    prune: flagAt(automated, 'prune'),
    selfHeal: flagAt(automated, 'selfHeal'),
    allowEmpty: flagAt(automated, 'allowEmpty'),
  };
}

function readOperation(state: Part): SentApplication['operation'] {
  const phase = nameAt(state, 'phase');
  if (phase === '') return undefined;
  return {
    phase,
    message: proseAt(state, 'message'),
    startedAt: momentAt(state, 'startedAt'),
    finishedAt: momentAt(state, 'finishedAt'),
  };
}
