/** The present settings of one service of the demo, from which its `service.yaml` is written. */
export interface ServiceState {
  readonly tag: string;
  readonly replicas: number;
  readonly cpu: string;
  readonly values: Readonly<Record<string, string>>;
}

/** The file of one service in the format of a hosted project. */
export function serviceFile(name: string, { tag, replicas, cpu, values }: ServiceState): string {
  const lines = Object.entries(values).map(([key, value]) => `  ${key}: "${value}"\n`);
  return `apiVersion: knowngood.dev/v1
kind: Service
image:
  repository: ghcr.io/example/${name}
  tag: ${tag}
replicas: ${replicas}
binding: { type: manifests, source: bases/${name} }
resources:
  requests: { cpu: ${cpu}, memory: 256Mi }
values:
${lines.join('')}`;
}

/** The manifest that a service is made from, in every tenant-environment. */
export const baseFile = (name: string): string => `apiVersion: apps/v1
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
`;

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
