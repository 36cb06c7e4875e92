import type { KubeObject } from '../domain/drift/drift.ts';
import type { Clock } from '../std/clock.ts';
import type { ClusterView } from './cluster-view.ts';
import { dryRunObjects, dryRunPatience } from './dry-run-objects.ts';
import { nameAt } from './field-at.ts';
import { type KubeApi, KubeError } from './kube-api.ts';
import { kindFinder } from './kube-kinds.ts';
import { type KubeCollection, argoApplications, argoProjects, collectionPath } from './kube-path.ts';
import { readApplication } from './read-application.ts';
import { refreshApplication } from './refresh-application.ts';
import { fluxSources, readHelmRelease, readKustomization } from './read-flux.ts';
import { readInventory } from './read-inventory.ts';
import { readAutoscaled, scanApplication } from './scan-drift.ts';
import type { SentApplication, SentFinding } from './sent.ts';
import { statusDrift } from './status-drift.ts';
import { closedWindow, readSyncWindows } from './sync-window.ts';
import { syncApplication } from './sync-application.ts';

/** Which part of a cluster an agent looks at. */
export interface KubeViewOptions {
  readonly cluster: string;
  /** Where Applications are; empty: in any namespace. */
  readonly namespaces: readonly string[];
  /** Ask by dry run what has drifted, which takes the right to patch. */
  readonly fieldDrift: boolean;
  readonly clock: Clock;
}

const flux = (group: string, version: string, plural: string): KubeCollection => ({
  group: `${group}.toolkit.fluxcd.io`,
  version,
  plural,
});
const kustomizations = flux('kustomize', 'v1', 'kustomizations');
const helmReleases = flux('helm', 'v2', 'helmreleases');
const sources = ['gitrepositories', 'ocirepositories', 'helmrepositories', 'buckets'].map((plural) =>
  flux('source', 'v1', plural),
);

/** A real cluster, seen through its API server: Argo CD's Applications and Flux's alike. */
export function kubeView(api: KubeApi, options: KubeViewOptions): ClusterView {
  const { cluster, fieldDrift } = options;
  const listArgo = (): Promise<readonly KubeObject[]> => listIn(api, argoApplications, options);
  return {
    kubernetesVersion: async () => nameAt(await api.get('/version'), 'gitVersion'),
    inventory: (at) => readInventory(api, { cluster, at }),
    applications: async () => [...(await readArgo(api, options)), ...(await readFlux(api, options))],
    drift: async (at) => {
      const objects = await listArgo();
      if (!fieldDrift) return objects.flatMap((object) => statusDrift(readApplication(object), at));
      return driftByDryRun(api, objects, at);
    },
    sync: (wish, requestedBy) => syncApplication(api, wish, requestedBy),
    refresh: (wish) => refreshApplication(api, wish),
    dryRun: (wish, signal) =>
      dryRunObjects(api, wish, AbortSignal.any([signal, AbortSignal.timeout(dryRunPatience)])),
    changes: (signal) => changesIn(api, options, signal),
  };
}

/** The Applications of Argo CD. A closed window of their projects stands among their conditions: Argo CD notes it nowhere. */
async function readArgo(api: KubeApi, options: KubeViewOptions): Promise<readonly SentApplication[]> {
  const applications = (await listIn(api, argoApplications, options)).map(readApplication);
  if (applications.length === 0) return [];
  const windows = readSyncWindows(await readProjects(api, options), options.clock());
  return applications.map((application) => {
    const message = closedWindow(application, windows.get(application.project ?? '') ?? []);
    if (message === undefined) return application;
    return {
      ...application,
      conditions: [...(application.conditions ?? []), { type: 'SyncWindow', message }],
    };
  });
}

/** Without the right to read them, as in a cluster whose rights are of an earlier version, windows are unknown. */
async function readProjects(api: KubeApi, options: KubeViewOptions): Promise<readonly KubeObject[]> {
  try {
    return await listIn(api, argoProjects, options);
  } catch (error) {
    if (error instanceof KubeError && error.status === 403) return [];
    throw error;
  }
}

/** The objects of a collection; none when the cluster does not know it. */
async function listIn(
  api: KubeApi,
  collection: KubeCollection,
  { namespaces }: KubeViewOptions,
): Promise<readonly KubeObject[]> {
  const found: KubeObject[] = [];
  for (const namespace of namespaces.length > 0 ? namespaces : ['']) {
    const kind = kindOf[collection.plural];
    try {
      const items = await api.list(collectionPath(collection, namespace));
      // Items of a list do not say what they are.
      found.push(...(kind === undefined ? items : items.map((item) => ({ ...item, kind }))));
    } catch (error) {
      if (!(error instanceof KubeError && error.status === 404)) throw error;
    }
  }
  return found;
}

const kindOf: Readonly<Record<string, string>> = {
  gitrepositories: 'GitRepository',
  ocirepositories: 'OCIRepository',
  helmrepositories: 'HelmRepository',
  buckets: 'Bucket',
};

async function readFlux(api: KubeApi, options: KubeViewOptions): Promise<readonly SentApplication[]> {
  const kustomized = await listIn(api, kustomizations, options);
  const released = await listIn(api, helmReleases, options);
  if (kustomized.length + released.length === 0) return [];
  const objects: KubeObject[] = [];
  for (const source of sources) objects.push(...(await listIn(api, source, { ...options, namespaces: [] })));
  const known = fluxSources(objects);
  return [
    ...kustomized.map((object) => readKustomization(object, known)),
    ...released.map((object) => readHelmRelease(object, known)),
  ];
}

async function driftByDryRun(
  api: KubeApi,
  objects: readonly KubeObject[],
  at: string,
): Promise<readonly SentFinding[]> {
  const scan = { api, findKind: kindFinder(api), autoscaled: await readAutoscaled(api), at };
  const findings: SentFinding[] = [];
  for (const object of objects) {
    const { findings: found, asked } = await scanApplication(scan, object);
    const left = statusDrift(readApplication(object), at).filter(({ id }) => !asked.has(id ?? ''));
    findings.push(...found, ...left);
  }
  return findings;
}

async function* changesIn(
  api: KubeApi,
  { namespaces }: KubeViewOptions,
  signal: AbortSignal,
): AsyncGenerator<void> {
  // With several namespaces the first one stands for all: the others are read at each tick.
  const [namespace = ''] = namespaces;
  try {
    yield* api.changes(collectionPath(argoApplications, namespace), signal);
  } catch (error) {
    if (!(error instanceof KubeError && error.status === 404)) throw error;
  }
}
