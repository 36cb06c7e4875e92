const list = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const shared = list(
  'base bases common commons shared global defaults all overlays overlay templates template patches patch ' +
    'lib libs library components k-components crds crd config configs configmap configmaps secret secrets ' +
    'sealed-secrets rbac resources files scripts docs hack tests tools rings chart flux-system',
);
const wrappers = list(
  'overlays overlay environments environment envs env stages stage-overlays variants kustomize k8s kubernetes ' +
    'deploy deployment deployments manifests helm values gitops config configs profiles targets',
);
const categories = list(
  'apps applications app services service components workloads infrastructure infra platform addons add-ons clusters ' +
    'cluster system core charts releases helm-releases monitoring networking storage security tenants teams projects ' +
    'namespaces configs controllers',
);
const tenantRoots = list(
  'tenants tenant teams team customers customer clients client organizations organisations orgs accounts groups ' +
    'business-units units regions sites stores',
);
const serviceRoots = list(
  'components apps applications services workloads charts addons add-ons releases helm-releases infrastructure infra ' +
    'platform namespaces microservices deployments modules',
);
const serviceParts = list(
  'api app apps web www frontend backend gateway proxy ingress nginx db database redis postgres postgresql mysql mongo ' +
    'mongodb kafka rabbitmq auth login worker scheduler cron job service svc server ui console controller operator ' +
    'exporter monitoring prometheus grafana loki argocd vault cache queue search mail checkout payment payments orders ' +
    'cart catalog catalogue users billing',
);

/** A folder name that usually holds what others share, or parts of one thing: never a tenant, a service or an environment. */
export const isSharedWord = (name: string): boolean =>
  /^[._]/.test(name) || shared.has(name.toLowerCase()) || /(^|[-_])bases?$|^base[-_]/i.test(name);

/** A folder name that only wraps environments, such as `overlays`. */
export const isWrapperWord = (name: string): boolean => wrappers.has(name.toLowerCase());

/** A folder name that stands for a kind of thing, such as `infrastructure`, rather than for one thing. */
export const isCategoryWord = (name: string): boolean => categories.has(name.toLowerCase());

/** What the folders in a folder of this name usually are. */
export function rootHint(name: string | undefined): 'tenant' | 'service' | undefined {
  const word = name?.toLowerCase() ?? '';
  if (tenantRoots.has(word)) return 'tenant';
  return serviceRoots.has(word) ? 'service' : undefined;
}

/** The share of names, 0 to 1, that have a word in them that is usual in names of services. */
export function serviceLikeness(names: Iterable<string>): number {
  const all = [...names];
  const like = all.filter((name) => name.split(/[-_.]/).some((part) => serviceParts.has(part.toLowerCase())));
  return all.length === 0 ? 0 : like.length / all.length;
}

/** Names that can stand in a template and be printed: no braces, stars, control characters or broken text. */
export const isPlainName = (name: string): boolean =>
  name.length <= 100 &&
  name !== '.' &&
  name !== '..' &&
  name.isWellFormed() &&
  !/[{}*\p{C}\p{Z}]/u.test(name);
