import { imagesLabel, longestImages } from '../domain/cluster/running-images.ts';
import type { KubeObject } from '../domain/drift/drift.ts';
import { type Part, countAt, nameAt, partAt, partsAt, textAt } from './field-at.ts';
import type { KubeApi } from './kube-api.ts';
import { type KubeCollection, collectionPath } from './kube-path.ts';
import type { SentInventory, SentResource } from './sent.ts';

const core = (plural: string): string => collectionPath({ group: '', version: 'v1', plural });

/** Kinds of workloads, each with where its numbers of pods stand. */
const workloads: readonly (KubeCollection & {
  readonly kind: string;
  readonly wanted: (object: KubeObject) => number;
  readonly ready: string;
})[] = [
  {
    kind: 'Deployment',
    group: 'apps',
    version: 'v1',
    plural: 'deployments',
    wanted: (object) => countAt(object, 'spec', 'replicas'),
    ready: 'availableReplicas',
  },
  {
    kind: 'StatefulSet',
    group: 'apps',
    version: 'v1',
    plural: 'statefulsets',
    wanted: (object) => countAt(object, 'spec', 'replicas'),
    ready: 'readyReplicas',
  },
  {
    kind: 'DaemonSet',
    group: 'apps',
    version: 'v1',
    plural: 'daemonsets',
    wanted: (object) => countAt(object, 'status', 'desiredNumberScheduled'),
    ready: 'numberReady',
  },
];

/** The hub takes no more. */
const most = 50_000;

/** What runs in a cluster: how much of everything, and each workload with its images. Throws `KubeError`. */
export async function readInventory(
  api: KubeApi,
  { cluster, at }: { readonly cluster: string; readonly at: string },
): Promise<SentInventory> {
  const [version, nodes, namespaceCount, podCount] = await Promise.all([
    api.get('/version'),
    api.list(core('nodes')),
    api.count(core('namespaces')),
    api.count(core('pods')),
  ]);
  const resources: SentResource[] = [];
  let deploymentCount = 0;
  for (const workload of workloads) {
    const objects = await api.list(collectionPath(workload));
    if (workload.kind === 'Deployment') deploymentCount = objects.length;
    for (const object of objects) {
      const { kind, wanted, ready } = workload;
      const status = `${countAt(object, 'status', ready)}/${wanted(object)} ready`;
      resources.push({ kind, ...namesOf(object), status, labels: labelsOf(object) });
    }
  }
  return {
    timestamp: at,
    summary: {
      clusterName: cluster,
      namespaceCount,
      nodeCount: nodes.length,
      readyNodeCount: nodes.filter(isReady).length,
      podCount,
      deploymentCount,
      kubernetesVersion: nameAt(version, 'gitVersion'),
    },
    resources: resources.slice(0, most),
  };
}

const namesOf = (object: KubeObject) => ({
  namespace: nameAt(object, 'metadata', 'namespace'),
  name: nameAt(object, 'metadata', 'name'),
});

const isReady = (node: KubeObject): boolean =>
  partsAt(node, 'status', 'conditions').some(
    (condition) => condition['type'] === 'Ready' && condition['status'] === 'True',
  );

function labelsOf(object: KubeObject): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const key of Object.keys(partAt(object, 'metadata', 'labels')))
    labels[key] = textAt(object, 'metadata', 'labels', key);
  const containers: readonly Part[] = partsAt(object, 'spec', 'template', 'spec', 'containers');
  const images = containers.map((container) => textAt(container, 'image')).join(',');
  return { ...labels, [imagesLabel]: images.slice(0, longestImages) };
}
