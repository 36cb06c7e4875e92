/** The present settings of one service of the demo, from which its `service.yaml` is written. */
export interface ServiceState {
  readonly tag: string;
  readonly replicas: number;
  readonly cpu: string;
  readonly values: Readonly<Record<string, string>>;
}

/** How each service becomes manifests: one of each kind, and the rest like the first. */
type Kind = 'manifests' | 'kustomize' | 'helm';
const kinds: Readonly<Record<string, Kind>> = { catalog: 'kustomize', web: 'helm' };
const kindOf = (name: string): Kind => kinds[name] ?? 'manifests';

const bindings: Readonly<Record<Kind, (name: string) => string>> = {
  manifests: (name) => ` { type: manifests, source: bases/${name} }`,
  kustomize: (name) => ` { type: kustomize, source: bases/${name} }`,
  helm: (name) => `
  type: helm
  repository: https://charts.example.com
  chart: ${name}
  version: 1.4.2`,
};

/** The file of one service in the format of a hosted project. */
export function serviceFile(name: string, { tag, replicas, cpu, values }: ServiceState): string {
  const kind = kindOf(name);
  const lines = Object.entries(values).map(([key, value]) => `  ${key}: "${value}"\n`);
  // The base of a kustomization has its own.
  const resources = `resources:\n  requests: { cpu: ${cpu}, memory: 256Mi }\n`;
  return `apiVersion: knowngood.dev/v1
kind: Service
image:
  repository: ghcr.io/example/${name}
  tag: ${tag}
replicas: ${replicas}
binding:${bindings[kind](name)}
${kind === 'kustomize' ? '' : resources}values:
${lines.join('')}`;
}

const manifest = (name: string, rest: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - name: ${name}
          image: ghcr.io/example/${name}
          ports: [{ containerPort: 8080 }]
${rest}`;

/** What a service is made from, in every tenant-environment. Path → content; a chart is published elsewhere. */
export function baseFiles(name: string): Readonly<Record<string, string>> {
  const folder = `bases/${name}`;
  switch (kindOf(name)) {
    case 'manifests':
      return { [`${folder}/deployment.yaml`]: manifest(name, '') };
    case 'kustomize': {
      const own = `          resources: { requests: { cpu: 250m, memory: 256Mi } }\n          envFrom: [{ configMapRef: { name: ${name}-values } }]\n`;
      return {
        [`${folder}/deployment.yaml`]: manifest(name, own),
        [`${folder}/kustomization.yaml`]: 'resources: [deployment.yaml]\n',
      };
    }
    default:
      return {};
  }
}

/** Where a service of a tenant-environment has its file. */
export const servicePath = (where: string, service: string): string =>
  `tenants/${where}/${service}/service.yaml`;

export const projectFile = `apiVersion: knowngood.dev/v1
kind: Project
environments: [dev, staging, production]
layout:
  - path: tenants/{tenant}/{environment}/{service}/**
  - path: tenants/{tenant}/{environment}/**
  - path: tenants/{tenant}/variables.yaml
  - path: environments/{environment}/variables.yaml
  - path: variables.yaml
  - path: delivery/{tenant}/{environment}/{service}/**
    generated: true
  - path: .argocd/{tenant}/{environment}/{service}.yaml
    generated: true
generator: true
argocd:
  repoURL: https://hub.example.com/git/shop
  targetRevision: main
  syncPolicy: { automated: { prune: true, selfHeal: true } }
`;

export const environmentFile = (tenant: string, environment: string): string =>
  `namespace: ${tenant}-${environment}
cluster: ${environment === 'production' ? 'eu-west-1' : 'eu-test-1'}
`;

/** Variables that every tenant and environment reads. */
export const variablesFile = (requestTimeout: string): string => `# Read by every tenant and environment.
LOG_LEVEL: info
LOG_FORMAT: json
REQUEST_TIMEOUT: ${requestTimeout}
`;
