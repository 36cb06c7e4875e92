import type { ClusterCommand } from '../../app/clusters/agent-commands.ts';
import type { RegistrationToken } from '../../app/clusters/registration-token.ts';
import type { ClusterView } from '../../app/clusters/view-cluster.ts';
import type { Hub } from '../../app/hub.ts';
import type { ResultOf } from '../../contract/operations.ts';
import { wireTime, wireTimeOrNull } from '../../contract/primitives.ts';

type WireCluster = ResultOf<'listClusters'>['items'][number];
type WireApplication = ResultOf<'listClusterApplications'>['applications'][number];

function countsOf({ inventory, applications, findings }: ClusterView): WireCluster['counts'] {
  const { nodeCount = 0, readyNodeCount = 0, podCount = 0 } = inventory?.summary ?? {};
  const apps = applications.map(({ application }) => application);
  return {
    nodes: nodeCount,
    readyNodes: readyNodeCount,
    pods: podCount,
    applications: apps.length,
    outOfSync: apps.filter(({ syncStatus }) => syncStatus !== 'Synced').length,
    unhealthy: apps.filter(({ healthStatus }) => healthStatus !== 'Healthy').length,
    findings: findings?.length ?? null,
  };
}

/** Each tenant-environment once. */
function runsOf({ bindings }: ClusterView): WireCluster['runs'] {
  const places = bindings.map(({ project, tenant, environment }) => ({ project, tenant, environment }));
  return [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
}

/** A row of the list of clusters. */
export function wireCluster(view: ClusterView): WireCluster {
  const { cluster, state, inventory } = view;
  const { agentVersion, capabilities, ...facts } = cluster.facts;
  // Agents of GitOpsHQ tell it in the inventory alone, where it is the newer one of any agent.
  const { kubernetesVersion = '' } = inventory?.summary ?? {};
  return {
    id: cluster.id,
    name: cluster.name,
    ...facts,
    kubernetesVersion: kubernetesVersion || facts.kubernetesVersion,
    simulated: cluster.simulated,
    state,
    agent: {
      version: agentVersion,
      capabilities: [...capabilities],
      clockAheadSeconds: cluster.skew === undefined ? null : Math.round(cluster.skew / 1000),
    },
    counts: countsOf(view),
    runs: runsOf(view),
    createdAt: wireTime(cluster.createdAt),
    joinedAt: wireTimeOrNull(cluster.joinedAt),
    seenAt: wireTimeOrNull(cluster.seenAt),
  };
}

const timesOf = ({ reports }: ClusterView, kind: keyof ClusterView['reports']) => ({
  reportedAt: wireTimeOrNull(reports[kind]?.reportedAt),
  receivedAt: wireTimeOrNull(reports[kind]?.receivedAt),
});

export const wireClusterDetail = (view: ClusterView): ResultOf<'getCluster'> => ({
  ...wireCluster(view),
  bindings: view.bindings.map((binding) => ({ ...binding, application: binding.application ?? null })),
  reports: (['inventory', 'applications', 'drift'] as const).map((kind) => ({
    kind,
    ...timesOf(view, kind),
  })),
});

/** A registration token as it is shown once. */
export const wireRegistration = (
  { secret, expiresAt }: RegistrationToken,
  { settings }: Pick<Hub, 'settings'>,
): ResultOf<'createRegistrationToken'> => ({
  token: secret,
  expiresAt: wireTime(expiresAt),
  address: settings.agentAddress,
});

export const wireNewCluster = (
  view: ClusterView,
  token: RegistrationToken,
  hub: Pick<Hub, 'settings'>,
): ResultOf<'createCluster'> => ({ cluster: wireCluster(view), registration: wireRegistration(token, hub) });

/** More than a page can show. */
const mostResources = 2_000;

export function wireInventory(view: ClusterView): ResultOf<'getClusterInventory'> {
  const { summary, resources = [] } = view.inventory ?? {};
  return {
    ...timesOf(view, 'inventory'),
    summary: summary
      ? {
          namespaces: summary.namespaceCount,
          nodes: summary.nodeCount,
          readyNodes: summary.readyNodeCount,
          pods: summary.podCount,
          deployments: summary.deploymentCount,
          kubernetesVersion: summary.kubernetesVersion,
        }
      : null,
    resources: resources
      .slice(0, mostResources)
      .map((resource) => ({ ...resource, labels: { ...resource.labels } })),
    total: resources.length,
  };
}

export const wireDrift = (view: ClusterView): ResultOf<'getClusterDrift'> => ({
  ...timesOf(view, 'drift'),
  findings: (view.findings ?? []).map(({ desiredVersion, liveVersion, detectedAt, details, ...finding }) => ({
    ...finding,
    desired: desiredVersion,
    live: liveVersion,
    detectedAt: wireTimeOrNull(detectedAt),
    details: details ?? null,
  })),
});

export const wireApplications = (view: ClusterView): ResultOf<'listClusterApplications'> => ({
  ...timesOf(view, 'applications'),
  applications: view.applications.map((row) => wireApplication(view, row)),
});

function wireApplication(
  { slugs }: ClusterView,
  { application, bound }: ClusterView['applications'][number],
): WireApplication {
  const { operation } = application;
  return {
    namespace: application.namespace,
    name: application.name,
    project: application.project,
    repoUrl: application.repoUrl,
    path: application.path,
    targetRevision: application.targetRevision,
    destinationNamespace: application.destinationNamespace,
    syncStatus: application.syncStatus,
    healthStatus: application.healthStatus,
    liveRevision: application.liveRevision,
    automated: application.syncPolicy?.automated ?? false,
    lastSyncedAt: wireTimeOrNull(application.lastSyncedAt),
    reconciledAt: wireTimeOrNull(application.reconciledAt),
    operation: operation
      ? {
          phase: operation.phase,
          message: operation.message,
          startedAt: wireTimeOrNull(operation.startedAt),
          finishedAt: wireTimeOrNull(operation.finishedAt),
        }
      : null,
    conditions: application.conditions.map(({ type, message }) => ({ type, message })),
    counts: {
      resources: application.resourceCount,
      outOfSync: application.outOfSyncResourceCount,
      degraded: application.degradedResourceCount,
    },
    resources: application.resources.map(wireResource),
    runs: wireRuns(slugs, bound),
  };
}

const wireResource = (
  resource: ClusterView['applications'][number]['application']['resources'][number],
): WireApplication['resources'][number] => ({
  group: resource.group,
  kind: resource.kind,
  namespace: resource.namespace,
  name: resource.name,
  syncStatus: resource.syncStatus,
  healthStatus: resource.healthStatus,
  healthMessage: resource.healthMessage,
});

function wireRuns(
  slugs: ClusterView['slugs'],
  bound: ClusterView['applications'][number]['bound'],
): WireApplication['runs'] {
  const project = bound && slugs.get(bound.projectId);
  if (bound === undefined || project === undefined) return null;
  const { tenant, environment, service = null, by } = bound;
  return { project, tenant, environment, service, by };
}

export const wireCommand = (command: ClusterCommand): ResultOf<'syncApplication'> => ({
  id: command.id,
  kind: command.kind,
  status: command.status,
  message: command.message,
  requestedBy: command.requestedBy,
  createdAt: wireTime(command.createdAt),
  expiresAt: wireTime(command.expiresAt),
});
