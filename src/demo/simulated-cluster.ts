import type { SentApplication, SentInventory } from '../agent/sent.ts';
import { imagesLabel } from '../domain/cluster/running-images.ts';
import type { Clock } from '../std/clock.ts';
import type { Oid } from '../tree/object.ts';

/** One service of a tenant-environment as the repository describes it. */
export interface SimulatedWorkload {
  readonly tenant: string;
  readonly environment: string;
  readonly service: string;
  readonly image: string;
  readonly tag: string;
  readonly replicas: number;
  /** Changes when anything of it does. */
  readonly content: string;
}

/** What a revision of the repository describes. */
export interface ShopCheckout {
  readonly revision: Oid;
  readonly workloads: readonly SimulatedWorkload[];
}

/** A made-up cluster with an Argo CD that syncs by itself. Nothing runs: it only tells what would happen, and when. */
export interface SimulatedCluster {
  /** Takes over what the branch says now. What is there at first runs already. */
  readonly observe: (checkout: ShopCheckout) => void;
  readonly applications: () => readonly SentApplication[];
  readonly inventory: (at: string) => SentInventory;
  /** Milliseconds until something changes by itself; undefined when nothing will. */
  readonly nextChange: () => number | undefined;
}

/** What the cluster is called wherever its name is shown. */
export const simulatedName = 'simulated';

/** Releases whose pods would crash: the story of the demo. */
const crashing = new Set(['api-gateway v2.1.0']);

/**
 * Milliseconds after a commit was seen: the sync begins, it is done, the pods have settled, and one more look at them
 * shows that this lasts.
 */
const stages = { begins: 1000, synced: 2500, settled: 6000, lasting: 12_000 } as const;

interface Running {
  workload: SimulatedWorkload;
  revision: Oid;
  /** What ran before, while a sync is on its way. */
  before: { readonly workload: SimulatedWorkload; readonly revision: Oid } | undefined;
  changedAt: number;
}

export function simulatedCluster({
  repoUrl,
  clock,
}: {
  readonly repoUrl: string;
  readonly clock: Clock;
}): SimulatedCluster {
  const running = new Map<string, Running>();
  let seenAt = 0;
  const age = ({ changedAt }: Running): number => clock() - changedAt;
  return {
    observe: ({ revision, workloads }) => {
      const first = running.size === 0;
      seenAt = clock();
      const names = new Set(workloads.map(nameOf));
      for (const name of running.keys()) if (!names.has(name)) running.delete(name);
      for (const workload of workloads) {
        const known = running.get(nameOf(workload));
        if (!known) {
          const changedAt = first ? seenAt - stages.lasting : seenAt;
          running.set(nameOf(workload), { workload, revision, before: undefined, changedAt });
        } else {
          if (known.workload.content !== workload.content) {
            known.before = liveOf(known, age(known));
            known.changedAt = seenAt;
          }
          Object.assign(known, { workload, revision });
        }
      }
    },
    applications: () => [...running.values()].map((one) => tell(one, { repoUrl, seenAt, age: age(one) })),
    inventory: (at) =>
      inventoryOf(
        [...running.values()].map((one) => healthyPods(one, age(one))),
        at,
      ),
    nextChange: () => {
      const waits = [...running.values()].flatMap((one) =>
        Object.values(stages)
          .map((stage) => stage - age(one))
          .filter((wait) => wait > 0),
      );
      return waits.length === 0 ? undefined : Math.min(...waits);
    },
  };
}

const moment = (at: number): string => new Date(at).toISOString();

const nameOf = ({ tenant, environment, service }: SimulatedWorkload): string =>
  `${tenant}-${environment}-${service}`;

/** What is in the cluster now: the old one until the sync is done. */
const liveOf = (
  { workload, revision, before }: Running,
  age: number,
): { readonly workload: SimulatedWorkload; readonly revision: Oid } =>
  age < stages.synced && before ? before : { workload, revision };

