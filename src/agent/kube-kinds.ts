import { flagAt, partsAt, textAt } from './field-at.ts';
import { type KubeApi, KubeError } from './kube-api.ts';
import type { KubeCollection } from './kube-path.ts';

/** How the API server calls the objects of a kind. */
export interface KubeKind extends KubeCollection {
  readonly namespaced: boolean;
}

/** Answers which collection holds the objects of a kind; undefined when the cluster has no such kind. */
export type FindKind = (group: string, version: string, kind: string) => Promise<KubeKind | undefined>;

/** Asks the API server once for each group and version, as long as this is kept. */
export function kindFinder(api: Pick<KubeApi, 'get'>): FindKind {
  const known = new Map<string, Promise<readonly (KubeKind & { readonly kind: string })[]>>();
  return async (group, version, kind) => {
    const key = `${group}/${version}`;
    const kinds = known.get(key) ?? readKinds(api, group, version);
    known.set(key, kinds);
    // What could not be read is asked again the next time.
    kinds.catch(() => known.delete(key));
    return (await kinds).find((one) => one.kind === kind);
  };
}

async function readKinds(
  api: Pick<KubeApi, 'get'>,
  group: string,
  version: string,
): Promise<readonly (KubeKind & { readonly kind: string })[]> {
  const root = group === '' ? '/api' : `/apis/${encodeURIComponent(group)}`;
  try {
    const answer = await api.get(`${root}/${encodeURIComponent(version)}`);
    // Whoever answers for another API would have its kinds taken for those of this one.
    if (textAt(answer, 'groupVersion') !== (group === '' ? version : `${group}/${version}`)) return [];
    return partsAt(answer, 'resources')
      .filter((resource) => ['', group].includes(textAt(resource, 'group')))
      .filter((resource) => ['', version].includes(textAt(resource, 'version')))
      .map((resource) => ({
        kind: textAt(resource, 'kind'),
        plural: textAt(resource, 'name'),
        namespaced: flagAt(resource, 'namespaced'),
        group,
        version,
      }))
      .filter(({ plural }) => !plural.includes('/'));
  } catch (error) {
    if (error instanceof KubeError && error.status === 404) return [];
    throw error;
  }
}
