/** A collection of an API: `{ group: 'apps', version: 'v1', plural: 'deployments' }`; the group of old ones is empty. */
export interface KubeCollection {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
}

/** The path of a collection, in one namespace or in all. Throws `URIError` for what cannot be a name. */
export function collectionPath({ group, version, plural }: KubeCollection, namespace = ''): string {
  const root = group === '' ? `/api/${checked(version)}` : `/apis/${checked(group)}/${checked(version)}`;
  return `${root}${namespace === '' ? '' : `/namespaces/${checked(namespace)}`}/${checked(plural)}`;
}

/** The path of one object; without a namespace for those that stand in none. Throws `URIError`. */
export const objectPath = (collection: KubeCollection, namespace: string, name: string): string =>
  `${collectionPath(collection, namespace)}/${checked(name)}`;

/** Names come from clusters and from the hub: none of them may lead to another path. */
function checked(name: string): string {
  if (name === '' || /^\.+$/.test(name) || !name.isWellFormed())
    throw new URIError(`${JSON.stringify(name)} is no name of Kubernetes`);
  return encodeURIComponent(name);
}

/** Objects of Argo CD. */
export const argoApplications: KubeCollection = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  plural: 'applications',
};
export const argoProjects: KubeCollection = { ...argoApplications, plural: 'appprojects' };