const crashes = ({ service, tag }: SimulatedWorkload): boolean => crashing.has(`${service} ${tag}`);

function healthOf(one: Running, age: number): 'Missing' | 'Progressing' | 'Healthy' | 'Degraded' {
  if (age < stages.synced && !one.before) return 'Missing';
  if (age >= stages.synced && age < stages.settled) return 'Progressing';
  return crashes(liveOf(one, age).workload) ? 'Degraded' : 'Healthy';
}

interface Moment {
  readonly repoUrl: string;
  readonly seenAt: number;
  readonly age: number;
}

function tell(one: Running, { repoUrl, seenAt, age }: Moment): SentApplication {
  const { workload, revision } = liveOf(one, age);
  const { tenant, environment, service, tag } = workload;
  const namespace = `${tenant}-${environment}`;
  const synced = age >= stages.synced;
  const healthStatus = healthOf(one, age);
  const syncStatus = synced ? 'Synced' : 'OutOfSync';
  const passed = Object.values(stages).filter((stage) => stage <= age);
  const healthMessage =
    healthStatus === 'Degraded' ? `CrashLoopBackOff: the simulated ${service} ${tag} ends at once` : '';
  return {
    name: nameOf(workload),
    namespace: 'argocd',
    project: 'shop',
    repoUrl,
    path: `tenants/${tenant}/${environment}/${service}`,
    targetRevision: 'main',
    syncStatus,
    healthStatus,
    resourceCount: 1,
    lastSyncedAt: moment(one.changedAt + (synced ? stages.synced : 0)),
    destinationServer: 'https://simulated.invalid',
    destinationNamespace: namespace,
    sourceType: 'Directory',
    liveRevision: revision,
    // Argo CD looks again whenever something happens.
    reconciledAt: moment(Math.max(seenAt, one.changedAt + Math.max(0, ...passed))),
    outOfSyncResourceCount: synced ? 0 : 1,
    degradedResourceCount: healthStatus === 'Degraded' ? 1 : 0,
    syncPolicy: { automated: true, prune: true, selfHeal: true },
    operation: operationOf(one, age),
    resources: [
      {
        group: 'apps',
        kind: 'Deployment',
        version: 'v1',
        namespace,
        name: service,
        syncStatus,
        healthStatus,
        healthMessage,
      },
    ],
  };
}

function operationOf({ changedAt }: Running, age: number): SentApplication['operation'] {
  if (age < stages.begins) return undefined;
  const startedAt = moment(changedAt + stages.begins);
  if (age < stages.synced) return { phase: 'Running', message: 'simulated', startedAt };
  return {
    phase: 'Succeeded',
    message: 'simulated',
    startedAt,
    finishedAt: moment(changedAt + stages.synced),
  };
}

interface Pods {
  readonly workload: SimulatedWorkload;
  readonly ready: number;
}

const healthyPods = (one: Running, age: number): Pods => {
  const { workload } = liveOf(one, age);
  return { workload, ready: healthOf(one, age) === 'Healthy' ? workload.replicas : 0 };
};

function inventoryOf(pods: readonly Pods[], timestamp: string): SentInventory {
  const namespaces = new Set(pods.map(({ workload }) => `${workload.tenant}-${workload.environment}`));
  return {
    timestamp,
    summary: {
      clusterName: simulatedName,
      namespaceCount: namespaces.size,
      nodeCount: 3,
      readyNodeCount: 3,
      podCount: pods.reduce((sum, { workload }) => sum + workload.replicas, 0),
      deploymentCount: pods.length,
      kubernetesVersion: simulatedName,
    },
    resources: pods.map(({ workload, ready }) => ({
      kind: 'Deployment',
      namespace: `${workload.tenant}-${workload.environment}`,
      name: workload.service,
      status: `${ready}/${workload.replicas} ready`,
      labels: {
        app: workload.service,
        [imagesLabel]: `${workload.image}:${workload.tag}`,
        provider: simulatedName,
      },
    })),
  };
}
