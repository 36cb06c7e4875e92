import type { CommitLiteral } from './fast-import.ts';

/** `service.yaml` of a service as the fleet's history has it. */
export const serviceFile = (tag: string, replicas: number, level = 'info'): string =>
  `# how it runs
image:
  repository: ghcr.io/acme/app
  tag: ${tag} # set by the pipeline
replicas: ${replicas}
env:
  - name: LOG_LEVEL
    value: ${level}
`;

export const projectFile = `apiVersion: knowngood.dev/v1
kind: Project
environments: [dev, staging, production]
`;

export const api = 'tenants/acme/production/api/service.yaml';
export const web = 'tenants/acme/production/web/service.yaml';
export const settings = 'tenants/acme/production/environment.yaml';
export const otherApi = 'tenants/globex/production/api/service.yaml';

/** A small fleet: two tenants, shared variables, and a bad release on top. Tags `v1` and `v2` are revisions of it. */
export const fleet: readonly CommitLiteral[] = [
  {
    message: 'Set up',
    tag: 'v1',
    files: {
      'knowngood.yaml': projectFile,
      [api]: serviceFile('v1', 2),
      [web]: serviceFile('v1', 2),
      [settings]: 'namespace: acme\n',
      'tenants/acme/staging/api/service.yaml': serviceFile('v1', 1),
      [otherApi]: serviceFile('v1', 2),
      'variables.yaml': 'LOG_LEVEL: info\n',
    },
  },
  { message: 'Release api v2', tag: 'v2', files: { [api]: serviceFile('v2', 2) } },
  { message: 'Release web v2', files: { [web]: serviceFile('v2', 2), [settings]: 'namespace: acme-v2\n' } },
  { message: 'Log more everywhere', files: { 'variables.yaml': 'LOG_LEVEL: debug\n' } },
  { message: 'Scale globex', files: { [otherApi]: serviceFile('v1', 7) } },
  { message: 'Release v3', files: { [api]: serviceFile('v3', 5, 'debug'), [web]: serviceFile('v3', 9) } },
];

/** The words that name acme/production. */
export const production = ['-t', 'acme', '-e', 'production'];
