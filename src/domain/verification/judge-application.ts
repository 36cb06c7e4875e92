import type { ApplicationEvidence, ApplicationStage, ObservedApplication } from './verification.ts';
import { syncObstacles } from './sync-obstacles.ts';

interface Judgement {
  readonly stage: ApplicationStage;
  readonly reason: string;
}

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

const shortId = (revision: string): string => (revision === '' ? 'nothing' : revision.slice(0, 8));

/** Undefined once the Application has taken the commit over and looked at the cluster since. */
function whyNotSynced({ application, relation }: ObservedApplication): string | undefined {
  const { liveRevision, syncStatus, operation, reconciledAt, outOfSyncResourceCount } = application;
  if (relation === 'unknown') return `it runs ${shortId(liveRevision)}, which this repository does not have`;
  if (relation === 'behind') return `it still runs ${shortId(liveRevision)}`;
  if (operation?.phase === 'Running') return 'a sync is running';
  if (syncStatus !== 'Synced') {
    const resources = count(outOfSyncResourceCount, 'resource differs', 'resources differ');
    return `it is ${syncStatus || 'of unknown sync'}: ${resources}`;
  }
  // Until Argo CD has compared again, it speaks of the cluster before its own sync.
  if (operation?.finishedAt !== undefined && (reconciledAt ?? 0) < operation.finishedAt)
    return 'Argo CD has not looked at the cluster since its sync';
  return undefined;
}

const bad = new Set(['Degraded', 'Progressing', 'Missing', 'Unknown']);

function whyNotHealthy(observed: ObservedApplication): string | undefined {
  const { application, drift } = observed;
  const { healthStatus, degradedResourceCount, outOfSyncResourceCount, resources } = application;
  if (healthStatus !== 'Healthy') return `it is ${healthStatus || 'of unknown health'}`;
  const unwell = resources.find((each) => each.hookType === '' && bad.has(each.healthStatus));
  if (unwell) return `${unwell.kind} ${unwell.name} is ${unwell.healthStatus}`;
  if (degradedResourceCount > 0)
    return count(degradedResourceCount, 'resource is degraded', 'resources are degraded');
  if (outOfSyncResourceCount > 0)
    return count(outOfSyncResourceCount, 'resource differs', 'resources differ');
  const [first] = drift?.findings ?? [];
  return first ? `${first.kind} ${first.name} drifts: ${first.summary}` : whyOtherImages(observed);
}

/** An inventory from before the sync tells what ran before, and nothing of what runs now. */
function whyOtherImages({ application: { operation }, images }: ObservedApplication): string | undefined {
  const [other] = images?.others ?? [];
  if (images === undefined || other === undefined) return undefined;
  if (images.reportedAt < (operation?.finishedAt ?? 0)) return undefined;
  return `${other.workload} runs ${other.runs}, not ${other.expected}`;
}

function judge(observed: ObservedApplication): Judgement {
  const notSynced = whyNotSynced(observed);
  if (notSynced !== undefined) return { stage: 'delivered', reason: notSynced };
  const notHealthy = whyNotHealthy(observed);
  return notHealthy === undefined
    ? { stage: 'healthy', reason: '' }
    : { stage: 'synced', reason: notHealthy };
}

/** How far an Application is with a commit of this branch, and what is in its way. */
export function judgeApplication(
  observed: ObservedApplication,
  at: { readonly now: number; readonly branch: string },
): ApplicationEvidence {
  const { cluster, application, relation, reportedAt, drift, images } = observed;
  const judgement = judge(observed);
  return {
    clusterId: cluster.id,
    clusterName: cluster.name,
    presence: cluster.presence,
    namespace: application.namespace,
    name: application.name,
    ...judgement,
    relation,
    liveRevision: application.liveRevision,
    syncStatus: application.syncStatus,
    healthStatus: application.healthStatus,
    reportedAt,
    reconciledAt: application.reconciledAt,
    findings: drift?.findings.length ?? null,
    images: images ? { compared: images.compared, others: images.others } : null,
    // What could keep it from syncing is no news once it has.
    obstacles: judgement.stage === 'healthy' ? [] : syncObstacles(application, at),
  };
}
