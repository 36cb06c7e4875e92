import type { ManifestValue } from '../../delivery/manifest-set.ts';
import type { Cluster } from '../../domain/cluster/cluster.ts';
import type { ServerDryRun } from '../../domain/dry-run/server-dry-run.ts';
import type { ClusterApplication } from '../../store/cluster-applications.ts';
import type { Tables } from '../../store/tables.ts';
import type { WantedService } from './wanted-objects.ts';

/** The objects that one Application of a cluster would apply. */
export interface PlacedObjects {
  readonly cluster: Cluster;
  readonly application: ClusterApplication['application'];
  readonly objects: { readonly service: string; readonly value: ManifestValue }[];
}

/** Which Application of which cluster would apply what, as far as agents have told; the rest is named with why. */
export async function placeObjects(
  tables: Pick<Tables, 'clusters' | 'clusterApplications'>,
  projectId: string,
  services: readonly WantedService[],
): Promise<{ readonly placed: readonly PlacedObjects[]; readonly missing: ServerDryRun['missing'] }> {
  const placed = new Map<string, PlacedObjects>();
  const missing: ServerDryRun['missing'][number][] = [];
  for (const { place, objects, missing: unrendered } of services) {
    const { tenant, environment, service } = place;
    const named = `${tenant}/${environment}/${service}`;
    if (unrendered !== undefined) missing.push({ service: named, layer: 'rendering', reason: unrendered });
    if (objects.length === 0) continue;
    const rows = deploying(await tables.clusterApplications.at(projectId, { tenant, environment }), service);
    if (rows.length === 0)
      missing.push({
        service: named,
        layer: 'cluster',
        reason: 'no Application of a known cluster deploys it',
      });
    for (const { clusterId, application } of rows) {
      const cluster = await tables.clusters.get(clusterId);
      if (!cluster) continue;
      const key = JSON.stringify([clusterId, application.namespace, application.name]);
      const at = placed.get(key) ?? { cluster, application, objects: [] };
      at.objects.push(...objects.map((value) => ({ service, value })));
      placed.set(key, at);
    }
  }
  return { placed: [...placed.values()], missing };
}

/** Those of the service alone, else those of its whole tenant-environment. */
function deploying(rows: readonly ClusterApplication[], service: string): readonly ClusterApplication[] {
  const own = rows.filter(({ bound }) => bound?.service === service);
  return own.length > 0 ? own : rows.filter(({ bound }) => bound?.service === undefined);
}
