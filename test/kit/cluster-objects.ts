import type { KubeLiteral } from './kube-literal.ts';

/** An Argo CD Application that is synced and healthy, with what a test says otherwise. */
export function argoApplication(
  name: string,
  { spec = {}, status = {} }: { readonly spec?: object; readonly status?: object } = {},
): KubeLiteral {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: 'argocd' },
    spec: {
      project: 'shop',
      source: {
        repoURL: 'https://git.example.com/shop.git',
        path: `.argocd/${name}`,
        targetRevision: 'main',
      },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' },
      syncPolicy: { automated: { prune: true, selfHeal: false }, syncOptions: ['CreateNamespace=true'] },
      ...spec,
    },
    status: {
      sync: { status: 'Synced', revision: 'a'.repeat(40) },
      health: { status: 'Healthy' },
      reconciledAt: '2026-11-20T14:00:00Z',
      ...status,
    },
  };
}

/** A Deployment with one container called `app`, which notes what was applied as `kubectl apply` does. */
export function deployment(
  name: string,
  image: string,
  { wanted = image, replicas = 3 }: { readonly wanted?: string; readonly replicas?: number } = {},
): KubeLiteral {
  const of = (shown: string, annotations: object): KubeLiteral => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop', labels: { app: name }, ...annotations },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'app', image: shown, env: [{ name: 'LOG_LEVEL', value: 'info' }] }] },
      },
    },
  });
  const note = JSON.stringify(of(wanted, {}));
  return of(image, { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': note } });
}

/** How an Application lists one of its resources. */
export const resourceOf = ({ apiVersion, kind, metadata }: KubeLiteral, status = 'Synced') => {
  const [group = '', version = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  return { group, version, kind, namespace: metadata.namespace, name: metadata.name, status };
};
