import type { Cluster } from '../../domain/cluster/cluster.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { Tables } from '../../store/tables.ts';

/** The cluster of an id. Throws `not_visible`. */
export async function findCluster(tables: Pick<Tables, 'clusters'>, id: string): Promise<Cluster> {
  const cluster = await tables.clusters.get(id);
  if (!cluster) throw new Refusal('not_visible', { what: 'this cluster' });
  return cluster;
}
