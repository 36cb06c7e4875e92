import type { Client } from '../../contract/client.ts';
import type { ResultOf } from '../../contract/operations.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { suggestion } from '../../std/nearest.ts';

export type ListedCluster = ResultOf<'listClusters'>['items'][number];

/** The cluster of a name, or of an id. Throws `cluster_unknown`. */
export async function clusterNamed(client: Client, text: string): Promise<ListedCluster> {
  const { items } = await client.call('listClusters');
  const found = items.find(({ name }) => name === text) ?? items.find(({ id }) => id === text);
  if (found) return found;
  const known = suggestion(
    text,
    items.map(({ name }) => name),
  );
  throw new Refusal('cluster_unknown', { cluster: text, suggestion: known });
}
